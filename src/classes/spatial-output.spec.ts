import { describe, expect, it } from 'vitest';
import type { Ending, RunResult } from '../engine/protocol/protocol';
import {
  anchorOf,
  channelOf,
  highestAt,
  likelyLayout,
  segmentationOf,
  type SpatialOutput,
  spatialOutput,
  valueOfClass
} from './spatial-output';

const run = (shape: number[], values: number[], ending: Ending = 'softmax'): RunResult =>
  ({
    outputs: { out: { shape: [1, ...shape], data: Float32Array.from(values) } },
    output: 'out',
    ending,
    outputField: null
  }) as Partial<RunResult> as RunResult;
const zeros = (count: number): number[] => Array<number>(count).fill(0);
const output = (...of: Parameters<typeof run>): SpatialOutput => spatialOutput(run(...of), null) as SpatialOutput;

describe('what an output is read as', () => {
  it.each<[Ending, SpatialOutput['reading']]>([
    ['softmax', 'segmentation'],
    ['sigmoid', 'segmentation'],
    ['none', 'features']
  ])('ending with %s: %s, which is assumed', (ending, reading) => {
    expect(output([2, 2, 3], zeros(12), ending)).toMatchObject({ reading, isAssumed: true, misfit: null });
  });

  it('is what somebody said it is', () => {
    const said = spatialOutput(run([2, 2, 3], zeros(12), 'none'), 'segmentation');
    expect(said).toMatchObject({ reading: 'segmentation', isAssumed: false });
    const layout = { anchors: 2, classes: 1 };
    expect(spatialOutput(run([2, 2, 12], zeros(48), 'none'), layout)).toMatchObject({ reading: layout, channels: 12 });
    expect(spatialOutput(run([2, 2, 2, 6], zeros(48), 'none'), layout)).toMatchObject({
      reading: layout,
      channels: 12
    });
  });

  it('is assumed, and says so, where what was said cannot be', () => {
    const grid = spatialOutput(run([2, 2, 12], zeros(48), 'none'), { anchors: 2, classes: 3 });
    expect(grid).toMatchObject({ reading: 'features', isAssumed: true, misfit: { values: [2, 3, 16, 12] } });
    const depth = spatialOutput(run([2, 2, 1], zeros(4), 'none'), 'segmentation');
    expect(depth?.reading).toBe('features');
    expect(depth?.misfit?.text).toContain('tells no classes apart');
  });

  it('is none for vectors, signals, volumes and a single cell', () => {
    for (const shape of [[3], [4, 3], [2, 2, 2, 3], [1, 1, 3]]) {
      expect(spatialOutput(run(shape, zeros(24)), null)).toBeNull();
    }
  });
});

describe('what is predicted', () => {
  it('is the highest class of a softmax', () => {
    const of = output([1, 3, 2], [0.9, 0.1, 0.2, 0.8, 0.3, 0.7]);
    const { predicted, shares, areIndependent } = segmentationOf(of);
    expect([[...predicted], shares, areIndependent]).toEqual([[0, 1, 1], [1 / 3, 2 / 3], false]);
    expect(valueOfClass(of, 1, 1)).toBeCloseTo(0.8);
  });

  it('is one unit, or its complement', () => {
    const of = output([1, 4, 1], [0.9, 0.2, 0.5, 0.6], 'sigmoid');
    expect([...segmentationOf(of).predicted]).toEqual([1, 0, 0, 1]);
    expect(segmentationOf(of).shares).toEqual([0.5, 0.5]);
    expect(valueOfClass(of, 1, 0)).toBeCloseTo(0.8);
  });

  it('may be several independent classes at once', () => {
    const { predicted, shares, areIndependent } = segmentationOf(output([1, 2, 2], [0.6, 0.7, 0.1, 0.2], 'sigmoid'));
    expect([[...predicted], shares, areIndependent]).toEqual([[1, -1], [0.5, 0.5], true]);
  });
});

it('counts the numbers of a grid by anchor', () => {
  const layout = { anchors: 2, classes: 3 };
  expect(channelOf(layout, 1, 2)).toBe(15);
  expect(channelOf(layout, 1, null)).toBe(12);
  expect(anchorOf(layout, 15)).toEqual({ anchor: 1, class: 2, offset: 7 });
  expect(anchorOf(layout, 12)).toEqual({ anchor: 1, class: null, offset: 4 });
  const values = zeros(32);
  values[16 + 12] = 2; // The second cell: anchor 1 is confident,
  values[16 + 14] = 1; // of class 1;
  values[16 + 7] = 9; // anchor 0, which is not, has a higher one.
  expect(highestAt(output([1, 2, 16], values, 'none'), layout, 1)).toBe(14);
  expect(likelyLayout(255)).toEqual({ anchors: 3, classes: 80 });
  expect(likelyLayout(125)).toEqual({ anchors: 5, classes: 20 });
  expect(likelyLayout(4)).toBeNull();
});
