/** What each method needs, and of which size its map is. */
import type { GradientCamName, InputMethodName, LayerMethodName, MethodName } from './names';

export type MethodKind =
  | 'gradient-cam' // activations and gradients of the layer
  | 'activation' // activations of the layer alone
  | 'masking' // activations of the layer, and the model run on masked inputs
  | 'input-gradient' // the gradient at the input
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
  'integrated-gradients': 'input-passes',
  'smooth-grad': 'input-passes',
  occlusion: 'input-passes'
};

/** Whether the method's map is a sum over the layer's channels of what each adds. */
export const isGradientCam = (method: MethodName): method is GradientCamName => METHOD_KINDS[method] === 'gradient-cam';

/** Whether the map is a sum of what each channel of the layer adds, whatever weighs them. */
export const isChannelSum = (method: MethodName): method is LayerMethodName => !isInputMethod(method);

/** Whether the map has the input's size, and no layer matters. */
export const isInputMethod = (method: MethodName): method is InputMethodName =>
  METHOD_KINDS[method].startsWith('input');
