import type { TranslationBundle } from '@jupyterlab/translation';
import type { Preprocess } from '../../mime/payload';

/** Ways to prepare pictures, as the user chooses them; `own` is a mean and a deviation. */
export const PREPROCESS_CHOICES = ['none', 'scale', 'tf', 'torch', 'caffe', 'own'] as const;
export type PreprocessChoice = (typeof PREPROCESS_CHOICES)[number];

export const choiceOf = (preprocess: Preprocess): PreprocessChoice =>
  preprocess === null ? 'none' : typeof preprocess === 'string' ? preprocess : 'own';

export const preprocessTexts = (trans: TranslationBundle): Record<PreprocessChoice, string> => ({
  none: trans.__('0…255 as it is'),
  scale: trans.__('0…1'),
  tf: trans.__('−1…1 (tf)'),
  torch: trans.__('ImageNet mean, std (torch)'),
  caffe: trans.__('BGR − ImageNet mean (caffe)'),
  own: trans.__('mean, std')
});
