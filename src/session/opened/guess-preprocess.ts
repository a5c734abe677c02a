import type { ModelDescription } from '../../graph/layer-info';
import type { Preprocess } from '../../mime/payload';
import type { PreprocessName } from '../../mime/vocabulary';

/**
 * Layers that only these keras.applications have, and how their
 * `preprocess_input` prepares pictures (keras/src/applications).
 */
const SIGNS: readonly [RegExp, PreprocessName][] = [
  [/^conv5_block16_concat$|^conv5_block32_concat$/, 'torch'], // DenseNet
  [/^conv2_block1_preact_relu$/, 'tf'], // ResNet V2
  [/^conv5_block3_out$/, 'caffe'], // ResNet
  [/^block5_conv3$/, 'caffe'], // VGG
  [/^(block14_sepconv2|mixed10|conv_7b|Conv_1|conv_pw_13)$/, 'tf'], // Xception, Inception, MobileNet
  [/^normal_concat_\d+$/, 'tf'] // NASNet
];

/** Layers that prepare pictures inside the model, also where what they do is not known. */
const INSIDE = new Set(['Rescaling', 'Normalization']);

/** The largest numbers of inputs that were scaled already, as 0..1, -1..1 and torch's. */
export const SMALL = 4;

/**
 * Guesses how pictures become the model's input. The file does not say: a
 * network that prepares them itself takes 0..255, a known architecture what its
 * authors trained it with, and others mostly 0..1.
 */
export function guessPreprocess(model: ModelDescription): Preprocess {
  const scaling = Object.values(model.scalings)[0];
  if (scaling ? scaling.reach > SMALL : model.layers.slice(0, 4).some(layer => INSIDE.has(layer.op))) {
    return null;
  }
  return publishedPreprocess(model) ?? 'scale';
}

/** The published preprocessing of the architecture that this is, or is built on; null for others. */
export function publishedPreprocess(model: ModelDescription): PreprocessName | null {
  const names = model.layers.map(({ id }) => id.slice(id.lastIndexOf('/') + 1));
  return SIGNS.find(([pattern]) => names.some(name => pattern.test(name)))?.[1] ?? null;
}
