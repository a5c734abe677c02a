/**
 * HiResCAM: Draelos and Carin, "Use HiResCAM instead of Grad-CAM for faithful
 * explanations of convolutional neural networks", 2020: ReLU(sum_k g_k A_k).
 */
import { summedOverChannels, type MapMethod } from './method';

export const hiResCam: MapMethod = (activation, gradient, size) => summedOverChannels(size, at => gradient[at] * activation[at]);
