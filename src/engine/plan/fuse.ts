/**
 * Merges steps so that fewer passes over memory are made: padding into the
 * convolution after it, BatchNormalization and ReLU into the one before it.
 * Values in `keep` are wanted by someone and are never merged away.
 */
import { edgesOf, numberOf, pairOf, stringOf } from '../../graph/attributes';
import type { WeightRef } from '../../graph/model-graph';
import { activationFunctions } from '../ops/activation/activation-functions';
import { fusedActivation, isFusable } from '../ops/activation/fused-activation';
import { type Step, type ValueId, valueInputs } from './step';
import type { WeightFolder } from './weight-folder';

const KERNEL_OF: Readonly<Record<string, string>> = {
  conv2d: 'kernel',
  conv3d: 'kernel',
  depthwiseConv2d: 'depthwise_kernel',
  dense: 'kernel'
};

const NONE: ReadonlySet<ValueId> = new Set();

/**
 * The steps after merging, in topological order. `derivable` are those of
 * `keep` that need not be made where a kept scale and shift of them is.
 */
export function fuse(
  steps: readonly Step[],
  keep: ReadonlySet<ValueId>,
  folder: WeightFolder,
  derivable = NONE
): Step[] {
  const consumers = countConsumers(steps);
  const merged = new Map<ValueId, Step>();
  const aliases = new Map<ValueId, ValueId>();
  const resolve = (id: ValueId) => aliases.get(id) ?? id;

  for (const original of steps) {
    const step = {
      ...original,
      inputs: original.inputs.map(input => ('value' in input ? { value: resolve(input.value) } : input))
    };
    const [from] = valueInputs(step);
    if (isIdentity(step) && !keep.has(step.id)) {
      aliases.set(step.id, from);
      // The alias' consumers now consume its source.
      consumers.set(from, (consumers.get(from) ?? 1) - 1 + (consumers.get(step.id) ?? 0));
      continue;
    }
    const before = merged.get(from);
    const spare = !keep.has(from) || (derivable.has(from) && step.op === 'scaleShift' && keep.has(step.id));
    const alone = before && step.inputs.length === 1 && consumers.get(from) === 1 && spare;
    const result = alone ? mergePair(before, step, folder) : null;
    if (result) {
      merged.delete(from);
    }
    merged.set(step.id, result ?? step);
  }
  return [...merged.values()];
}

function countConsumers(steps: readonly Step[]): Map<ValueId, number> {
  const counts = new Map<ValueId, number>();
  for (const step of steps) {
    for (const id of valueInputs(step)) {
      counts.set(id, (counts.get(id) ?? 0) + 1);
    }
  }
  return counts;
}

function isIdentity(step: Step): boolean {
  return step.op === 'identity' || (step.op === 'activation' && step.attributes.activation === 'linear');
}

function mergePair(before: Step, step: Step, folder: WeightFolder): Step | null {
  if (before.op === 'zeroPadding2d') {
    return mergePadding(before, step);
  }
  const affine = before.op in KERNEL_OF || before.op === 'scaleShift';
  if (!affine || fusedActivation(before.attributes) !== 'linear') {
    return null;
  }
  if (step.op === 'activation') {
    const name = stringOf(step.attributes, 'activation', '');
    return isFusable(name) && name in activationFunctions
      ? {
          ...before,
          id: step.id,
          layer: step.layer,
          attributes: { ...before.attributes, fused: name },
          affineOf: undefined
        }
      : null;
  }
  if (step.op === 'scaleShift' && before.op in KERNEL_OF) {
    return mergeScaleShift(before, step, folder);
  }
  return null;
}

/** ZeroPadding2D before a `valid` convolution, where the padding stays inside the kernel's reach. */
function mergePadding(before: Step, step: Step): Step | null {
  const role = step.op === 'conv2d' || step.op === 'depthwiseConv2d' ? KERNEL_OF[step.op] : null;
  if (!role || stringOf(step.attributes, 'padding', 'valid') !== 'valid') {
    return null;
  }
  const pads = edgesOf(before.attributes, 'padding');
  const dilation = pairOf(step.attributes, 'dilation_rate', 1);
  const { shape } = step.weights[role];
  const fits = pads.every((edge, i) => Math.max(...edge) <= (shape[i] - 1) * dilation[i]);
  return fits
    ? { ...step, inputs: before.inputs, attributes: { ...step.attributes, padding: 'explicit', pads } }
    : null;
}

function mergeScaleShift(before: Step, step: Step, folder: WeightFolder): Step | null {
  const role = KERNEL_OF[before.op];
  const { scale, shift } = step.weights;
  const kernel = before.weights[role];
  const channels = before.op === 'depthwiseConv2d' ? kernel.shape[2] * kernel.shape[3] : (kernel.shape.at(-1) ?? 0);
  const rank = before.op === 'dense' ? -1 : before.op === 'conv3d' ? 5 : 4;
  const axis = numberOf(step.attributes, 'axis', -1);
  const last = axis === -1 || (rank > 0 && axis === rank - 1);
  if (!last || scale.shape[0] !== channels) {
    return null;
  }
  const weights: Record<string, WeightRef> = {
    [role]: folder.kernel(kernel, scale),
    bias: folder.bias(kernel, before.weights.bias, scale, shift)
  };
  return { ...before, id: step.id, layer: step.layer, weights, affineOf: { value: before.id, shift } };
}
