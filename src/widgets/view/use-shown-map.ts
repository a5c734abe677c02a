import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { Planes, TensorData } from '../../engine/protocol/protocol';
import { isInputMethod, needsLayer } from '../../explain/kinds';
import type { Explained } from '../../session/model/explained';
import { mapsOf } from '../../session/model/slices';
import type { ShownMap } from '../../session/view/shown-map';
import { METHOD_LABELS } from '../../state/methods';
import { type Region, WHOLE } from '../../state/places';
import type { MethodName } from '../../state/view-state';
import { useTrans } from '../shared/context';

/**
 * The map that a model's view shows: the explanation, or the channel enlarged.
 *
 * @param covered - The part of the image that the layer's cells cover.
 * @param isFinal - False of an explanation under way: its map is called so wherever it is named.
 * @param channelNames - Names of the layer's channels, where they have some.
 */
export function useShownMap(
  explained: Explained | null,
  covered: Region,
  channel: number | null,
  classLabel: string | null,
  isFinal: boolean,
  channelNames?: readonly string[]
): ShownMap | null {
  const trans = useTrans();
  const whole = explained?.volume?.run.maps[explained.layer] ?? null;
  const wholeMap = React.useMemo(() => whole && mapsOf(whole), [whole]);
  return React.useMemo(() => {
    if (!explained) {
      return null;
    }
    const { layer, method, convention, run, volume } = explained;
    const explanation = run.maps[layer];
    if (explanation && channel === null) {
      const name = convention ? trans.__('%1 as in %2', METHOD_LABELS[method], convention) : METHOD_LABELS[method];
      const whole = titleOf(name, method, classLabel ?? '', layer, trans);
      const title = isFinal ? whole : trans.__('%1, so far', whole);
      return {
        planes: mapsOf(explanation),
        ...(volume && wholeMap ? { volume: wholeMap, slice: volume.at, isFrame: volume.areFrames } : {}),
        channel: 0,
        // Methods of the input, and libraries' conventions, give maps of the whole input's size.
        region: isInputMethod(method) || !isOfLayer(explanation, run.planes[layer]) ? WHOLE : covered,
        // Not to be mixed with final values where views share a range.
        quantity: isFinal ? method : `${method} so far`,
        ...(classLabel !== null && method !== 'eigen-cam' ? { target: classLabel } : {}),
        name: isFinal ? name : trans.__('%1 so far', name),
        title,
        caption: title
      };
    }
    const planes = run.planes[layer];
    if (!planes) {
      return null;
    }
    const index = Math.min(channel ?? 0, planes.channels - 1);
    const named = channelNames?.[index];
    const wholePlanes = volume?.run.planes[layer];
    return {
      planes,
      ...(volume && wholePlanes ? { volume: wholePlanes, slice: volume.at, isFrame: volume.areFrames } : {}),
      channel: index,
      region: covered,
      quantity: 'activation',
      name: trans.__('channel %1', index),
      title: trans.__('Heatmap of channel %1 of %2', index, layer),
      caption: named
        ? trans.__('Channel %1, %2, of %3', index, named, layer)
        : trans.__('Channel %1 of %2', index, layer)
    };
  }, [explained, covered, wholeMap, channel, classLabel, channelNames, isFinal, trans]);
}

/** True if a map has a layer's size. */
const isOfLayer = ({ shape }: TensorData, planes: Planes | undefined): boolean =>
  planes === undefined || (shape.at(-2) === planes.height && shape.at(-1) === planes.width);

/** Names the map: some methods know no layer, Eigen-CAM no class. */
function titleOf(name: string, method: MethodName, label: string, layer: string, trans: TranslationBundle): string {
  if (!needsLayer(method)) {
    return trans.__('%1 of %2', name, label);
  }
  return method === 'eigen-cam' ? trans.__('%1 at %2', name, layer) : trans.__('%1 of %2 at %3', name, label, layer);
}
