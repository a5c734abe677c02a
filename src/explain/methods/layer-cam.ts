/**
 * Layer-CAM: Jiang et al., "LayerCAM: Exploring Hierarchical Class Activation
 * Maps for Localization", IEEE TIP 2021: ReLU(sum_k ReLU(g_k) A_k).
 */
import type { ChannelParts } from '../method';

export const layerCamParts: ChannelParts = (activation, gradient) => at => Math.max(gradient[at], 0) * activation[at];
