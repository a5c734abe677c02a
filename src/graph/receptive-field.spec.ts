import { describe, expect, it } from 'vitest';
import { graphOf, node } from '../engine/testing/graphs';
import type { Attributes, GraphNode } from './model-graph';
import { type AxisField, receptiveFields } from './receptive-field';
import { shapesFor } from './shape-inference';

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
  receptiveFields(graphOf(nodes)).get(nodes[nodes.length - 1].id)?.axes[0];

describe('receptiveFields', () => {
  it('take mirrored edges for zeros', () => {
    const behind = (op: string, attributes: Attributes) =>
      receptiveFields(
        graphOf([
          node('input', 'InputLayer', [], [null, 12, 12, 3]),
          node('pad', op, ['input'], [null, 18, 17, 3], attributes),
          node('conv', 'Conv2D', ['pad'], [null, 6, 6, 8], { kernel_size: [7, 7], strides: [2, 2], padding: 'valid' })
        ])
      ).get('conv')?.axes;
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
    const [rows, columns] = receptiveFields(graphOf(nodes)).get('both')?.axes ?? [];
    expect([rows?.size, columns?.size, rows?.start]).toEqual([7, 3, 0.5]);
  });

  it('lie where they lay behind a gate that sees everything', () => {
    const nodes = [
      node('input', 'InputLayer', [], [null, 32, 32, 3]),
      node('conv', 'Conv2D', ['input'], [null, 16, 16, 3], { kernel_size: [3, 3], strides: [2, 2], padding: 'same' }),
      node('squeeze', 'GlobalAveragePooling2D', ['conv'], [null, 1, 1, 3], { keepdims: true }),
      node('gate', 'Dense', ['squeeze'], [null, 1, 1, 3]),
      node('scaled', 'Multiply', ['conv', 'gate'], [null, 16, 16, 3]),
      node('behind', 'Conv2D', ['scaled'], [null, 16, 16, 3], { kernel_size: [3, 3], padding: 'same' }),
      node('alone', 'Multiply', ['gate', 'squeeze'], [null, 1, 1, 3])
    ];
    const fields = receptiveFields(graphOf(nodes));
    expect([...fields.keys()]).toEqual(['input', 'conv', 'scaled', 'behind']);
    expect(fields.get('conv')?.seesAll).toBe(false);
    expect(fields.get('behind')).toMatchObject({
      axes: [
        { jump: 2, start: 1.5 },
        { jump: 2, start: 1.5 }
      ],
      seesAll: true
    });
  });

  it('are told of where branches look at places apart', () => {
    const cropped = (id: string, edges: number[][]): GraphNode =>
      node(id, 'Cropping2D', ['input'], [null, 20, 32, 3], { cropping: edges });
    const nodes = [
      node('input', 'InputLayer', [], [null, 32, 32, 3]),
      cropped('upper', [
        [0, 12],
        [0, 0]
      ]),
      cropped('lower', [
        [12, 0],
        [0, 0]
      ]),
      cropped('near', [
        [1, 11],
        [0, 0]
      ]),
      node('both', 'Concatenate', ['upper', 'lower'], [null, 20, 32, 6]),
      node('conv', 'Conv2D', ['both'], [null, 18, 30, 6], { kernel_size: [3, 3] }),
      node('close', 'Concatenate', ['upper', 'near'], [null, 20, 32, 6])
    ];
    const fields = receptiveFields(graphOf(nodes));
    expect(['upper', 'both', 'conv', 'close'].map(id => fields.get(id)?.isApart)).toEqual([false, true, true, false]);
    expect(fields.get('conv')?.axes[0].size).toBe(15);
  });

  it('are missing where cells do not lie at equal steps, or not known where', () => {
    const behind = (op: string, attributes: Attributes, shape: (number | null)[], size = 10): boolean => {
      const nodes = [
        node('input', 'InputLayer', [], [null, size, size, 3]),
        node('x', op, ['input'], shape, attributes)
      ];
      return receptiveFields(graphOf(nodes)).has('x');
    };
    expect(behind('AdaptiveAveragePooling2D', { output_size: [5, 5] }, [null, 5, 5, 3])).toBe(true);
    expect(behind('AdaptiveAveragePooling2D', { output_size: [4, 4] }, [null, 4, 4, 3])).toBe(false);
    expect(behind('Permute', { dims: [2, 1, 3] }, [null, 10, 10, 3])).toBe(false);
    expect(behind('op:flip', { axis: [2] }, [null, 10, 10, 3])).toBe(false);
    // Tokens, row by row; with rows and channels mixed, nobody knows.
    expect(behind('Reshape', { target_shape: [100, 3] }, [null, 100, 3])).toBe(true);
    expect(behind('Reshape', { target_shape: [25, 12] }, [null, 25, 12])).toBe(false);
    expect(behind('op:transpose', { axes: [0, 2, 1] }, [null, 100, 3])).toBe(false);
    expect(behind('GlobalMaxPooling2D', { keepdims: true }, [null, 1, 1, 3])).toBe(false);
    expect(behind('Concatenate', { axis: 1 }, [null, 10, 10, 3])).toBe(true);
    const slice = { begin: [0, 2, 0, 0], size: [-1, 8, -1, -1], drop: [], add: [] };
    expect(behind('op:slice', { ...slice, picks: [] }, [null, 8, 10, 3])).toBe(true);
    expect(behind('op:slice', { ...slice, begin: [0, 0, 0, 0], picks: [[1, 0, 1, 5]] }, [null, 3, 10, 3])).toBe(false);
    expect(behind('op:slice', { ...slice, begin: [0, 0, 0, 0], picks: [[1, 5, 3, 1]] }, [null, 3, 10, 3])).toBe(false);
    expect(behind('Conv2D', { kernel_size: [1, 1], data_format: 'channels_first' }, [null, 8, 10, 3])).toBe(false);
  });

  it('are missing where inputs of unlike sizes meet', () => {
    const pair = (second: number): boolean => {
      const nodes = [
        node('a', 'InputLayer', [], [null, 16, 16, 3]),
        node('b', 'InputLayer', [], [null, second, second, 3]),
        node('pooled', 'AveragePooling2D', ['b'], [null, 16, 16, 3], {
          pool_size: [second / 16, second / 16],
          strides: [second / 16, second / 16]
        }),
        node('both', 'Concatenate', ['a', 'pooled'], [null, 16, 16, 6])
      ];
      return receptiveFields(graphOf(nodes)).has('both');
    };
    expect([pair(16), pair(32)]).toEqual([true, false]);
  });

  it('are those of the sizes as fed, where a model takes any', () => {
    const nodes = [
      node('input', 'InputLayer', [], [null, null, null, 3]),
      node('conv', 'Conv2D', ['input'], [null, null, null, 4], {
        kernel_size: [3, 3],
        strides: [2, 2],
        padding: 'same',
        filters: 4
      })
    ];
    const graph = graphOf(nodes);
    const start = (size: number): number | undefined =>
      receptiveFields(graph, shapesFor(graph, { input: [1, size, size, 3] })).get('conv')?.axes[0].start;
    expect([start(8), start(9)]).toEqual([1.5, 0.5]);
  });
});
