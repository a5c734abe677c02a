/**
 * Theoretical receptive fields: which pixels of the input a cell of a layer can
 * see. Araujo, Norris and Sim, "Computing Receptive Fields of Convolutional
 * Neural Networks", Distill 2019, https://distill.pub/2019/computing-receptive-fields.
 */
import type { Attributes, GraphNode, ModelGraph, Shape } from './model-graph';
import { BINARY_OPS, IDENTITY_OPS, MERGE_OPS } from './supported-ops';

/** One image axis: cell i sees the input's pixels from `start + i * jump - size / 2` to `start + i * jump + size / 2`. */
export interface AxisField {
  /** Pixels from one cell to the next. */
  jump: number;
  /** Pixels that a cell sees. */
  size: number;
  /** Centre of what cell 0 sees; the first pixel's centre is 0.5. Padding may put it outside. */
  start: number;
}

/** Rows, then columns. */
export type ReceptiveField = [rows: AxisField, columns: AxisField];

type Rule = (field: AxisField, node: GraphNode, axis: 0 | 1, input: number | null) => AxisField;

const POINTWISE = [
  'op:stop_gradient',
  ...IDENTITY_OPS,
  ...MERGE_OPS,
  ...BINARY_OPS,
  'Dense',
  'Concatenate',
  'BatchNormalization',
  'LayerNormalization',
  'Normalization',
  'Rescaling',
  'LayerScale',
  'CustomScaleLayer',
  'Activation',
  'ReLU',
  'LeakyReLU',
  'PReLU',
  'ELU',
  'ThresholdedReLU',
  'Softmax'
];

/** Per axis, from a list, a list of pairs, or one number for both. */
function numberAt(attributes: Attributes, key: string, axis: number, otherwise: number): number {
  const value = attributes[key];
  const one: unknown = Array.isArray(value) ? (value[axis] ?? value[0]) : value;
  const first: unknown = Array.isArray(one) ? one[0] : one;
  return typeof first === 'number' ? first : otherwise;
}

/** A window of `kernel` cells that moves by `stride`, `padding` cells before the first. */
function slide({ jump, size, start }: AxisField, kernel: number, stride: number, padding: number): AxisField {
  return { jump: jump * stride, size: size + (kernel - 1) * jump, start: start + ((kernel - 1) / 2 - padding) * jump };
}

const windowed =
  (key: 'kernel_size' | 'pool_size'): Rule =>
  (field, { attributes }, axis, input) => {
    const kernel = (numberAt(attributes, key, axis, 1) - 1) * numberAt(attributes, 'dilation_rate', axis, 1) + 1;
    const stride = numberAt(attributes, 'strides', axis, key === 'pool_size' ? kernel : 1);
    const missing = input === null ? kernel - stride : (Math.ceil(input / stride) - 1) * stride + kernel - input;
    const padding = attributes.padding === 'same' ? Math.floor(Math.max(missing, 0) / 2) : 0;
    return slide(field, kernel, stride, padding);
  };

/** Output cell i takes part of the window at i - p .. i + kernel - 1 - p, over inputs that lie `stride` apart. */
const transposed: Rule = ({ jump, size, start }, { attributes }, axis) => {
  const kernel = numberAt(attributes, 'kernel_size', axis, 1);
  const stride = numberAt(attributes, 'strides', axis, 1);
  const padding = attributes.padding === 'same' ? Math.floor(Math.max(kernel - stride, 0) / 2) : 0;
  return {
    jump: jump / stride,
    size: size + ((kernel - 1) / stride) * jump,
    start: start + ((padding - (kernel - 1) / 2) / stride) * jump
  };
};

const upsampled: Rule = ({ jump, size, start }, { attributes }, axis) => {
  const factor = numberAt(attributes, 'size', axis, 1);
  // Bilinear mixes two cells; nearest copies one, somewhere within its own width.
  const reach = attributes.interpolation === 'bilinear' ? 2 : (factor - 1) / factor;
  return { jump: jump / factor, size: size + reach * jump, start: start - ((factor - 1) / (2 * factor)) * jump };
};

const shifted =
  (key: 'padding' | 'pads' | 'cropping', sign: 1 | -1): Rule =>
  (field, { attributes }, axis) => ({
    ...field,
    start: field.start + sign * numberAt(attributes, key, axis, 0) * field.jump
  });

const RULES: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ...POINTWISE.map((op): [string, Rule] => [op, field => field]),
  ...['Conv2D', 'DepthwiseConv2D', 'SeparableConv2D'].map((op): [string, Rule] => [op, windowed('kernel_size')]),
  ...['MaxPooling2D', 'AveragePooling2D'].map((op): [string, Rule] => [op, windowed('pool_size')]),
  ['Conv2DTranspose', transposed],
  ['UpSampling2D', upsampled],
  ['ZeroPadding2D', shifted('padding', -1)],
  ['op:pad', shifted('pads', -1)],
  ['Cropping2D', shifted('cropping', 1)]
]);

/** The smallest field that holds several: null where cells lie apart by different steps. */
function union(fields: readonly AxisField[]): AxisField | null {
  const { jump } = fields[0];
  const low = Math.min(...fields.map(({ start, size }) => start - size / 2));
  const high = Math.max(...fields.map(({ start, size }) => start + size / 2));
  return fields.every(field => Math.abs(field.jump - jump) < 1e-9)
    ? { jump, size: high - low, start: (low + high) / 2 }
    : null;
}

/**
 * The receptive field of every layer whose cells see a bounded part of the
 * image. Layers that see all of it (after global pooling, say), or whose fields
 * are not known here, are missing.
 */
export function receptiveFields(graph: ModelGraph): Map<string, ReceptiveField> {
  const fields = new Map<string, ReceptiveField>();
  const shapes = new Map<string, Shape>(graph.nodes.map(node => [node.id, node.outputShape]));
  for (const node of graph.nodes) {
    if (node.attributes.data_format === 'channels_first') {
      continue;
    }
    if (node.op === 'InputLayer' && node.outputShape.length === 4) {
      fields.set(node.id, [
        { jump: 1, size: 1, start: 0.5 },
        { jump: 1, size: 1, start: 0.5 }
      ]);
      continue;
    }
    const rule = RULES.get(node.op);
    const sources = node.inputs.flatMap(input => ('node' in input ? [input.node] : []));
    const inputs = sources.map(source => fields.get(source));
    if (!rule || inputs.length === 0 || inputs.some(field => field === undefined)) {
      continue;
    }
    const [rows, columns] = ([0, 1] as const).map(axis => {
      const merged = union(inputs.flatMap(field => (field ? [field[axis]] : [])));
      return merged && rule(merged, node, axis, shapes.get(sources[0])?.[axis + 1] ?? null);
    });
    if (rows && columns) {
      fields.set(node.id, [rows, columns]);
    }
  }
  return fields;
}
