import { describe, expect, it } from 'vitest';
import type { Planes, RunResult } from '../../engine/protocol/protocol';
import type { Explained } from './explained';
import { atSlice, mapsOf, sliceOf, sliceOfInput, sliceOfLayer } from './slices';

/** Of two channels and four slices of 1 x 2 cells: 100 channel + 10 slice + column. */
const planes: Planes = {
  channels: 2,
  height: 4,
  width: 2,
  slices: 4,
  data: Float32Array.from({ length: 16 }, (_, i) => 100 * Math.floor(i / 8) + 10 * (Math.floor(i / 2) % 4) + (i % 2)),
  statistics: new Float32Array([0, 31, 15, 100, 131, 115]),
  min: 0,
  max: 131
};
const map = { shape: [1, 2, 2, 1], data: Float32Array.of(1, 2, 3, 4) };

function explained(run: Partial<RunResult>): Explained {
  return {
    layer: 'conv',
    method: 'grad-cam',
    run: { planes: {}, maps: {}, fields: {}, ...run }
  } as unknown as Explained;
}

describe('a slice', () => {
  it('is cut from each channel, whose statistics stay those of the volume', () => {
    const slice = sliceOf(planes, 2, 4);
    expect([...slice.data]).toEqual([20, 21, 120, 121]);
    expect(slice).toMatchObject({ channels: 2, height: 1, width: 2, min: 0, max: 131 });
    expect(slice.slices).toBeUndefined();
    expect(slice.statistics).toBe(planes.statistics);
  });

  it.each([
    [0, 8, 4, 0],
    [7, 8, 4, 3],
    [3, 8, 4, 1],
    [2, 5, 5, 2],
    [1, 4, 8, 3],
    [0, 1, 3, 1]
  ])('%i of %i shows the same place as slice %i of a layer of %i', (at, all, slices, wanted) => {
    expect(sliceOfLayer(at, all, slices)).toBe(wanted);
  });

  it.each([
    // Behind a crop of the first three slices of eight.
    [5, 8, 5, { jump: 1, size: 1, start: 3.5 }, 2],
    [1, 8, 5, { jump: 1, size: 1, start: 3.5 }, 0],
    // Behind a pooling of two, and behind two convolutions of three without padding.
    [3, 8, 4, { jump: 2, size: 2, start: 1 }, 1],
    [4, 8, 4, { jump: 2, size: 2, start: 1 }, 2],
    [4, 8, 4, { jump: 1, size: 5, start: 2.5 }, 2],
    [7, 8, 4, { jump: 1, size: 5, start: 2.5 }, 3]
  ])('%i of %i lies at slice %5$i of a layer of %i that looks by %j', (at, all, slices, axis, wanted) => {
    expect(sliceOfLayer(at, all, slices, axis)).toBe(wanted);
  });

  it.each([
    [8, 5, { jump: 1, size: 1, start: 3.5 }],
    [8, 4, { jump: 2, size: 2, start: 1 }],
    [8, 4, null],
    [30, 26, { jump: 1, size: 5, start: 2.5 }]
  ])('of %i is found again from each of %i of a layer', (all, slices, axis) => {
    for (let slice = 0; slice < slices; slice++) {
      expect(sliceOfLayer(sliceOfInput(slice, all, slices, axis), all, slices, axis)).toBe(slice);
    }
  });

  it('is the middle one unless another is asked for, and of a layer the one that lies there', () => {
    const whole = explained({ planes: { conv: planes }, maps: { conv: map }, inputSlices: 8 });
    const middle = atSlice(whole, null);
    expect(middle.volume).toMatchObject({ slices: 8, at: 4 });
    expect([...middle.run.planes.conv.data]).toEqual([20, 21, 120, 121]);
    expect(middle.run.maps.conv.shape).toEqual([1, 2, 1]);
    expect([...middle.run.maps.conv.data]).toEqual([3, 4]);
    // From a slice to another, nothing is lost.
    const first = atSlice(middle, 0);
    expect([...first.run.planes.conv.data]).toEqual([0, 1, 100, 101]);
    expect([...first.run.maps.conv.data]).toEqual([1, 2]);
    expect(atSlice(first, 99).volume?.at).toBe(7);
  });

  it('is chosen among those of the layer where the input has none', () => {
    expect(atSlice(explained({ planes: { conv: planes } }), 1).volume).toMatchObject({ slices: 4, at: 1 });
  });

  it('is nothing that a picture has', () => {
    const { channels, height, width, data, statistics, min, max } = planes;
    const picture = { channels, height, width, data, statistics, min, max };
    const whole = explained({ planes: { conv: picture } });
    expect(atSlice(whole, 1)).toBe(whole);
  });
});

it('a map is its first sample, of one channel', () => {
  expect(mapsOf({ shape: [2, 1, 2], data: Float32Array.of(1, 2, 3, 4) })).toEqual({
    data: Float32Array.of(1, 2),
    channels: 1,
    height: 1,
    width: 2
  });
});
