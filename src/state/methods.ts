import type { MethodName } from './view-state';

/** Names of the explanation methods as their papers write them. */
export const METHOD_LABELS: Readonly<Record<MethodName, string>> = {
  'grad-cam': 'Grad-CAM',
  'grad-cam++': 'Grad-CAM++',
  'hires-cam': 'HiResCAM',
  'layer-cam': 'Layer-CAM',
  'xgrad-cam': 'XGrad-CAM',
  'eigen-cam': 'Eigen-CAM',
  'score-cam': 'Score-CAM',
  saliency: 'Saliency',
  'input-x-gradient': 'Input x gradient',
  'guided-backprop': 'Guided backpropagation',
  'guided-grad-cam': 'Guided Grad-CAM',
  'integrated-gradients': 'Integrated gradients',
  'smooth-grad': 'SmoothGrad',
  occlusion: 'Occlusion'
};
