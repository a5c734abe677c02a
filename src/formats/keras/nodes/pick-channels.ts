/**
 * `x[..., ::-1]` and `stack([x[..., 2], x[..., 1], x[..., 0]], axis=-1)`: how
 * keras.applications' preprocessing turns RGB to BGR inside a model. Both
 * choose channels, which a 1 x 1 convolution with a kernel of zeros and ones
 * does exactly.
 */
import type { Shape, WeightRef } from '../../../graph/model-graph';
import { isConfig } from '../config/json';
import { type Completed, type FlatNode, readersOf } from './flat-node';

export interface Slice {
  start: number | null;
  stop: number | null;
  step: number;
}

/** Reads one entry of an index; null for one that this module does not follow. */
export function entryOf(value: unknown): number | Slice | '...' | null {
  if (typeof value === 'number') {
    return value;
  }
  if (!isConfig(value)) {
    return null;
  }
  if (value.class_name === '__ellipsis__') {
    return '...';
  }
  const { start = null, stop = null, step = null } = isConfig(value.config) ? value.config : value;
  const whole = [start, stop, step].every(part => part === null || Number.isInteger(part));
  return whole
    ? { start: start as number | null, stop: stop as number | null, step: (step as number | null) ?? 1 }
    : null;
}

const isAll = (entry: unknown) => isConfig(entry) && entry.start === null && entry.stop === null && entry.step === 1;

/** The index along the last of four axes where the others are taken whole, or null. */
function channelIndex(node: FlatNode): number | Slice | null {
  const entries = Array.isArray(node.attributes.slices) ? node.attributes.slices.map(entryOf) : [];
  const last = entries.pop();
  const others = entries.length === 1 ? entries[0] === '...' : entries.length === 3 && entries.every(isAll);
  return others && last !== '...' ? (last ?? null) : null;
}

/** Positions that a Python slice takes of `count`. */
export function positions({ start, stop, step }: Slice, count: number): number[] {
  const clip = (value: number, low: number, high: number) =>
    Math.min(Math.max(value < 0 ? value + count : value, low), high);
  const found: number[] = [];
  if (step > 0) {
    const end = stop === null ? count : clip(stop, 0, count);
    for (let i = start === null ? 0 : clip(start, 0, count); i < end; i += step) {
      found.push(i);
    }
  } else if (step < 0) {
    const end = stop === null ? -1 : clip(stop, -1, count - 1);
    for (let i = start === null ? count - 1 : clip(start, -1, count - 1); i > end; i += step) {
      found.push(i);
    }
  }
  return found;
}

/** Replaces stacks of single channels of one tensor, and slices of channels, by `op:pick`. */
export function mergePicks(nodes: readonly FlatNode[], outputs: ReadonlySet<string>): FlatNode[] {
  const byId = new Map(nodes.map(node => [node.id, node]));
  const readers = readersOf(nodes);
  const picks = new Map<string, FlatNode>();
  for (const node of nodes) {
    const slice = node.op === 'op:getitem' ? channelIndex(node) : null;
    const parts =
      node.op === 'op:stack' && (node.attributes.axis === -1 || node.attributes.axis === 3)
        ? node.inputs.map(input => ('node' in input ? byId.get(input.node) : undefined))
        : [];
    const channels = parts.map(part => (part?.op === 'op:getitem' ? channelIndex(part) : null));
    const sources = new Set(
      parts.map(part => part?.inputs[0]).map(input => (input && 'node' in input ? input.node : ''))
    );
    if (slice !== null && typeof slice !== 'number') {
      picks.set(node.id, {
        ...node,
        op: 'op:pick',
        attributes: { slice: { ...slice }, slices: node.attributes.slices }
      });
    } else if (channels.length > 0 && sources.size === 1 && channels.every(channel => typeof channel === 'number')) {
      picks.set(node.id, { ...node, op: 'op:pick', attributes: { channels }, inputs: parts[0]?.inputs ?? [] });
    }
  }
  const merged = (id: string) =>
    (readers.get(id) ?? []).every(reader => picks.get(reader.id)?.attributes.channels !== undefined);
  return nodes
    .filter(
      node =>
        node.op !== 'op:getitem' ||
        picks.has(node.id) ||
        outputs.has(node.id) ||
        !readers.has(node.id) ||
        !merged(node.id)
    )
    .map(node => picks.get(node.id) ?? node);
}

/** An `op:pick` as the convolution that does it, or as it is where the input's channels are not known. */
export function pickByConvolution(node: FlatNode, input: Shape): Completed | null {
  const count = input.length === 4 ? input[3] : null;
  if (node.op !== 'op:pick' || count === null) {
    return null;
  }
  const { channels, slice } = node.attributes as { channels?: number[]; slice?: Slice };
  const chosen = slice
    ? positions(slice, count)
    : (channels ?? []).map(channel => (channel < 0 ? channel + count : channel));
  if (chosen.length === 0 || chosen.some(channel => channel < 0 || channel >= count)) {
    return null;
  }
  const kernel: WeightRef = {
    name: `${node.id}/channels`,
    shape: [1, 1, count, chosen.length],
    dtype: 'float32',
    read() {
      const values = new Float32Array(count * chosen.length);
      chosen.forEach((channel, i) => (values[channel * chosen.length + i] = 1));
      return values;
    }
  };
  const attributes = {
    filters: chosen.length,
    kernel_size: [1, 1],
    strides: [1, 1],
    dilation_rate: [1, 1],
    groups: 1,
    padding: 'valid',
    data_format: 'channels_last',
    use_bias: false,
    activation: 'linear'
  };
  return { node: { ...node, op: 'Conv2D', attributes }, weights: { kernel } };
}
