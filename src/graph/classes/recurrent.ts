/** Layers that go through a sequence step by step. */
import { message, MessageError } from '../../messages/message';
import { numberOrNull, numbersOf } from '../attributes';
import type { Attributes, Shape } from '../model-graph';
import {
  any,
  type Argument,
  type Arguments,
  biasOf,
  channelsOf,
  DATA_FORMAT,
  flag,
  type LayerClass,
  type LayerClasses,
  number,
  numbers,
  only,
  PADDING,
  type ShapeRule,
  times,
  words
} from './layer-class';
import { needed, needsAxes, same, spellShape, windowed } from './shapes';

const ARGUMENTS: Arguments = {
  use_bias: flag(true),
  activation: any,
  // Of hard_sigmoid in Keras 2.
  slope: number(),
  return_sequences: flag(false),
  return_state: flag(false),
  go_backwards: flag(false),
  stateful: only(false),
  unroll: any,
  time_major: only(false),
  zero_output_for_mask: flag(false),
  implementation: any,
  use_cudnn: any,
  unit_forget_bias: any,
  dropout: any,
  recurrent_dropout: any,
  // Of the call (formats/keras/flatten/recurrent): a mask among the inputs, and which output this is.
  masked: flag(false),
  gives: number(-1),
  // In a Bidirectional: whether its sequence is turned round at the end.
  turned: flag(false)
};

function needsSteps(axes: number, input: Shape): void {
  needsAxes(axes, input);
  if (input[1] === 0) {
    throw new MessageError(message('needs a sequence of at least one step'));
  }
}

/** Several outputs are several nodes: `gives` says which last state one is. */
const stepped: ShapeRule = ([input], a) => {
  needsSteps(1, input);
  const units = needed(a, 'units');
  return a.return_sequences === true && a.gives === -1 ? [input[0], input[1], units] : [input[0], units];
};

const recurrent = (gates: number, own: Arguments, biasShape?: (a: Attributes, width: number) => Shape): LayerClass => ({
  family: 'recurrent',
  arguments: { ...ARGUMENTS, units: number(), ...own },
  weights: a => ['kernel', 'recurrent_kernel', ...biasOf(a)],
  weightShapes(a, input) {
    const units = numberOrNull(a, 'units');
    const width = units === null ? null : gates * units;
    return {
      kernel: [input[input.length - 1], width],
      recurrent_kernel: [units, width],
      bias: width === null || !biasShape ? [width] : biasShape(a, width)
    };
  },
  outputShape: stepped
});

/** An activation along the last axis would be one along the columns where channels come first. */
const ofEachValue: Argument = {
  type: 'any',
  honours: (value, _, { data_format }) => data_format !== 'channels_first' || !/softmax$/.test(String(value))
};

/** Shi et al. 2015: an LSTM whose products are convolutions, over (n, t, …). */
const convolutional = (axes: 1 | 2 | 3): LayerClass => {
  const convolved = windowed(axes, 'kernel_size', (_, a) => needed(a, 'filters'));
  return {
    family: 'recurrent',
    explained: 'always',
    arguments: {
      ...ARGUMENTS,
      filters: number(),
      kernel_size: numbers(),
      strides: numbers(1),
      padding: PADDING,
      data_format: DATA_FORMAT,
      dilation_rate: numbers(1),
      activation: ofEachValue,
      recurrent_activation: ofEachValue
    },
    weights: a => ['kernel', 'recurrent_kernel', ...biasOf(a)],
    weightShapes(a, input) {
      const [filters, kernel] = [numberOrNull(a, 'filters'), numbersOf(a, 'kernel_size', [])];
      const width = times(filters, 4);
      const channels = channelsOf(a, [input[0], ...input.slice(2)]);
      return {
        kernel: [...kernel, channels, width],
        recurrent_kernel: [...kernel, filters, width],
        bias: [width]
      };
    },
    outputShape: ([input, mask], a) => {
      needsSteps(axes + 1, input);
      const [batch, steps, ...rest] = input;
      const [, ...made] = convolved([[batch, ...rest]], a);
      if (a.masked === true && mask.length > 2) {
        needsMaskOf(made.slice(0, -1), mask, a.data_format === 'channels_first');
      }
      return a.return_sequences === true && a.gives === -1 ? [batch, steps, ...made] : [batch, ...made];
    }
  };
};

/** Its two layers are nodes of their own; this is what merges them. */
const merged: ShapeRule = ([first, second], a) => {
  const last = first.length - 1;
  const [size, other] = [first[last], second?.[last]];
  return a.merge_mode === 'concat' && typeof size === 'number' && typeof other === 'number'
    ? [...first.slice(0, -1), size + other]
    : first;
};

/** (n, t, …) to samples that are steps, and back, where n is not known. */
const mergedSteps: ShapeRule = ([input]) => {
  if (input.length < 3) {
    throw new MessageError(message('needs a sequence, but gets %1', spellShape(input)));
  }
  return [null, ...input.slice(2)];
};

/** A mask that is not of steps (n, t) is of the pixels of what is made of each. */
function needsMaskOf(pixels: readonly unknown[], mask: Shape, isFirst: boolean): void {
  if (isFirst || String(mask.slice(2)) !== String(pixels)) {
    throw new MessageError(message('needs a mask of steps, but gets %1', spellShape(mask)));
  }
}

export const RECURRENT: LayerClasses = {
  Masking: { family: 'recurrent', arguments: { mask_value: number(0) }, outputShape: same },
  'op:merge_steps': { family: 'recurrent', outputShape: mergedSteps },
  'op:split_steps': {
    family: 'recurrent',
    outputShape: ([steps, like]) => [like[0], like[1], ...steps.slice(1)]
  },
  Bidirectional: {
    family: 'recurrent',
    arguments: { merge_mode: words('concat', 'sum', 'mul', 'ave', null) },
    outputShape: merged
  },
  SimpleRNN: recurrent(1, {}),
  LSTM: recurrent(4, { recurrent_activation: any }),
  GRU: recurrent(3, { recurrent_activation: any, reset_after: flag(true) }, (a, width) =>
    a.reset_after === false ? [width] : [2, width]
  ),
  ConvLSTM1D: convolutional(1),
  ConvLSTM2D: convolutional(2),
  ConvLSTM3D: convolutional(3)
};
