import type { LayerInfo } from '../graph/layer-info';
import { addTo } from '../graph/lists';

/** Make features of their own, rather than choosing or arranging those of others. */
const MAKES_FEATURES: ReadonlySet<LayerInfo['family']> = new Set([
  'convolution',
  'dense',
  'normalization',
  'activation',
  'recurrent'
]);

/** Bring the input to another scale. */
const SCALES_INPUT = new Set(['Rescaling', 'Normalization']);

/** Belong to the layer before them: what it gives is read through them. */
const FOLLOWS: ReadonlySet<LayerInfo['family']> = new Set(['normalization', 'activation']);

/**
 * The layers whose channels are judged, in the order in which they run: those that make features, as the
 * next layer reads them, which is behind the normalisation and activation that follow. The outputs are left out.
 */
export function healthLayers(layers: readonly LayerInfo[]): LayerInfo[] {
  const readers = new Map<string, LayerInfo[]>();
  for (const layer of layers) {
    layer.inputs.forEach(input => addTo(readers, input, layer));
  }
  return layers.filter(({ id, op, family, unsupported, outputShape }) => {
    const by = readers.get(id) ?? [];
    const isFollowed = by.length === 1 && FOLLOWS.has(by[0].family) && by[0].unsupported === null;
    const makes = MAKES_FEATURES.has(family) && !SCALES_INPUT.has(op);
    return makes && !unsupported && outputShape.length > 0 && by.length > 0 && !isFollowed;
  });
}
