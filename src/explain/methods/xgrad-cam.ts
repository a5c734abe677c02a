/**
 * XGrad-CAM: Fu et al., "Axiom-based Grad-CAM", BMVC 2020: Grad-CAM with the
 * weights sum_hw(g_k A_k) / sum_hw(A_k). The 1e-7 in the denominator is
 * pytorch-grad-cam's.
 */
import { type ChannelParts, summedOverImage } from '../method';

const EPSILON = 1e-7;

export const xGradCamParts: ChannelParts = (activation, gradient, size) => {
  const sums = summedOverImage(size, at => activation[at]);
  const weights = summedOverImage(size, at => gradient[at] * activation[at]).map((sum, k) => sum / (sums[k] + EPSILON));
  // A channel whose activations cancel to exactly -1e-7 has no weight, rather than an infinite one.
  return (at, k) => (Number.isFinite(weights[k]) ? weights[k] * activation[at] : 0);
};
