import * as React from 'react';
import type { LayerInfo, ModelSummary } from '../../graph/layer-info';
import { layersWithMaps } from '../../layers/layer-steps';
import { useTrans } from '../shared/context';

/** A slider through the depth of a model: the layer changes, the place in the image stays. */
export function DepthScrubber(props: {
  model: ModelSummary;
  selected: string | null;
  onPick: (layer: LayerInfo) => void;
}): React.ReactElement | null {
  const { model, selected, onPick } = props;
  const trans = useTrans();
  const layers = React.useMemo(() => layersWithMaps(model), [model]);
  const at = layers.findIndex(({ id }) => id === selected);
  if (layers.length < 2) {
    return null;
  }
  return (
    <label className="jp-GradLens-wideSlider jp-GradLens-depth">
      <span>{trans.__('Depth')}</span>
      <input
        type="range"
        min={0}
        max={layers.length - 1}
        value={Math.max(0, at)}
        aria-label={trans.__('Depth')}
        aria-valuetext={at < 0 ? trans.__('no layer with maps') : layers[at].id}
        onChange={event => onPick(layers[Number(event.target.value)])}
      />
    </label>
  );
}
