/** The words of an explanation. Generated from src/state/vocabulary.json by `npm run vocabulary`; do not edit. */

/** Explanation methods. */
export const METHOD_NAMES = [
  'grad-cam',
  'grad-cam++',
  'hires-cam',
  'layer-cam',
  'xgrad-cam',
  'eigen-cam',
  'score-cam',
  'saliency',
  'input-x-gradient',
  'guided-backprop',
  'guided-grad-cam',
  'integrated-gradients',
  'smooth-grad',
  'occlusion'
] as const;
export type MethodName = (typeof METHOD_NAMES)[number];

/** Libraries whose Grad-CAM maps can be reproduced; explain/conventions says how they differ. */
export const CONVENTION_NAMES = ['tf-keras-vis', 'pytorch-grad-cam', 'captum', 'keras-io'] as const;
export type ConventionName = (typeof CONVENTION_NAMES)[number];

/** The score of a class before (logit) or after (probability) the final softmax or sigmoid. */
export const SCORE_KINDS = ['logit', 'probability'] as const;
export type ScoreKind = (typeof SCORE_KINDS)[number];
