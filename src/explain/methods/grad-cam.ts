/**
 * Grad-CAM: Selvaraju et al., "Grad-CAM: Visual Explanations from Deep
 * Networks via Gradient-based Localization", ICCV 2017, equations 1 and 2:
 * ReLU(sum_k mean_hw(g_k) A_k).
 */
import { type ChannelParts, summedOverImage } from '../method';

export const gradCamParts: ChannelParts = (activation, gradient, size) => {
  const cells = size.height * size.width;
  const weights = summedOverImage(size, at => gradient[at]).map(sum => sum / cells);
  return (at, k) => weights[k] * activation[at];
};
