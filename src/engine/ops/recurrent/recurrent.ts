/**
 * A recurrent layer: a cell over the steps of (n, t, …), and back through
 * time by hand. Both walks are made in parts (see {@link Parts}), so that long
 * sequences let messages in.
 *
 * Attributes: `cell`, `activation` and `recurrent_activation` (names with
 * their arguments), `go_backwards`, `return_sequences`, `zero_output_for_mask`,
 * `masked`, `turned` (the sequence, at the end), and `gives`: the output, or the last state of that number.
 * Inputs: the sequence, the mask (n, t) where `masked`, or (n, t, …) of pixels, and states, or none.
 */
import type { Tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { booleanOf, numberOf, stringOf } from '../../../graph/attributes';
import type { Attributes } from '../../../graph/model-graph';
import { type BackwardContext, type OpContext, type OpInParts, type Parts, savesInputs } from '../op';
import { type Cell, CELLS, type CellStep, products } from './cells';

/** Between two pauses. */
const STEPS_A_PART = 8;

interface Walked {
  cell: Cell;
  /** The states before each step, and after the last; without a gradient only the first. */
  states: Tensor[][];
  last: Tensor[];
  steps: CellStep[];
  /** The output of each step. */
  outputs: Tensor[];
  /** Of each step (n, 1, …), where there is one; 0 where the step is left out. */
  masks: Tensor[];
}

/** (n, t, …) to (t, n, …), and back. */
const swapped = (x: Tensor): Tensor => {
  const [a, b, ...rest] = x.shape as [number, number, ...number[]];
  return a === 1 || b === 1
    ? tf.reshape(x, [b, a, ...rest])
    : tf.reshape(tf.transpose(tf.reshape(x, [a, b, -1]), [1, 0, 2]), [b, a, ...rest]);
};

/** Positions of the steps in the order in which they run. */
function orderOf(attributes: Attributes, count: number): number[] {
  const order = Array.from({ length: count }, (_, t) => t);
  return booleanOf(attributes, 'go_backwards', false) ? order.reverse() : order;
}

/** Takes `now` where the mask holds; elsewhere `otherwise`, or zeros. */
const chosen = (mask: Tensor | undefined, now: Tensor, otherwise: Tensor | null): Tensor =>
  !mask ? now : otherwise ? tf.add(tf.mul(mask, now), tf.mul(tf.sub(1, mask), otherwise)) : tf.mul(mask, now);

const stepOf = (x: Tensor, t: number): Tensor => {
  const [all, ...rest] = x.shape;
  return tf.reshape(tf.slice(tf.reshape(x, [all, -1]), [t, 0], [1, -1]), rest);
};

/** The mask of a step (n, …) with as many axes as the states that it hides, of which the last are channels. */
const besides = (mask: Tensor, rank: number): Tensor => {
  const [n, ...pixels] = mask.shape;
  return tf.reshape(mask, [n, ...Array<number>(rank - 2 - pixels.length).fill(1), ...pixels, 1]);
};

/** The input's share of all gates at all steps, (t, n, …, gates). */
function projected(x: Tensor, { reach = products }: Cell, context: OpContext): Tensor {
  const [n, t, ...rest] = x.shape as [number, number, ...number[]];
  const shares = reach.input(tf.reshape(swapped(x), [t * n, ...rest]), context);
  return tf.reshape(shares, [t, n, ...shares.shape.slice(1)]);
}

/** `forGradient` keeps what the steps save. */
function* walk(inputs: Tensor[], context: OpContext, forGradient: boolean): Parts<Walked> {
  const { attributes } = context;
  const cell = CELLS[stringOf(attributes, 'cell', '')];
  const masked = booleanOf(attributes, 'masked', false);
  const zeroes = booleanOf(attributes, 'zero_output_for_mask', false);
  const [x] = inputs;
  const t = x.shape[1]!;
  const given = inputs.slice(masked ? 2 : 1);
  const shares = projected(x, cell, context);
  const [, ...shape] = shares.shape;
  shape[shape.length - 1] /= cell.gates;
  const mask = masked ? swapped(inputs[1]) : null;
  let states = given.length > 0 ? given : Array.from({ length: cell.states }, () => tf.zeros(shape));
  const made: Walked = { cell, states: [states], last: states, steps: [], outputs: [], masks: [] };
  const kept: Tensor[] = [shares, ...states, ...(mask ? [mask] : [])];
  for (const [i, at] of orderOf(attributes, t).entries()) {
    if (i % STEPS_A_PART === 0) {
      yield [...kept, ...states];
    }
    const step = cell.step(stepOf(shares, at), states, context);
    const now = mask ? besides(stepOf(mask, at), shape.length) : undefined;
    const before = states;
    states = step.states.map((state, i) => chosen(now, state, before[i]));
    const output = chosen(now, step.states[0], zeroes ? null : (made.outputs.at(-1) ?? null));
    made.outputs.push(output);
    kept.push(output);
    if (forGradient) {
      made.steps.push(step);
      made.states.push(states);
      made.masks.push(...(now ? [now] : []));
      kept.push(...step.saved, ...states, ...(now ? [now] : []));
    }
  }
  return { ...made, last: states };
}

function* forward(inputs: Tensor[], context: OpContext): Parts<Tensor> {
  const { last, outputs } = yield* walk(inputs, context, false);
  const gives = numberOf(context.attributes, 'gives', -1);
  if (gives >= 0) {
    return tf.clone(last[gives]);
  }
  return booleanOf(context.attributes, 'return_sequences', false)
    ? swapped(tf.stack(booleanOf(context.attributes, 'turned', false) ? outputs.reverse() : outputs, 0))
    : tf.clone(outputs[outputs.length - 1]);
}

function* backward(dy: Tensor, context: BackwardContext): Parts<(Tensor | null)[]> {
  const { attributes, inputs, wanted } = context;
  const { cell, states, steps, masks } = yield* walk(inputs, context, true);
  const order = orderOf(attributes, steps.length);
  const gives = numberOf(attributes, 'gives', -1);
  const all = booleanOf(attributes, 'return_sequences', false) && gives < 0 ? swapped(dy) : null;
  const turned = booleanOf(attributes, 'turned', false);
  const passesOn = !booleanOf(attributes, 'zero_output_for_mask', false);
  const zero = tf.zerosLike(states[0][0]);
  /** At the states after the step at hand, and at its output. */
  let after = states[0].map((_, i) => (i === gives ? dy : zero));
  let output = all || gives >= 0 ? zero : dy;
  const shares: Tensor[] = [];
  const past = [...states.flat(), ...steps.flatMap(step => step.saved), ...masks, zero, ...(all ? [all] : [])];
  for (let i = steps.length - 1; i >= 0; i--) {
    if (i % STEPS_A_PART === 0) {
      yield [...past, ...after, output, ...shares.filter(Boolean)];
    }
    const mask = masks[i];
    const here = all ? tf.add(output, stepOf(all, turned ? steps.length - 1 - i : i)) : output;
    const made = after.map(gradient => chosen(mask, gradient, null));
    made[0] = tf.add(made[0], chosen(mask, here, null));
    const { input, states: before } = cell.back(made, states[i], steps[i].saved, context);
    const left = mask ? tf.sub(1, mask) : null;
    after = left ? before.map((gradient, s) => tf.add(gradient, tf.mul(left, after[s]))) : before;
    output = left && passesOn ? tf.mul(left, here) : zero;
    shares[order[i]] = input;
  }
  const [n, t, ...rest] = context.inputShapes[0];
  const { reach = products } = cell;
  const rows = tf.concat(shares, 0);
  const dx = wanted[0]
    ? swapped(tf.reshape(reach.inputGradient(rows, [t * n, ...rest], context), [t, n, ...rest]))
    : null;
  const given = inputs.length - (masks.length > 0 ? 2 : 1);
  return [dx, ...(masks.length > 0 ? [null] : []), ...after.slice(0, given)].map((gradient, i) =>
    gradient ? gradient : wanted[i] ? tf.zeros(context.inputShapes[i]) : null
  );
}

export const recurrent: OpInParts = { forwardInParts: forward, backwardInParts: backward, saves: savesInputs };
