/**
 * The place of cells, beside the measured gradient of single ones: kernels of ones make the middle of what a cell
 * depends on its centre.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { useBackend } from '../engine/testing/backends';
import { graphOf, node } from '../engine/testing/graphs';
import { encode } from '../engine/testing/numbers';
import { runGraph } from '../engine/testing/run-graph';
import { pixelsOfCell } from './field-geometry';
import type { Attributes, GraphNode, ModelGraph, Shape, WeightRef } from './model-graph';
import { receptiveFields } from './receptive-field';
import { inferShape } from './shape-inference';

type Step = [op: string, attributes: Attributes];

const ones = (shape: number[]): WeightRef => ({
  name: 'ones',
  shape,
  dtype: 'float32',
  read: () => new Float32Array(shape.reduce((a, b) => a * b, 1)).fill(1)
});

/** A graph of one channel, with kernels of ones; steps read the one before, or those that `from` names. */
function graph(size: number[], steps: (readonly [...Step, from?: string[]])[]): ModelGraph {
  const nodes: GraphNode[] = [node('n0', 'InputLayer', [], [1, ...size, 1])];
  const shapes = new Map<string, Shape>([['n0', [1, ...size, 1]]]);
  steps.forEach(([op, attributes, from = [`n${nodes.length - 1}`]]) => {
    const id = `n${nodes.length}`;
    const kernel = attributes.kernel_size as number[] | undefined;
    const all = { filters: 1, use_bias: false, ...attributes };
    const made = node(id, op, from, [], all, kernel ? { kernel: ones([...kernel, 1, 1]) } : {});
    const shape = inferShape(
      made,
      from.map(source => shapes.get(source)!)
    );
    shapes.set(id, shape);
    nodes.push({ ...made, outputShape: shape });
  });
  return graphOf(nodes);
}

interface Measured {
  axis: number;
  cell: number;
  /** Edges of what the cell depends on, and how far its middle is from where the field has the centre. */
  from: number;
  to: number;
  off: number;
  /** The largest extent that the field claims. */
  seen: [number, number];
  /** The field lies in the input: no padding cut off what the cell sees. */
  isInner: boolean;
}

/** Measures cells along each axis, in the middle of the others. */
async function measure(model: ModelGraph): Promise<Measured[]> {
  const field = receptiveFields(model).get(model.outputs[0].node)!;
  expect(field).toBeDefined();
  const [, ...size] = model.inputs[0].shape.slice(0, -1) as number[];
  const [, ...cells] = model.outputs[0].shape.slice(0, -1) as number[];
  const length = size.reduce((a, b) => a * b, 1);
  const strides = (of: number[]): number[] => of.map((_, i) => of.slice(i + 1).reduce((a, b) => a * b, 1));
  const picture = encode([1, ...size, 1], new Float32Array(length).fill(1));
  const found: Measured[] = [];
  for (const axis of cells.keys()) {
    for (let cell = 0; cell < cells[axis]; cell++) {
      const seed = new Float32Array(cells.reduce((a, b) => a * b, 1));
      const at = cells.map((count, i) => (i === axis ? cell : Math.floor(count / 2)));
      seed[strides(cells).reduce((sum, stride, i) => sum + stride * at[i], 0)] = 1;
      const { gradients } = await runGraph(model, [picture], encode([1, ...cells, 1], seed));
      const places = Array.from(gradients[0], (value, i) => (Math.abs(value) > 1e-6 ? i : -1))
        .filter(i => i >= 0)
        .map(i => Math.floor(i / strides(size)[axis]) % size[axis]);
      const [from, to] = [Math.min(...places), Math.max(...places) + 1];
      const seen = pixelsOfCell(field.axes[axis], cell);
      const off = (from + to) / 2 - (seen[0] + seen[1]) / 2;
      found.push({ axis, cell, from, to, off, seen, isInner: seen[0] >= 0 && seen[1] <= size[axis] });
    }
  }
  return found.filter(({ isInner }) => isInner);
}

const both = (value: number): [number, number] => [value, value];
const conv = (kernel: number, stride = 1, padding = 'valid', dilation = 1): Step => [
  'Conv2D',
  { kernel_size: both(kernel), strides: both(stride), padding, dilation_rate: both(dilation) }
];
const transposed = (kernel: number, stride: number, padding: string, more: Attributes = {}): Step => [
  'Conv2DTranspose',
  { kernel_size: both(kernel), strides: both(stride), padding, ...more }
];
const pool = (size: number, padding = 'valid'): Step => [
  'AveragePooling2D',
  { pool_size: both(size), strides: both(size), padding }
];
const crop = (rows: number[], columns: number[]): Step => ['Cropping2D', { cropping: [rows, columns] }];
const slice = (begin: number[], size: number[], picks: number[][] = []): Step => [
  'op:slice',
  { begin, size, picks, drop: [], add: [] }
];
const resize = (height: number, width: number, more: Attributes = {}): Step => ['Resizing', { height, width, ...more }];

