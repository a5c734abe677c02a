import * as React from 'react';
import { METHOD_LABELS } from '../session/methods';
import type { Explained } from '../session/model-controller';
import { useTrans } from './context';
import type { ShownMap } from './shown-map';

/** The map that a model's view shows: the explanation, or the channel enlarged. */
export function useShownMap(explained: Explained | null, channel: number | null, classLabel: string | null): ShownMap | null {
  const trans = useTrans();
  return React.useMemo(() => {
    if (!explained) {
      return null;
    }
    const { layer, method, run } = explained;
    const explanation = run.maps[layer];
    if (explanation && channel === null) {
      const [, height, width] = explanation.shape;
      const title = trans.__('%1 of %2 at %3', METHOD_LABELS[method], classLabel ?? '', layer);
      return {
        planes: { data: explanation.data.subarray(0, height * width), channels: 1, height, width },
        channel: 0,
        quantity: method,
        name: METHOD_LABELS[method],
        title,
        caption: title
      };
    }
    const planes = run.planes[layer];
    if (!planes) {
      return null;
    }
    const index = Math.min(channel ?? 0, planes.channels - 1);
    return {
      planes,
      channel: index,
      quantity: 'activation',
      name: trans.__('channel %1', index),
      title: trans.__('Heatmap of channel %1 of %2', index, layer),
      caption: trans.__('Channel %1 of %2', index, layer)
    };
  }, [explained, channel, classLabel, trans]);
}
