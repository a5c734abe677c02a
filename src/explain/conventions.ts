/**
 * Grad-CAM as well-known libraries draw it. All take the mean gradient as a
 * channel's weight (Selvaraju et al. 2017); they differ in what they do with the
 * sum:
 *
 * - tf-keras-vis 0.8 (`Gradcam`): ReLU, enlarged to the input with corners
 *   aligned (scipy `zoom`, order 1), then (m - min) / (max - min + 1e-7).
 * - pytorch-grad-cam 1.5 (`GradCAM`): ReLU, then twice (m - min) / (max(m - min)
 *   + 1e-7): before enlarging to the input by half-pixel bilinear (OpenCV), and
 *   once more on the result.
 * - captum 0.8 (`LayerGradCam` and `LayerAttribution.interpolate`): no ReLU, no
 *   normalising; enlarged to the input by its nearest cell.
 * - keras-io (Chollet, "Grad-CAM class activation visualization"): ReLU over the
 *   maximum, at the layer's size. Without a positive value, where the tutorial
 *   divides by zero, zeros.
 *
 * All of them explain the model's output as it is, which in their documentation
 * is the logit.
 */
import type { MapSize } from './method';
import { gradCamParts } from './methods/grad-cam';
import type { ConventionName } from './names';
import { type Grid, upsample } from './upsample';

export interface ConventionalMap extends Grid {
  data: Float32Array;
}

/** Keras' and pytorch-grad-cam's alike. */
const EPSILON = 1e-7;

const relu = (map: Float64Array): Float64Array => map.map(value => Math.max(value, 0));
const lowest = (map: Float64Array): number => map.reduce((a, b) => Math.min(a, b), Infinity);
const highest = (map: Float64Array): number => map.reduce((a, b) => Math.max(a, b), -Infinity);

function spanned(map: Float64Array): Float64Array {
  const low = lowest(map);
  const span = highest(map) - low + EPSILON;
  return map.map(value => (value - low) / span);
}

const CONVENTIONS: Readonly<Record<ConventionName, (map: Float64Array, layer: Grid, input: Grid) => Float64Array>> = {
  'tf-keras-vis': (map, layer, input) => spanned(upsample(relu(map), layer, input, 'corner-aligned')),
  'pytorch-grad-cam': (map, layer, input) => spanned(relu(upsample(spanned(relu(map)), layer, input, 'half-pixel'))),
  captum: (map, layer, input) => upsample(map, layer, input, 'nearest'),
  'keras-io': map => {
    const high = highest(map);
    return relu(map).map(value => (high > 0 ? value / high : 0));
  }
};

/** Grad-CAM of one sample by a library's convention; `input` is the size of the model's input. */
export function conventionalGradCam(
  convention: ConventionName,
  activation: Float32Array,
  gradient: Float32Array,
  layer: MapSize,
  input: Grid
): ConventionalMap {
  const part = gradCamParts(activation, gradient, layer);
  const map = new Float64Array(layer.height * layer.width);
  for (let cell = 0, at = 0; cell < map.length; cell++) {
    for (let k = 0; k < layer.channels; k++, at++) {
      map[cell] += part(at, k);
    }
  }
  const { height, width } = convention === 'keras-io' ? layer : input;
  return { height, width, data: Float32Array.from(CONVENTIONS[convention](map, layer, input)) };
}
