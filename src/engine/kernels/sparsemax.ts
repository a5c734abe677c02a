/**
 * Keras' sparsemax of rows (Martins & Astudillo 2016), whose threshold is what Keras makes of it:
 * it sums all the partial sums of the support, where the paper takes the last.
 */
import { positionsInOrder } from './order';

interface Threshold {
  /** Positions in descending order. */
  order: Int32Array;
  /** For each of them, whether it is in the support. */
  support: boolean[];
  size: number;
  value: number;
}

function thresholdOf(row: Float32Array): Threshold {
  const order = positionsInOrder(row, row.length, true);
  let [sum, total, size] = [0, 0, 0];
  const support = Array.from(order, (position, i) => {
    sum = Math.fround(sum + row[position]);
    const isIn = row[position] - Math.fround((sum - 1) / (i + 1)) > 0;
    total += isIn ? sum : 0;
    size += isIn ? 1 : 0;
    return isIn;
  });
  return { order, support, size, value: Math.fround((total - 1) / size) };
}

export function sparsemaxOf(row: Float32Array): Float32Array {
  const { value } = thresholdOf(row);
  return row.map(x => Math.max(x - value, 0));
}

/**
 * The gradient at the row, from that at its sparsemax; a value on
 * the threshold lets it through, as TensorFlow's maximum.
 */
export function sparsemaxGradient(dy: Float32Array, row: Float32Array): Float32Array {
  const { order, support, size, value } = thresholdOf(row);
  const made = dy.map((gradient, i) => (row[i] >= value ? gradient : 0));
  const atThreshold = -made.reduce((sum, gradient) => sum + gradient, 0) / size;
  // A value is in the partial sums of all after it in the order.
  let later = 0;
  for (let i = order.length - 1; i >= 0; i--) {
    later += support[i] ? 1 : 0;
    made[order[i]] += atThreshold * later;
  }
  return made;
}
