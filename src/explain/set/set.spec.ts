/** Means of maps and shares of them, against closed forms; conformance compares them with Keras and numpy. */
import { describe, expect, it } from 'vitest';
import { type LaidMap, MapSum } from './map-sum';
import { partOfMask, shareInside } from './share-inside';

const WHOLE = { u0: 0, v0: 0, u1: 1, v1: 1 };
const map = (height: number, width: number, values: number[], place = WHOLE): LaidMap => ({
  height,
  width,
  values: Float32Array.from(values),
  place
});

describe('the mean of maps', () => {
  it('is that of their values, laid on the picture', () => {
    const sum = new MapSum();
    sum.add(map(1, 2, [0, 4]), 'as-is');
    sum.add(map(1, 2, [2, 0]), 'as-is');
    // Centres of the cells at 1 and 3 of 4 pixels: pixels at 0.5, 1.5, 2.5, 3.5.
    expect([...(sum.mean({ height: 1, width: 4 }) ?? [])]).toEqual([1, 1.25, 1.75, 2]);
    expect(sum).toMatchObject({ count: 2, flat: 0 });
  });

  it('weighs pictures alike where each is divided by its largest value', () => {
    const sum = new MapSum();
    sum.add(map(1, 2, [0, 4]), 'maximum');
    sum.add(map(1, 2, [-2, 1]), 'maximum');
    sum.add(map(1, 2, [0, 0]), 'maximum');
    expect([...(sum.mean({ height: 1, width: 2 }) ?? [])]).toEqual([-1 / 3, 0.5].map(Math.fround));
    expect(sum).toMatchObject({ count: 3, flat: 1 });
  });

  it('is one of maps of several sizes and places', () => {
    const sum = new MapSum();
    sum.add(map(1, 1, [3]), 'as-is');
    sum.add(map(1, 2, [1, 5]), 'as-is');
    // The middle half of the picture: beside it no cell looks.
    sum.add(map(1, 2, [0, 6], { u0: 0.25, v0: 0, u1: 0.75, v1: 1 }), 'as-is');
    const laid = [
      [3, 3, 3, 3],
      [1, 2, 4, 5],
      [0, 6]
    ];
    const mean = [
      (laid[0][0] + laid[1][0]) / 2,
      (laid[0][1] + laid[1][1] + laid[2][0]) / 3,
      (laid[0][2] + laid[1][2] + laid[2][1]) / 3,
      (laid[0][3] + laid[1][3]) / 2
    ];
    expect([...(sum.mean({ height: 1, width: 4 }) ?? [])]).toEqual(mean.map(Math.fround));
  });

  it('is not known where no map looks', () => {
    const sum = new MapSum();
    sum.add(map(1, 1, [2], { u0: 0.5, v0: 0, u1: 1, v1: 1 }), 'as-is');
    expect([...(sum.mean({ height: 1, width: 2 }) ?? [])]).toEqual([NaN, 2]);
  });

  it('is none of none', () => {
    expect(new MapSum().mean({ height: 2, width: 2 })).toBeNull();
  });
});

describe('the share inside', () => {
  const left = { height: 1, width: 4, inside: Float32Array.from([1, 1, 0, 0]) };

  it('is that of the positive values of the map as it lies on the picture', () => {
    // Laid: 0, 1, 3, 4.
    expect(shareInside(map(1, 2, [0, 4]), left)).toEqual({ share: 1 / 8, area: 0.5, hit: false });
    // Laid: -4, -2, 2, 4.
    expect(shareInside(map(1, 2, [-4, 4]), left)).toEqual({ share: 0, area: 0.5, hit: false });
    expect(shareInside(map(1, 2, [4, -4]), left)).toEqual({ share: 1, area: 0.5, hit: true });
  });

  it('counts what the map covers alone: beside it there is no evidence, and no area', () => {
    const place = { u0: 0.25, v0: 0, u1: 0.75, v1: 1 };
    // Laid: nothing, 1, 3, nothing.
    expect(shareInside(map(1, 2, [1, 3], place), left)).toEqual({ share: 0.25, area: 0.5, hit: false });
    expect(shareInside(map(1, 1, [1], { u0: 0.5, v0: 0, u1: 1, v1: 1 }), left)).toEqual({
      share: 0,
      area: 0,
      hit: null
    });
  });

  it('is the area, of a map of equal values, and not known of one without positive values', () => {
    const part = { height: 2, width: 2, inside: Float32Array.from([1, 0.5, 0, 0]) };
    expect(shareInside(map(3, 3, Array<number>(9).fill(0.7)), part)).toEqual({ share: 0.375, area: 0.375, hit: null });
    expect(shareInside(map(1, 2, [0, -1]), left).share).toBeNull();
  });
});

describe('a mask on another grid', () => {
  it('covers as much of each pixel as of the mask lies there', () => {
    const mask = { shape: [2, 4] as const, runs: [1, 3, 2, 2] };
    expect(partOfMask(mask, { height: 2, width: 4 })?.inside).toEqual(Float32Array.of(0, 1, 1, 1, 0, 0, 1, 1));
    expect(partOfMask(mask, { height: 1, width: 2 })?.inside).toEqual(Float32Array.of(0.25, 1));
    expect(partOfMask(mask, { height: 4, width: 2 })?.inside).toEqual(Float32Array.of(0.5, 1, 0.5, 1, 0, 1, 0, 1));
    // The first of three pixels holds 4/3 cells, of which the first cell is outside.
    const third = partOfMask(mask, { height: 2, width: 3 })?.inside ?? [];
    [0.25, 1, 1, 0, 0.5, 1].forEach((share, i) => expect(third[i]).toBeCloseTo(share, 6));
  });

  it('is none where its runs do not fill it', () => {
    expect(partOfMask({ shape: [2, 2], runs: [1, 1] }, { height: 2, width: 2 })).toBeNull();
  });
});
