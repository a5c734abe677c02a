/**
 * Layer-CAM: Jiang et al., "LayerCAM: Exploring Hierarchical Class Activation
 * Maps for Localization", IEEE TIP 2021: ReLU(sum_k ReLU(g_k) A_k).
 */
import { summedOverChannels, type MapMethod } from './method';

export const layerCam: MapMethod = (activation, gradient, size) =>
  summedOverChannels(size, at => Math.max(gradient[at], 0) * activation[at]);
