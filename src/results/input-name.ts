import type { ModelPayload, PayloadImage } from '../mime/payload';
import { canonical } from '../state/canonical';

/** Of the values of an image, which may be megabytes. */
const hashes = new WeakMap<PayloadImage, string>();

/**
 * Names what a model is fed with an image: what was stored of one input is not taken for another's.
 * No proof against somebody who wants two inputs to have one name.
 */
export function inputName(
  { images, preprocess, interpolation }: Pick<ModelPayload, 'images' | 'preprocess' | 'interpolation'>,
  index: number
): string {
  const image = images[index] ?? images[0];
  const { picture, slices, original, tensor, input, others } = image;
  const known = hashes.get(image);
  // Of an original, the preview says nothing.
  const values = known ?? hashOf(canonical([original ?? picture, slices, tensor, input, others]) ?? '');
  hashes.set(image, values);
  return hashOf(canonical([values, preprocess, interpolation]) ?? '');
}

/** 53 bits of a text: cyrb53, by bryc, in the public domain. */
function hashOf(text: string): string {
  let [a, b] = [0xdeadbeef, 0x41c6ce57];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    a = Math.imul(a ^ code, 2654435761);
    b = Math.imul(b ^ code, 1597334677);
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  return (4294967296 * (2097151 & b) + (a >>> 0)).toString(16).padStart(14, '0');
}
