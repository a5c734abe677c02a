/** The words of a payload's pictures. Generated from src/state/vocabulary.json by `npm run vocabulary`; do not edit. */

/** Ways to make a model's input from a picture; docs/payload.md has the formulas. */
export const PREPROCESS_NAMES = ['tf', 'torch', 'caffe', 'scale'] as const;
export type PreprocessName = (typeof PREPROCESS_NAMES)[number];

/** Ways to resize a picture to the model's input: bilinear as tf.image.resize and keras.utils.image_dataset_from_directory, nearest as keras.utils.load_img. */
export const INTERPOLATIONS = ['bilinear', 'nearest'] as const;
export type Interpolation = (typeof INTERPOLATIONS)[number];
