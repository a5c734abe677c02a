/**
 * Guided Grad-CAM: Selvaraju et al., "Grad-CAM: Visual Explanations from Deep
 * Networks via Gradient-based Localization", ICCV 2017, section 3.2: guided
 * backpropagation times the Grad-CAM map, enlarged bilinearly to the input's
 * size. The map, which has no negative value, is drawn as {@link guidedBackprop}
 * is: the maximum over the input's channels of the product's size.
 */
import type { MapSize } from '../method';
import { guidedBackprop } from './guided-backprop';

/**
 * @param cam - The Grad-CAM map, enlarged to (height, width).
 * @param gradient - By guided backpropagation at the input, one sample, (height, width, channels).
 */
export const guidedGradCam = (cam: ArrayLike<number>, gradient: ArrayLike<number>, size: MapSize): Float32Array =>
  guidedBackprop(gradient, size).map((value, cell) => value * cam[cell]);
