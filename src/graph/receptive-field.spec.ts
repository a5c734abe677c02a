import { describe, expect, it } from 'vitest';
import { graphOf, node } from '../engine/testing/graphs';
import type { Attributes, GraphNode } from './model-graph';
import { type AxisField, receptiveFields } from './receptive-field';

type Step = [op: string, attributes: Attributes];

/** A chain of layers over a picture of `size` pixels a side; output sizes from `sizes`. */
function chain(steps: Step[], size: number | null): GraphNode[] {
  let side = size;
  return steps.reduce<GraphNode[]>(
    (nodes, [op, attributes], i) => {
      side = side === null ? null : outputSize(op, attributes, side);
      return [...nodes, node(`n${i}`, op, [i === 0 ? 'input' : `n${i - 1}`], [null, side, side, 8], attributes)];
    },
    [node('input', 'InputLayer', [], [null, size, size, 3])]
  );
}

const windowOf = (a: Attributes): [kernel: number, stride: number, dilation: number] => [
  ((a.kernel_size ?? a.pool_size) as number[])[0],
  (a.strides as number[] | undefined)?.[0] ?? 1,
  (a.dilation_rate as number[] | undefined)?.[0] ?? 1
];

function outputSize(op: string, a: Attributes, size: number): number {
  if (op === 'ZeroPadding2D') {
    return size + (a.padding as number[][])[0].reduce((x, y) => x + y);
  }
  const [kernel, stride, dilation] = windowOf(a);
  return a.padding === 'same'
    ? Math.ceil(size / stride)
    : Math.floor((size - (kernel - 1) * dilation - 1) / stride) + 1;
}

/** For each cell of a chain the input pixels that reach it, traced one by one: -1 stands for padding. */
function trace(steps: Step[], size: number): Set<number>[] {
  let cells = Array.from({ length: size }, (_, i) => new Set([i]));
  for (const [op, a] of steps) {
    const nothing = (): Set<number> => new Set();
    if (op === 'ZeroPadding2D') {
      const [before, after] = (a.padding as number[][])[0];
      cells = [...Array.from({ length: before }, nothing), ...cells, ...Array.from({ length: after }, nothing)];
      continue;
    }
    const [kernel, stride, dilation] = windowOf(a);
    const count = outputSize(op, a, cells.length);
    const total = Math.max((count - 1) * stride + (kernel - 1) * dilation + 1 - cells.length, 0);
    const before = a.padding === 'same' ? Math.floor(total / 2) : 0;
    const from = cells;
    cells = Array.from({ length: count }, (_, i) => {
      const taken = Array.from({ length: kernel }, (_, k) => from[i * stride - before + k * dilation] ?? nothing());
      return new Set(taken.flatMap(set => [...set]));
    });
  }
  return cells;
}

const conv = (kernel: number, stride: number, padding: string, dilation = 1): Step => [
  'Conv2D',
  { kernel_size: [kernel, kernel], strides: [stride, stride], padding, dilation_rate: [dilation, dilation] }
];
const pool = (size: number, padding = 'valid'): Step => [
  'MaxPooling2D',
  { pool_size: [size, size], strides: [size, size], padding }
];
const lastField = (nodes: GraphNode[]): AxisField | undefined =>
  receptiveFields(graphOf(nodes)).get(nodes[nodes.length - 1].id)?.[0];

