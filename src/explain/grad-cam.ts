/**
 * Grad-CAM: Selvaraju et al., "Grad-CAM: Visual Explanations from Deep
 * Networks via Gradient-based Localization", ICCV 2017, equations 1 and 2:
 * ReLU(sum_k mean_hw(g_k) A_k).
 */
import { rectified, spatialMeans, type MapMethod } from './method';

export const gradCam: MapMethod = (activation, gradient, size) => {
  const { height, width, channels } = size;
  const weights = spatialMeans(gradient, size);
  const map = new Float64Array(height * width);
  for (let cell = 0, at = 0; cell < map.length; cell++) {
    for (let k = 0; k < channels; k++, at++) {
      map[cell] += weights[k] * activation[at];
    }
  }
  return rectified(map);
};
