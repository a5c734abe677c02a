/**
 * Describes a Keras layer class: its arguments, weights, output shape, receptive
 * field and family. The rules that run it are in engine/plan/layer-rules; readers,
 * checks, the summary, the sidebar's icons and docs/supported.md follow from here.
 */
import type { Attributes, AttributeValue, Shape } from '../model-graph';

/** Groups of classes that do alike things: rows of docs/supported.md, and drawings in the sidebar. */
export const FAMILIES = [
  'input',
  'convolution',
  'dense',
  'normalization',
  'activation',
  'pooling',
  'merge',
  'concatenate',
  'padding',
  'reshape',
  'attention',
  'recurrent',
  'dropout',
  'other'
] as const;

export type Family = (typeof FAMILIES)[number];

/** Names of an argument's types. A `list` holds numbers, or such lists. Null stands for "not given" in all. */
export type ArgumentType = 'number' | 'flag' | 'text' | 'list' | 'number or list' | 'any';

export interface Argument {
  type: ArgumentType;
  /** The value of Keras where a file leaves it out. */
  default?: AttributeValue;
  /** The values that the engine honours, where not all; `input` is the shape of the layer's first input. */
  honours?: readonly AttributeValue[] | ((value: AttributeValue, input: Shape, attributes: Attributes) => boolean);
}

export type Arguments = Readonly<Record<string, Argument>>;

/** The output shape, from the input shapes, as Keras computes it. Throws MessageError with the end of a sentence. */
export type ShapeRule = (inputs: Shape[], attributes: Attributes) => Shape;

/**
 * One image axis: cell i sees the input's pixels from `start + i * jump - size / 2` to `start + i * jump + size / 2`.
 */
export interface AxisField {
  /** Pixels from one cell to the next. */
  jump: number;
  /** Pixels that a cell sees. */
  size: number;
  /** Centre of what cell 0 sees; the first pixel's centre is 0.5. Padding may put it outside. */
  start: number;
}

/**
 * Computes a cell's field along an axis from that of a cell of its input; null where its cells do not lie
 * at equal steps. `axis` counts the spatial axes, whose sizes in the input are `sizes`.
 */
export type FieldRule = (
  field: AxisField,
  attributes: Attributes,
  axis: number,
  sizes: readonly (number | null)[]
) => AxisField | null;

export interface LayerClass {
  family: Family;
  arguments?: Arguments;
  /** Roles of the weights, in the order in which Keras stores them. */
  weights?(attributes: Attributes): string[];
  /** Their shapes by role, given the layer's input; null sizes may be anything, roles left out too. */
  weightShapes?(attributes: Attributes, input: Shape): Record<string, Shape>;
  outputShape: ShapeRule;
  /** Absent where a cell sees all of the image, or what it sees is not known. */
  field?: FieldRule;
  /** True if maps of its output are made: `always`, or where its output is `tokens` of a picture. */
  explained?: 'always' | 'tokens';
  /** True if cells of its output lie elsewhere than those of its input: axes move, turn round or go. */
  moves?(attributes: Attributes): boolean;
  /** Comes after a convolution and belongs to it: never a tutorial's "last convolutional layer". */
  follows?: boolean;
}

export type LayerClasses = Readonly<Record<string, LayerClass>>;

// Arguments

export const any: Argument = { type: 'any' };
export const flag = (value?: boolean): Argument => ({ type: 'flag', default: value });
export const number = (value?: number | null): Argument => ({ type: 'number', default: value });
export const list: Argument = { type: 'list' };
export const numbers = (value?: AttributeValue): Argument => ({ type: 'number or list', default: value });
/** Words that the engine honours; the first is Keras' default. */
export const words = (...honours: (string | null)[]): Argument => ({ type: 'text', default: honours[0], honours });
/** An argument of which only some values are honoured. */
export const only = (...honours: AttributeValue[]): Argument => ({ type: 'any', honours });

export const DATA_FORMAT = words('channels_last', 'channels_first', null);
export const PADDING = words('valid', 'same');

/** Arguments of a layer that an activation follows: the function, and what a layer given as such brings with it. */
export const ACTIVATED: Arguments = {
  activation: any,
  negative_slope: number(),
  slope: number(),
  alpha: number(),
  axis: numbers(),
  max_value: number(),
  threshold: number(),
  b: number()
};

// Receptive fields

/** Each cell sees what the cell of its input sees. */
export const pointwise: FieldRule = field => field;

// Weights

export const biasOf = (attributes: Attributes): string[] => (attributes.use_bias === false ? [] : ['bias']);

/** The size of the channel axis of an input. */
export const channelsOf = (attributes: Attributes, input: Shape): number | null =>
  attributes.data_format === 'channels_first' ? input[1] : input[input.length - 1];

export const times = (size: number | null, factor: number): number | null => (size === null ? null : size * factor);
