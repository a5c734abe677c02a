/**
 * One step of each recurrent cell, and its gradient. Gates stand side
 * by side in the last axis, in Keras' order; the input's share of them (its
 * kernel and bias) comes ready, since one product makes it for all steps.
 */
import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import type { Attributes } from '../../../graph/model-graph';
import { activationFunctions } from '../activation/activation-functions';
import type { OpContext } from '../op';
import { convolutions } from './convolutions';
import type { Reach } from './reach';

/** Values of a step that its gradient needs. */
export interface CellStep {
  /** The new states, the output first. */
  states: Tensor[];
  saved: Tensor[];
}

export interface Cell {
  /** Gates, and states of `units` values each. */
  gates: number;
  states: number;
  step(input: Tensor, states: Tensor[], context: OpContext): CellStep;
  /** Gradients at the input's share of the gates and at the states before, from those at the states after. */
  back(gradients: Tensor[], before: Tensor[], saved: Tensor[], context: OpContext): { input: Tensor; states: Tensor[] };
  /** Takes inputs and states to the gates; by default, products with matrices. */
  reach?: Reach;
}

/** An activation, with its gradient from the values before and after it. */
interface Gate {
  apply(x: Tensor): Tensor;
  gradient(dy: Tensor, x: Tensor, y: Tensor): Tensor;
}

/** Of the attribute `activation` or `recurrent_activation`: a name and its arguments. */
function gateOf(attributes: Attributes, key: string): Gate {
  const choice = attributes[key] as Attributes & { activation: string };
  const f = activationFunctions[choice.activation];
  return {
    apply: x => f.apply(x, choice),
    gradient: (dy, x, y) => f.gradient(dy, f.from === 'input' ? x : y, choice)
  };
}

/** The recurrent kernel, or its columns from one gate to another. */
function kernel(context: OpContext, from?: number, to?: number): Tensor2D {
  const whole = context.weight('recurrent_kernel') as Tensor2D;
  if (from === undefined || to === undefined) {
    return whole;
  }
  const units = whole.shape[0];
  return context.derived(`recurrent_kernel ${from}-${to}`, () =>
    tf.slice(whole, [0, from * units], [units, (to - from) * units])
  ) as Tensor2D;
}

/** The same turned round: products with a matrix as it lies are the fast ones. */
const turned = (context: OpContext, from?: number, to?: number): Tensor2D =>
  context.derived(`recurrent_kernel ${from}-${to} turned`, () => tf.transpose(kernel(context, from, to))) as Tensor2D;

const product = (a: Tensor, b: Tensor2D): Tensor => tf.matMul(a as Tensor2D, b);

const apart = (x: Tensor, count: number): Tensor[] => tf.split(x, count, x.shape.length - 1);
const together = (parts: Tensor[]): Tensor => tf.concat(parts, parts[0].shape.length - 1);

export const products: Reach = {
  input(samples, context) {
    const rows = product(samples, context.weight('kernel') as Tensor2D);
    return context.hasWeight('bias') ? tf.add(rows, inputBias(context)) : rows;
  },
  inputGradient: (dy, _, context) =>
    product(dy, context.derived('kernel turned', () => tf.transpose(context.weight('kernel'))) as Tensor2D),
  state: (h, context) => product(h, kernel(context)),
  stateGradient: (dy, context) => product(dy, turned(context))
};

/** Elman's, as keras.layers.SimpleRNN. */
const simple: Cell = {
  gates: 1,
  states: 1,
  step(input, [h], context) {
    const z = tf.add(input, product(h, kernel(context)));
    const y = gateOf(context.attributes, 'activation').apply(z);
    return { states: [y], saved: [z, y] };
  },
  back([dh], _, [z, y], context) {
    const dz = gateOf(context.attributes, 'activation').gradient(dh, z, y);
    return { input: dz, states: [product(dz, turned(context))] };
  }
};

/** Hochreiter and Schmidhuber 1997, as keras.layers.LSTM: gates i, f, c, o. */
const lstmBy = (reach: Reach): Cell => ({
  gates: 4,
  states: 2,
  reach,
  step(input, [h, c], context) {
    const inner = gateOf(context.attributes, 'activation');
    const gate = gateOf(context.attributes, 'recurrent_activation');
    const [zi, zf, zc, zo] = apart(tf.add(input, reach.state(h, context)), 4);
    const [i, f, g, o] = [gate.apply(zi), gate.apply(zf), inner.apply(zc), gate.apply(zo)];
    const next = tf.add(tf.mul(f, c), tf.mul(i, g));
    const shown = inner.apply(next);
    return { states: [tf.mul(o, shown), next], saved: [zi, zf, zc, zo, i, f, g, o, next, shown] };
  },
  back([dh, dc], [, c], [zi, zf, zc, zo, i, f, g, o, next, shown], context) {
    const inner = gateOf(context.attributes, 'activation');
    const gate = gateOf(context.attributes, 'recurrent_activation');
    const dnext = tf.add(dc, inner.gradient(tf.mul(dh, o), next, shown));
    const dz = together([
      gate.gradient(tf.mul(dnext, g), zi, i),
      gate.gradient(tf.mul(dnext, c), zf, f),
      inner.gradient(tf.mul(dnext, i), zc, g),
      gate.gradient(tf.mul(dh, shown), zo, o)
    ]);
    return { input: dz, states: [reach.stateGradient(dz, context), tf.mul(dnext, f)] };
  }
});

