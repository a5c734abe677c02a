/**
 * Vanilla gradient: Simonyan, Vedaldi and Zisserman, "Deep Inside
 * Convolutional Networks: Visualising Image Classification Models and Saliency
 * Maps", ICLR workshop 2014, section 3.1: the maximum over the input's channels
 * of |d score / d input|, as in tf-keras-vis' `Saliency`.
 */
import type { MapSize } from '../method';

/** @param gradient - Of the score at the input, one sample, (height, width, channels). */
export function saliency(gradient: ArrayLike<number>, { height, width, channels }: MapSize): Float32Array {
  const map = new Float32Array(height * width);
  for (let cell = 0, at = 0; cell < map.length; cell++) {
    for (let k = 0; k < channels; k++, at++) {
      map[cell] = Math.max(map[cell], Math.abs(gradient[at]));
    }
  }
  return map;
}
