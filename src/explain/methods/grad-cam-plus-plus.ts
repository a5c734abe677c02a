/**
 * Grad-CAM++: Chattopadhay et al., "Grad-CAM++: Generalized Gradient-Based
 * Visual Explanations for Deep Convolutional Networks", WACV 2018. Four
 * published variants differ; this is pytorch-grad-cam's, whose second and
 * third derivatives are powers of the first:
 * alpha = g² / (2 g² + g³ sum_hw(A) + 1e-6), 0 where g is 0;
 * ReLU(sum_k sum_hw(ReLU(g) alpha) A_k).
 */
import { type ChannelParts, summedOverImage } from '../method';

const EPSILON = 1e-6;

export const gradCamPlusPlusParts: ChannelParts = (activation, gradient, size) => {
  const sums = summedOverImage(size, at => activation[at]);
  const weights = summedOverImage(size, (at, k) => {
    const g = gradient[at];
    if (g <= 0) {
      return 0;
    }
    const alpha = (g * g) / (2 * g * g + g * g * g * sums[k] + EPSILON);
    return Number.isFinite(alpha) ? alpha * g : 0;
  });
  return (at, k) => weights[k] * activation[at];
};
