/**
 * HiResCAM: Draelos and Carin, "Use HiResCAM instead of Grad-CAM for faithful
 * explanations of convolutional neural networks", 2020: ReLU(sum_k g_k A_k).
 */
import type { ChannelParts } from '../method';

export const hiResCamParts: ChannelParts = (activation, gradient) => at => gradient[at] * activation[at];
