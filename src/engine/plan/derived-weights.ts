/**
 * Weights computed from a layer's own, read lazily like them:
 * normalisation as scale and shift, and folded convolutions.
 */
import { flatNumbers, numberOf } from '../../graph/attributes';
import { type GraphNode, type WeightRef, withValues } from '../../graph/model-graph';

function vector(name: string, length: number, read: () => Float32Array): WeightRef {
  return { name, shape: [length], dtype: 'float32', read };
}

/** BatchNormalization (Ioffe and Szegedy 2015) at inference: gamma (x - mean) / sqrt(variance + epsilon) + beta. */
export function scaleShiftWeights(node: GraphNode): { scale: WeightRef; shift: WeightRef } {
  const { gamma, beta, moving_mean: mean, moving_variance: variance } = node.weights;
  const epsilon = numberOf(node.attributes, 'epsilon', 1e-3);
  const length = mean.shape[0];
  const scale = () => {
    const v = variance.read();
    const g = gamma?.read();
    return Float32Array.from(v, (value, i) => (g ? g[i] : 1) / Math.sqrt(value + epsilon));
  };
  const shift = () => {
    const v = variance.read();
    const g = gamma?.read();
    const b = beta?.read();
    return Float32Array.from(mean.read(), (m, i) => (b ? b[i] : 0) - (m * (g ? g[i] : 1)) / Math.sqrt(v[i] + epsilon));
  };
  return { scale: vector(`${node.id}/scale`, length, scale), shift: vector(`${node.id}/shift`, length, shift) };
}

/** keras.layers.Normalization: (x - mean) / max(sqrt(variance), 1e-7), statistics from weights or config. */
export function normalizationWeights(node: GraphNode): { scale: WeightRef; shift: WeightRef } {
  const read = (role: 'mean' | 'variance', otherwise: number): Float32Array =>
    node.weights[role]?.read() ?? Float32Array.from(flatNumbers(node.attributes[role]) ?? [otherwise]);
  const lengthOf = (role: 'mean' | 'variance'): number =>
    node.weights[role]?.shape.reduce((a, b) => a * b, 1) ?? flatNumbers(node.attributes[role])?.length ?? 1;
  const length = Math.max(lengthOf('mean'), lengthOf('variance'));
  // In the config, one may be a number for all channels where the other has one for each.
  const values = (role: 'mean' | 'variance', otherwise: number): Float32Array => {
    const own = read(role, otherwise);
    return own.length === 1 ? new Float32Array(length).fill(own[0]) : own;
  };
  const deviation = () => values('variance', 1).map(v => Math.max(Math.sqrt(v), 1e-7));
  const invert = node.attributes.invert === true;
  const scale = () => deviation().map(d => (invert ? d : 1 / d));
  const shift = () => {
    const d = deviation();
    return values('mean', 0).map((m, i) => (invert ? m : -m / d[i]));
  };
  return { scale: vector(`${node.id}/scale`, length, scale), shift: vector(`${node.id}/shift`, length, shift) };
}

/** A kernel times a scale by output channel, which is its last axis (or its last two together). */
export function scaledKernel(kernel: WeightRef, scale: WeightRef): WeightRef {
  return {
    name: `${kernel.name} * ${scale.name}`,
    shape: kernel.shape,
    dtype: 'float32',
    read() {
      const s = scale.read();
      const channels = s.length;
      return withValues(kernel, values => {
        const scaled = new Float32Array(values.length);
        for (let at = 0; at < values.length; at += channels) {
          for (let c = 0; c < channels; c++) {
            scaled[at + c] = values[at + c] * s[c];
          }
        }
        return scaled;
      });
    }
  };
}

/** The bias after a scale and shift: bias * scale + shift. */
export function scaledBias(bias: WeightRef | undefined, scale: WeightRef, shift: WeightRef): WeightRef {
  return vector(`${bias?.name ?? 'no bias'} * ${scale.name} + ${shift.name}`, shift.shape[0], () => {
    const t = shift.read();
    if (!bias) {
      return t;
    }
    const b = bias.read();
    const s = scale.read();
    return t.map((value, i) => b[i] * s[i] + value);
  });
}

/** GroupQueryAttention as MultiHeadAttention: each head of keys and values serves several heads of queries. */
export function withRepeatedHeads({ attributes, weights }: GraphNode): Record<string, WeightRef> {
  const heads = numberOf(attributes, 'num_query_heads', 1);
  const times = heads / numberOf(attributes, 'num_key_value_heads', heads);
  return Object.fromEntries(
    Object.entries(weights).map(([role, weight]) => [
      role,
      /^(key|value)_/.test(role) ? repeated(weight, times) : weight
    ])
  );
}

/** The last axis but one, each entry so many times. */
function repeated(weight: WeightRef, times: number): WeightRef {
  const [heads, size] = weight.shape.slice(-2);
  return {
    name: `${weight.name}, ${times} times`,
    shape: [...weight.shape.slice(0, -2), heads * times, size],
    dtype: 'float32',
    read() {
      const values = weight.read();
      const made = new Float32Array(values.length * times);
      for (let at = 0; at < made.length; at += size) {
        const from = Math.floor(at / size / times) * size;
        made.set(values.subarray(from, from + size), at);
      }
      return made;
    }
  };
}
