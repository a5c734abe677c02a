/**
 * Input x gradient: Shrikumar et al., "Not Just a Black Box: Learning Important
 * Features Through Propagating Activation Differences", 2016, equation 1's
 * comparison: x · d score / d x, here summed over the input's channels. Signed.
 */
import type { MapSize } from '../method';

/** @param picture - The model's input, one sample, (height, width, channels). */
export function inputXGradient(
  picture: ArrayLike<number>,
  gradient: ArrayLike<number>,
  { height, width, channels }: MapSize
): Float32Array {
  const map = new Float64Array(height * width);
  for (let cell = 0, at = 0; cell < map.length; cell++) {
    for (let k = 0; k < channels; k++, at++) {
      map[cell] += picture[at] * gradient[at];
    }
  }
  return Float32Array.from(map);
}