describe('the centre of a cell is that of its gradient', () => {
  beforeAll(() => useBackend('cpu'));

  it.each<[string, number[], (readonly [...Step, from?: string[]])[]]>([
    ['cropping', [32, 30], [crop([7, 3], [2, 5]), conv(3)]],
    ['padding', [21, 24], [['ZeroPadding2D', { padding: [[3, 1], both(0)] }], conv(5, 2)]],
    ['same padding and strides on even sizes', [40, 24], [conv(3, 2, 'same'), conv(3, 2, 'same'), conv(2, 1, 'same')]],
    ['same padding and strides on odd sizes', [37, 27], [conv(3, 2, 'same'), conv(4, 3, 'same')]],
    ['same pooling on a size that it does not divide', [31, 34], [pool(3, 'same'), conv(3)]],
    ['strides wider than the window', [32, 30], [conv(1, 2, 'same'), conv(3)]],
    ['a stack of valid convolutions', [44, 40], [conv(7), pool(2), conv(5)]],
    ['dilation', [34, 34], [conv(3, 1, 'same', 4), conv(3, 1, 'valid', 2)]],
    ['CenterCrop', [25, 28], [['CenterCrop', { height: 12, width: 13 }], conv(3)]],
    ['slices', [30, 32], [slice([0, 6, 3, 0], [-1, 20, 29, -1]), conv(3)]],
    ['every third row', [30, 24], [slice([0, 0, 0, 0], [-1, -1, -1, -1], [[1, 2, 5, 8, 11, 14, 17]]), conv(3)]],
    ['pooling to a size', [24, 36], [['AdaptiveAveragePooling2D', { output_size: [6, 9] }], conv(3)]],
    [
      'a volume',
      [9, 12, 11],
      [
        ['Cropping3D', { cropping: [both(0), [2, 1], [1, 0]] }],
        ['Conv3D', { kernel_size: [3, 3, 3], strides: [1, 2, 2], padding: 'valid' }]
      ]
    ],
    [
      'frames, one by one and in time',
      [5, 20, 18],
      [
        ['op:merge_steps', {}],
        crop([3, 0], [0, 1]),
        conv(3, 2),
        ['op:split_steps', {}, ['n3', 'n0']],
        ['op:merge_steps', {}],
        conv(3),
        ['op:split_steps', {}, ['n6', 'n4']]
      ]
    ],
    [
      'a signal',
      [40],
      [
        ['ZeroPadding1D', { padding: [2, 1] }],
        ['Conv1D', { kernel_size: [5], strides: [2], padding: 'valid' }],
        ['Conv1D', { kernel_size: [3], strides: [1], dilation_rate: [2], padding: 'causal' }]
      ]
    ],
    ['odd resizes by a whole factor', [45, 30], [resize(15, 10, { interpolation: 'nearest' }), conv(3)]],
    ['smoothed resizes by a whole factor', [48, 40], [resize(12, 10, { antialias: true }), conv(2)]],
    ['areas', [48, 40], [resize(12, 10, { interpolation: 'area' }), conv(2)]]
  ])('%s', async (_, size, steps) => {
    const cells = await measure(graph(size, steps));
    expect(cells.length).toBeGreaterThan(3);
    cells.forEach(({ off, seen, from, to }) => {
      expect(Math.abs(off)).toBeLessThan(1e-9);
      // Kernels of a resize end between pixels.
      expect(from - seen[0]).toBeGreaterThanOrEqual(0);
      expect(from - seen[0]).toBeLessThan(1);
      expect(seen[1] - to).toBeCloseTo(from - seen[0], 9);
    });
  });

  /** Cells of the output read cells of the input that lie around their centre, now before it and now behind. */
  it.each<[string, number[], Step[]]>([
    ['Resizing that stretches', [40, 24], [resize(25, 33)]],
    ['Resizing that shrinks', [57, 40], [resize(21, 17)]],
    ['Resizing that crops rows', [60, 30], [resize(20, 20, { crop_to_aspect_ratio: true })]],
    ['Resizing that crops columns', [31, 80], [resize(13, 13, { crop_to_aspect_ratio: true })]],
    ['Resizing that pads columns', [60, 30], [resize(24, 24, { pad_to_aspect_ratio: true })]],
    ['Resizing that pads rows', [24, 47], [resize(19, 19, { pad_to_aspect_ratio: true })]],
    ['Resizing to the nearest cell', [40, 24], [resize(27, 31, { interpolation: 'nearest' })]],
    ['Resizing by cubics', [36, 30], [resize(20, 17, { interpolation: 'bicubic' })]],
    ['smoothed Resizing', [60, 50], [resize(17, 21, { interpolation: 'lanczos3', antialias: true })]],
    ['CenterCrop of more than there is', [20, 40], [['CenterCrop', { height: 30, width: 30 }]]],
    ['UpSampling', [24, 20], [pool(2), ['UpSampling2D', { size: [3, 2], interpolation: 'nearest' }]]],
    ['bilinear UpSampling', [24, 20], [pool(2), ['UpSampling2D', { size: [2, 3], interpolation: 'bilinear' }]]],
    ['bicubic UpSampling', [24, 20], [pool(2), ['UpSampling2D', { size: [2, 2], interpolation: 'bicubic' }]]],
    ['transposed convolution', [28, 24], [pool(2), transposed(4, 2, 'same')]],
    ['transposed convolution of an odd window', [28, 24], [conv(3, 2, 'same'), transposed(3, 2, 'same')]],
    ['valid transposed convolution', [28, 24], [pool(2), transposed(3, 2, 'valid')]],
    ['transposed convolution with dilation', [20, 18], [transposed(3, 1, 'same', { dilation_rate: both(2) })]],
    ['transposed convolution with output padding', [24, 20], [pool(2), transposed(5, 3, 'same', { output_padding: 2 })]]
  ])('on the whole: %s', async (_, size, steps) => {
    const model = graph(size, steps);
    const field = receptiveFields(model).get(model.outputs[0].node)!;
    const cells = await measure(model);
    for (const axis of [0, 1]) {
      const along = cells.filter(cell => cell.axis === axis);
      const widest = Math.max(...along.map(({ seen }) => seen[1] - seen[0]));
      expect(along.length).toBeGreaterThan(3);
      along.forEach(({ seen, from, to }) => expect(seen[0] <= from + 1e-6 && to <= seen[1] + 1e-6).toBe(true));
      // The mean is free of what rounding to whole cells does, but for the part of a period that is left over.
      const mean = along.reduce((sum, { off }) => sum + off, 0) / along.length;
      expect(Math.abs(mean)).toBeLessThan(Math.min(0.15 * widest, Math.max(0.3, field.axes[axis].jump / 4)));
    }
  });

  it('branches, where the widest holds the others', async () => {
    const model = graph(
      [32, 30],
      [conv(3, 2, 'same'), [...conv(1, 2, 'same'), ['n0']], ['Add', {}, ['n1', 'n2']], [...conv(3, 1, 'same'), ['n3']]]
    );
    const cells = await measure(model);
    expect(cells.length).toBeGreaterThan(10);
    cells.forEach(({ off }) => expect(Math.abs(off)).toBeLessThan(1e-9));
  });
});