describe('receptiveFields', () => {
  it('take mirrored edges for zeros', () => {
    const behind = (op: string, attributes: Attributes) =>
      receptiveFields(
        graphOf([
          node('input', 'InputLayer', [], [null, 12, 12, 3]),
          node('pad', op, ['input'], [null, 18, 17, 3], attributes),
          node('conv', 'Conv2D', ['pad'], [null, 6, 6, 8], { kernel_size: [7, 7], strides: [2, 2], padding: 'valid' })
        ])
      ).get('conv');
    expect(
      behind('op:pad', {
        pads: [
          [3, 3],
          [2, 3],
          [0, 0]
        ],
        mode: 'reflect'
      })
    ).toEqual(
      behind('ZeroPadding2D', {
        padding: [
          [3, 3],
          [2, 3]
        ]
      })
    );
    expect(
      behind('op:pad', {
        pads: [
          [3, 3],
          [2, 3],
          [0, 0]
        ],
        mode: 'reflect'
      })?.[0].start
    ).toBe(0.5);
  });

  it.each<[string, Step[], number]>([
    ['same convolutions with strides on an odd size', [conv(3, 2, 'same'), conv(5, 1, 'same'), conv(3, 2, 'same')], 97],
    ['same convolutions with strides on an even size', [conv(3, 2, 'same'), conv(4, 2, 'same')], 96],
    ['valid convolutions and pooling', [conv(5, 1, 'valid'), pool(2), conv(3, 1, 'valid'), pool(3)], 90],
    ['dilation', [conv(3, 1, 'same', 4), conv(3, 2, 'valid', 2)], 80],
    [
      'explicit padding, as ResNets begin',
      [
        [
          'ZeroPadding2D',
          {
            padding: [
              [3, 3],
              [3, 3]
            ]
          }
        ],
        conv(7, 2, 'valid'),
        [
          'ZeroPadding2D',
          {
            padding: [
              [1, 1],
              [1, 1]
            ]
          }
        ],
        ['MaxPooling2D', { pool_size: [3, 3], strides: [2, 2], padding: 'valid' }]
      ],
      128
    ]
  ])('hold the pixels that reach a cell, no more: %s', (_, steps, size) => {
    const field = lastField(chain(steps, size));
    expect(field).toBeDefined();
    trace(steps, size).forEach((seen, i) => {
      const { jump, size: width, start } = field as AxisField;
      const low = start + i * jump - width / 2;
      const [first, last] = [Math.min(...seen), Math.max(...seen)];
      // At the border part of it is padding, and with dilation there are gaps.
      const isInside = low >= 0 && low + width <= size;
      expect(low <= first && last + 1 <= low + width).toBe(true);
      expect(!isInside || (first === low && last + 1 === low + width)).toBe(true);
    });
  });

  it('are those that the paper lists: VGG16 212 pixels, MobileNet 315', () => {
    const block = (convolutions: number): Step[] => [
      ...Array.from({ length: convolutions }, () => conv(3, 1, 'same')),
      pool(2)
    ];
    expect(lastField(chain([2, 2, 3, 3, 3].flatMap(block), 224))).toMatchObject({ size: 212, jump: 32 });
    const strides = [1, 2, 1, 2, 1, 2, 1, 1, 1, 1, 1, 2, 1];
    const mobileNet = [conv(3, 2, 'same'), ...strides.flatMap(stride => [conv(3, stride, 'same'), conv(1, 1, 'same')])];
    expect(lastField(chain(mobileNet, 224))).toMatchObject({ size: 315, jump: 32 });
  });

  it('are joined where branches meet', () => {
    const nodes = [
      node('input', 'InputLayer', [], [null, 32, 32, 3]),
      node('narrow', 'Conv2D', ['input'], [null, 32, 32, 4], { kernel_size: [1, 1], padding: 'same' }),
      node('wide', 'Conv2D', ['input'], [null, 32, 32, 4], { kernel_size: [7, 3], padding: 'same' }),
      node('both', 'Add', ['narrow', 'wide'], [null, 32, 32, 4])
    ];
    const [rows, columns] = receptiveFields(graphOf(nodes)).get('both') ?? [];
    expect([rows?.size, columns?.size, rows?.start]).toEqual([7, 3, 0.5]);
  });

  it('are missing after what sees everything', () => {
    const nodes = [
      node('input', 'InputLayer', [], [null, 32, 32, 3]),
      node('squeeze', 'GlobalAveragePooling2D', ['input'], [null, 1, 1, 3], { keepdims: true }),
      node('scaled', 'Multiply', ['input', 'squeeze'], [null, 32, 32, 3])
    ];
    expect([...receptiveFields(graphOf(nodes)).keys()]).toEqual(['input']);
  });
});
