/**
 * Grad-CAM without moving activations and gradients off the backend: equations
 * 1 and 2 of Selvaraju et al. as two reductions there, of which only the map
 * is read. Pure arrays: explain/methods/grad-cam.
 */
import { type Tensor, tidy } from '@tensorflow/tfjs-core';
import type { WeightRef } from '../../graph/model-graph';
import { channelSums, weightedSums } from '../kernels/reductions';

export interface GradCamSums {
  /** Of n samples: sum_k w_k A_k for each cell, (n, cells), before ReLU. */
  sums: Float32Array;
  /**
   * The same sums one step earlier, at the x of which the activation A is scale
   * x + shift: the weights there are scale w, and scale w x = w (A - shift), so
   * that they differ by a constant, the sum over channels of w shift.
   */
  before(shift: WeightRef): Float32Array;
}

export async function gradCamSums(activation: Tensor, gradient: Tensor): Promise<GradCamSums> {
  const [samples, channels] = [gradient.shape[0], gradient.shape[gradient.shape.length - 1]];
  const cells = gradient.size / (samples * channels);
  const [sums, slopes] = tidy(() => {
    const whole = channelSums(gradient);
    return [weightedSums(activation, whole, 1 / cells), whole];
  });
  try {
    const [map, weights] = await Promise.all([sums.data<'float32'>(), slopes.data<'float32'>()]);
    const offset = (values: Float32Array, sample: number) =>
      values.reduce((total, value, k) => total + weights[sample * channels + k] * value, 0) / cells;
    return {
      sums: map,
      before(shift) {
        const values = shift.read();
        const offsets = Array.from({ length: samples }, (_, sample) => offset(values, sample));
        return map.map((sum, i) => sum - offsets[Math.floor(i / cells)]);
      }
    };
  } finally {
    sums.dispose();
    slopes.dispose();
  }
}
