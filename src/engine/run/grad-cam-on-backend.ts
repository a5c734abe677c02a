/**
 * Grad-CAM without moving activations and gradients off the backend: equations
 * 1 and 2 of Selvaraju et al. as two reductions there, of which only the map
 * is read. Pure arrays: explain/methods/grad-cam.
 */
import { abs, type Tensor, tidy } from '@tensorflow/tfjs-core';
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
  before(shift: WeightRef): Pick<GradCamSums, 'sums' | 'scales'>;
  /** Of each sample: the largest sum over channels of mean |g_k| |A_k|, by which rounding is measured. */
  scales: number[];
}

export async function gradCamSums(activation: Tensor, gradient: Tensor): Promise<GradCamSums> {
  const [samples, channels] = [gradient.shape[0], gradient.shape[gradient.shape.length - 1]];
  const cells = gradient.size / (samples * channels);
  const [sums, slopes, sizes, steepness] = tidy(() => {
    const whole = channelSums(gradient);
    const steep = channelSums(abs(gradient));
    return [weightedSums(activation, whole, 1 / cells), whole, weightedSums(abs(activation), steep, 1 / cells), steep];
  });
  try {
    const [map, weights, terms, sizesOfWeights] = await Promise.all(
      [sums, slopes, sizes, steepness].map(tensor => tensor.data<'float32'>())
    );
    const scales = Array.from({ length: samples }, (_, sample) =>
      terms.subarray(sample * cells, (sample + 1) * cells).reduce((a, b) => Math.max(a, b), 0)
    );
    const offset = (values: Float32Array, of: Float32Array, sample: number) =>
      values.reduce((total, value, k) => total + of[sample * channels + k] * value, 0) / cells;
    return {
      sums: map,
      scales,
      before(shift) {
        const values = shift.read();
        const offsets = scales.map((_, sample) => offset(values, weights, sample));
        return {
          sums: map.map((sum, i) => sum - offsets[Math.floor(i / cells)]),
          // Both sums round.
          scales: scales.map((scale, sample) => scale + offset(values.map(Math.abs), sizesOfWeights, sample))
        };
      }
    };
  } finally {
    [sums, slopes, sizes, steepness].forEach(tensor => tensor.dispose());
  }
}
