/** The inputs that each method needs, and the size of its map. */
import type { GradientCamName, InputMethodName, LayerMethodName, MethodName } from './names';

export type MethodKind =
  | 'gradient-cam' // activations and gradients of the layer
  | 'activation' // activations of the layer alone
  | 'masking' // activations of the layer, and the model run on masked inputs
  | 'input-gradient' // the gradient at the input
  | 'input-at-layer' // the gradient at the input, and activations and gradients of the layer
  | 'input-passes'; // the model run on many changed inputs

export const METHOD_KINDS: Readonly<Record<MethodName, MethodKind>> = {
  'grad-cam': 'gradient-cam',
  'grad-cam++': 'gradient-cam',
  'hires-cam': 'gradient-cam',
  'layer-cam': 'gradient-cam',
  'xgrad-cam': 'gradient-cam',
  'eigen-cam': 'activation',
  'score-cam': 'masking',
  saliency: 'input-gradient',
  'input-x-gradient': 'input-gradient',
  'guided-backprop': 'input-gradient',
  'guided-grad-cam': 'input-at-layer',
  'integrated-gradients': 'input-passes',
  'smooth-grad': 'input-passes',
  occlusion: 'input-passes'
};

/** True if the method weights the layer's channels by the gradient. */
export const isGradientCam = (method: MethodName): method is GradientCamName => METHOD_KINDS[method] === 'gradient-cam';

/** True if the method's map is a weighted sum over the layer's channels, by any weights. */
export const isChannelSum = (method: MethodName): method is LayerMethodName => !isInputMethod(method);

/** True if the map has the input's size. */
export const isInputMethod = (method: MethodName): method is InputMethodName =>
  METHOD_KINDS[method].startsWith('input');

/** True if the map depends on the layer that is looked at. */
export const needsLayer = (method: MethodName): boolean =>
  !isInputMethod(method) || METHOD_KINDS[method] === 'input-at-layer';
