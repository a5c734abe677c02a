/** Walks steps forward and backward on the current tfjs backend, yielding between them. */
import type { Tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { message, MessageError, messageOf } from '../../messages/message';
import type { WeightStore } from '../model/weight-store';
import { opNamed } from '../ops/registry';
import type { GradientRegion } from '../plan/region';
import { type Shapes, type Step, type ValueId, valueInputs, type Values } from '../plan/step';
import { EngineError, isAbort } from '../protocol/errors';
import { runBackward, runForward } from './in-parts';
import type { Pacer } from './pacer';

export interface Walk {
  weights: WeightStore;
  pacer: Pacer;
  /** Guided backpropagation on the way back. */
  guided?: boolean;
  /** Called after each step with the number done. */
  onStep(done: number, total: number): void;
}

function blame(step: Step, error: unknown): unknown {
  if (isAbort(error) || error instanceof EngineError) {
    return error;
  }
  const reason = messageOf(error);
  return new EngineError(message('The layer %1 could not be computed: %2.', step.layer, reason));
}

function inputTensors(step: Step, values: Values): Tensor[] {
  return step.inputs.map(input => {
    if ('constant' in input) {
      return tf.scalar(input.constant);
    }
    const tensor = values.get(input.value);
    if (!tensor) {
      throw new EngineError(
        message('The layer %1 could not be computed: its input %2 is missing.', step.layer, input.value)
      );
    }
    return tensor;
  });
}

/**
 * Runs `steps`, adding to `values` and `shapes`. `spent(id)` is told of each
 * value that no later step of this walk reads; whoever owns the values
 * decides whether to keep it.
 */
export async function forward(
  steps: readonly Step[],
  values: Values,
  shapes: Shapes,
  walk: Walk,
  spent: (id: ValueId) => void
): Promise<void> {
  const lastUse = new Map<ValueId, number>();
  steps.forEach((step, i) => valueInputs(step).forEach(id => lastUse.set(id, i)));
  for (let i = 0; i < steps.length; i++) {
    await walk.pacer.breathe();
    const step = steps[i];
    try {
      const inputs = () => inputTensors(step, values);
      const output = await runForward(opNamed(step.op), inputs, walk.weights.contextOf(step), walk.pacer);
      values.set(step.id, output);
      shapes.set(step.id, output.shape);
    } catch (error) {
      throw blame(step, error);
    }
    new Set(valueInputs(step)).forEach(id => lastUse.get(id) === i && spent(id));
    walk.onStep(i + 1, steps.length);
  }
}

/** The same, and disposes of each value that no later step reads, unless it is one of `kept`. */
export function forwardKeeping(
  kept: ReadonlySet<ValueId>,
  steps: readonly Step[],
  values: Values,
  shapes: Shapes,
  walk: Walk
): Promise<void> {
  return forward(steps, values, shapes, walk, id => {
    if (!kept.has(id)) {
      values.get(id)?.dispose();
      values.delete(id);
    }
  });
}

/**
 * Walks backward from `seed`, the gradient of the score at `at`. `visit` gets
 * the gradient at each tap as soon as it is complete, and must not keep it; a
 * tap on which the score does not depend is never visited.
 */
export async function backward(
  region: GradientRegion,
  values: Values,
  shapes: Shapes,
  seed: { at: ValueId; gradient: Tensor },
  taps: ReadonlySet<ValueId>,
  walk: Walk,
  visit: (id: ValueId, gradient: Tensor) => Promise<void>
): Promise<void> {
  const gradients: Values = new Map([[seed.at, tf.clone(seed.gradient)]]);
  const finish = async (id: ValueId, gradient: Tensor) => {
    if (taps.has(id)) {
      await visit(id, gradient);
    }
    gradient.dispose();
    gradients.delete(id);
  };
  try {
    for (let i = region.steps.length - 1; i >= 0; i--) {
      await walk.pacer.breathe();
      const step = region.steps[i];
      const dy = gradients.get(step.id);
      if (dy) {
        await backwardStep(step, dy, region, values, shapes, gradients, walk);
        await finish(step.id, dy);
      }
      walk.onStep(region.steps.length - i, region.steps.length);
    }
    // The remaining gradients are those of the model's inputs.
    for (const [id, gradient] of [...gradients]) {
      await finish(id, gradient);
    }
  } finally {
    gradients.forEach(tensor => tensor.dispose());
  }
}

async function backwardStep(
  step: Step,
  dy: Tensor,
  region: GradientRegion,
  values: Values,
  shapes: Shapes,
  gradients: Values,
  { weights, pacer, guided = false }: Walk
): Promise<void> {
  const op = opNamed(step.op);
  const saves = op.saves(step.attributes);
  const ids = step.inputs.map(input => ('value' in input ? input.value : null));
  const wanted = ids.map(id => id !== null && region.active.has(id));
  try {
    const context = () => ({
      ...weights.contextOf(step),
      inputs: saves.inputs ? inputTensors(step, values) : [],
      output: saves.output ? valueOf(step.id, values) : dy,
      inputShapes: ids.map(id => (id === null ? [] : (shapes.get(id) ?? []))),
      outputShape: dy.shape,
      guided,
      wanted
    });
    const parts = await runBackward(op, dy, context, pacer);
    const targets = ids.filter((id, i): id is ValueId => id !== null && wanted[i]);
    parts.forEach((part, i) => {
      if (!part) {
        return;
      }
      const sofar = gradients.get(targets[i]);
      gradients.set(targets[i], sofar ? tf.add(sofar, part) : part);
      if (sofar) {
        sofar.dispose();
        part.dispose();
      }
    });
  } catch (error) {
    throw blame(step, error);
  }
}

function valueOf(id: ValueId, values: Values): Tensor {
  const tensor = values.get(id);
  if (!tensor) {
    throw new MessageError(message('its output was not kept'));
  }
  return tensor;
}
