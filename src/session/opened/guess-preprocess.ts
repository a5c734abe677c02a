import type { ModelDescription } from '../../graph/layer-info';
import type { Preprocess } from '../../mime/payload';

/**
 * Layers that only these keras.applications have, and how their
 * `preprocess_input` prepares pictures (keras/src/applications).
 */
const SIGNS: readonly [RegExp, Preprocess][] = [
  [/^conv5_block16_concat$|^conv5_block32_concat$/, 'torch'], // DenseNet
  [/^conv2_block1_preact_relu$/, 'tf'], // ResNet V2
  [/^conv5_block3_out$/, 'caffe'], // ResNet
  [/^block5_conv3$/, 'caffe'], // VGG
  [/^(block14_sepconv2|mixed10|conv_7b|Conv_1|conv_pw_13)$/, 'tf'], // Xception, Inception, MobileNet
  [/^normal_concat_\d+$/, 'tf'] // NASNet
];

/** Layers that prepare pictures inside the model. */
const INSIDE = new Set(['Rescaling', 'Normalization']);

/**
 * Guesses how pictures become the model's input. The file does not say: a
 * network that prepares them itself takes 0..255, a known architecture what its
 * authors trained it with, and others mostly 0..1.
 */
export function guessPreprocess(model: ModelDescription): Preprocess {
  if (model.layers.slice(0, 4).some(layer => INSIDE.has(layer.op))) {
    return null;
  }
  const names = model.layers.map(({ id }) => id.slice(id.lastIndexOf('/') + 1));
  const known = SIGNS.find(([pattern]) => names.some(name => pattern.test(name)));
  return known ? known[1] : 'scale';
}