/** Cho et al. 2014, as keras.layers.GRU: gates z, r, h. The reset gate acts before the recurrent product. */
const gru: Cell = {
  gates: 3,
  states: 1,
  step(input, [h], context) {
    const gate = gateOf(context.attributes, 'recurrent_activation');
    const units = h.shape[1]!;
    const [xzr, xh] = tf.split(input, [2 * units, units], 1);
    const [az, ar] = apart(tf.add(xzr, product(h, kernel(context, 0, 2))), 2);
    const [z, r] = [gate.apply(az), gate.apply(ar)];
    const ah = tf.add(xh, product(tf.mul(r, h), kernel(context, 2, 3)));
    const g = gateOf(context.attributes, 'activation').apply(ah);
    return { states: [tf.add(g, tf.mul(z, tf.sub(h, g)))], saved: [az, ar, ah, z, r, g] };
  },
  back([dh], [h], [az, ar, ah, z, r, g], context) {
    const gate = gateOf(context.attributes, 'recurrent_activation');
    const dah = gateOf(context.attributes, 'activation').gradient(tf.mul(dh, tf.sub(1, z)), ah, g);
    const dreset = product(dah, turned(context, 2, 3));
    const daz = gate.gradient(tf.mul(dh, tf.sub(h, g)), az, z);
    const dar = gate.gradient(tf.mul(dreset, h), ar, r);
    const dzr = together([daz, dar]);
    const before = tf.addN([tf.mul(dh, z), tf.mul(dreset, r), product(dzr, turned(context, 0, 2))]);
    return { input: together([dzr, dah]), states: [before] };
  }
};

/** The same as CuDNN has it, `reset_after`: the reset gate acts after the product, which has a bias of its own. */
const gruResetAfter: Cell = {
  gates: 3,
  states: 1,
  step(input, [h], context) {
    const gate = gateOf(context.attributes, 'recurrent_activation');
    const rows = product(h, kernel(context));
    const inner = context.hasWeight('bias') ? tf.add(rows, recurrentBias(context)) : rows;
    const [xz, xr, xh] = apart(input, 3);
    const [hz, hr, hh] = apart(inner, 3);
    const [az, ar] = [tf.add(xz, hz), tf.add(xr, hr)];
    const [z, r] = [gate.apply(az), gate.apply(ar)];
    const ah = tf.add(xh, tf.mul(r, hh));
    const g = gateOf(context.attributes, 'activation').apply(ah);
    return { states: [tf.add(g, tf.mul(z, tf.sub(h, g)))], saved: [az, ar, ah, z, r, g, hh] };
  },
  back([dh], [h], [az, ar, ah, z, r, g, hh], context) {
    const gate = gateOf(context.attributes, 'recurrent_activation');
    const dah = gateOf(context.attributes, 'activation').gradient(tf.mul(dh, tf.sub(1, z)), ah, g);
    const daz = gate.gradient(tf.mul(dh, tf.sub(h, g)), az, z);
    const dar = gate.gradient(tf.mul(dah, hh), ar, r);
    const dinner = together([daz, dar, tf.mul(dah, r)]);
    return {
      input: together([daz, dar, dah]),
      states: [tf.add(tf.mul(dh, z), product(dinner, turned(context)))]
    };
  }
};

/** Its bias has two rows: the input's, and the recurrent product's. */
const inputBias = (context: OpContext): Tensor => biasRow(context, 0);
const recurrentBias = (context: OpContext): Tensor => biasRow(context, 1);

function biasRow(context: OpContext, row: 0 | 1): Tensor {
  const bias = context.weight('bias');
  return bias.shape.length === 1
    ? bias
    : context.derived(`bias ${row}`, () => tf.reshape(tf.slice(bias, [row, 0], [1, bias.shape[1]!]), [-1]));
}

/** By the attribute `cell`. */
export const CELLS: Readonly<Record<string, Cell>> = {
  simple,
  lstm: lstmBy(products),
  convLstm: lstmBy(convolutions),
  gru,
  gruResetAfter
};