describe('tokens of an image', () => {
  beforeAll(() => useBackend('cpu'));

  const reshape = (...target: number[]): Step => ['Reshape', { target_shape: target }];
  const normalized: Step = ['ReLU', {}];

  it.each<[string, number[], Step[], number]>([
    // 28 = 3 x 8 and four pixels that no patch has.
    ['patches that leave an edge', [28, 20], [conv(8, 8), reshape(6, 1), normalized], 2],
    ['patches of a crop', [32, 16], [crop([8, 0], [0, 0]), conv(8, 8), reshape(6, 1)], 2],
    ['patches that overlap', [19, 19], [conv(7, 4), reshape(16, 1), normalized], 4]
  ])('lie as its cells do: %s', async (_, size, steps, columns) => {
    const model = graph(size, steps);
    const field = receptiveFields(model).get(model.outputs[0].node)!;
    const tokens = model.outputs[0].shape[1]!;
    const picture = encode([1, ...size, 1], new Float32Array(size[0] * size[1]).fill(1));
    for (let token = 0; token < tokens; token++) {
      const seed = new Float32Array(tokens);
      seed[token] = 1;
      const { gradients } = await runGraph(model, [picture], encode([1, tokens, 1], seed));
      const seen = [...gradients[0]].flatMap((value, i) => (value === 0 ? [] : i));
      const places = (at: (i: number) => number): [number, number] => {
        const all = seen.map(at);
        return [Math.min(...all), Math.max(...all) + 1];
      };
      expect(pixelsOfCell(field.axes[0], Math.floor(token / columns))).toEqual(places(i => Math.floor(i / size[1])));
      expect(pixelsOfCell(field.axes[1], token % columns)).toEqual(places(i => i % size[1]));
    }
    expect(field.seesAll).toBe(false);
  });

  it('stay where they were behind attention, which sees all', () => {
    const before = graph([28, 20], [conv(8, 8), reshape(6, 1)]);
    const [patches] = before.nodes.slice(-1);
    const attention = node('a', 'MultiHeadAttention', [patches.id, patches.id], [1, 6, 1]);
    const joined = node('j', 'Add', [patches.id, 'a'], [1, 6, 1]);
    const fields = fieldsOf([...before.nodes, attention, joined]);
    expect(fields.get('a')?.axes).toEqual(fields.get(patches.id)?.axes);
    expect(fields.get('j')).toMatchObject({ axes: fields.get('a')?.axes, seesAll: true });
  });

  it('are not placed where the image has other cells, or other channels', () => {
    const folded = graph([8, 8], [reshape(16, 4)]);
    expect(receptiveFields(folded).has(folded.outputs[0].node)).toBe(false);
  });
});

const fieldsOf = (nodes: GraphNode[]): ReturnType<typeof receptiveFields> => receptiveFields(graphOf(nodes));
