/** Layers that sum products along axes: EinsumDense and Dot. */
import * as tf from '@tensorflow/tfjs-core';
import { axisOf, numbersOf, stringOf } from '../../../graph/attributes';
import { einsumLabels } from '../../../graph/classes/einsum-labels';
import { type Op, type OpContext, savesInputs, savesNothing } from '../op';
import { einsum, gradientAt } from './einsum';

const labelsOf = (context: OpContext, rank: number) =>
  einsumLabels(stringOf(context.attributes, 'equation', ''), rank)!;

/** EinsumDense before its activation: attribute `equation`, weights `kernel` and `bias`. */
export const einsumDense: Op = {
  forward([x], context) {
    const { input, kernel, output } = labelsOf(context, x.shape.length);
    const factors = [
      { tensor: x, labels: input },
      { tensor: context.weight('kernel'), labels: kernel }
    ];
    const y = einsum(factors, output);
    return context.hasWeight('bias') ? tf.add(y, context.weight('bias')) : tf.clone(y);
  },
  backward(dy, context) {
    const [shape] = context.inputShapes;
    const { input, kernel, output } = labelsOf(context, shape.length);
    const others = [
      { tensor: dy, labels: output },
      { tensor: context.weight('kernel'), labels: kernel }
    ];
    return [gradientAt(input, shape, others)];
  },
  saves: savesNothing
};

const BATCH = 'n';
const SUMMED = 'z';

/** Labels of two batches of tensors whose axes are multiplied and summed, and of the product. */
function dotLabels(axes: number[], ranks: number[]): { of: string[]; to: string } {
  const along = [axisOf(axes[0], ranks[0]), axisOf(axes[1] ?? axes[0], ranks[1])];
  const of = ['A', 'a'].map((letter, i) =>
    Array.from({ length: ranks[i] }, (_, axis) =>
      axis === 0 ? BATCH : axis === along[i] ? SUMMED : String.fromCharCode(letter.charCodeAt(0) + axis)
    ).join('')
  );
  const left = [...of.join('')].filter(label => label !== BATCH && label !== SUMMED);
  return { of, to: [BATCH, ...left].join('') };
}

/** Keras' Dot: attribute `axes` names one axis of each input; vectors give (n, 1). */
export const dot: Op = {
  forward([a, b], { attributes }) {
    const { of, to } = dotLabels(numbersOf(attributes, 'axes', [-1]), [a.shape.length, b.shape.length]);
    const factors = [
      { tensor: a, labels: of[0] },
      { tensor: b, labels: of[1] }
    ];
    const y = einsum(factors, to);
    return y.shape.length === 1 ? tf.reshape(y, [-1, 1]) : tf.clone(y);
  },
  backward(dy, { attributes, inputs, wanted }) {
    const ranks = inputs.map(input => input.shape.length);
    const { of, to } = dotLabels(numbersOf(attributes, 'axes', [-1]), ranks);
    const product = { tensor: to.length === 1 ? tf.reshape(dy, [-1]) : dy, labels: to };
    return inputs.map(({ shape }, i) =>
      wanted[i] ? gradientAt(of[i], shape, [product, { tensor: inputs[1 - i], labels: of[1 - i] }]) : null
    );
  },
  saves: savesInputs
};
