import { describe, expect, it } from 'vitest';
import { placed, upsample, upsampleSlices } from './upsample';

/** z + 10 y + 100 x over 0..1 along each axis, which linear interpolation with aligned corners gives back. */
function ramp(slices: number, rows: number, columns: number): Float64Array {
  const share = (i: number, count: number): number => (count > 1 ? i / (count - 1) : 0);
  return Float64Array.from({ length: slices * rows * columns }, (_, at) => {
    const [x, y, z] = [at % columns, Math.floor(at / columns) % rows, Math.floor(at / columns / rows)];
    return share(z, slices) + 10 * share(y, rows) + 100 * share(x, columns);
  });
}

const size = (slices: number, rows: number, width: number) => ({ slices, height: slices * rows, width });

describe('volumes', () => {
  it.each([
    [
      [2, 3, 2],
      [5, 7, 4]
    ],
    [
      [4, 2, 2],
      [2, 2, 3]
    ]
  ])('%j to %j along all three axes', (from, to) => {
    const [a, b] = [from, to].map(([d, h, w]) => size(d, h, w));
    const large = upsampleSlices(ramp(from[0], from[1], from[2]), a, b, 'corner-aligned');
    const wanted = ramp(to[0], to[1], to[2]);
    expect(large).toHaveLength(wanted.length);
    large.forEach((value, i) => expect(value).toBeCloseTo(wanted[i], 10));
  });

  it('repeat what is a picture in each slice', () => {
    const picture = { height: 2, width: 2 };
    const large = upsampleSlices(Float32Array.of(1, 2, 3, 4), picture, size(2, 2, 2), 'corner-aligned');
    expect([...large]).toEqual([1, 2, 3, 4, 1, 2, 3, 4]);
  });

  it('leave pictures to the enlarging of pictures', () => {
    const [a, b] = [
      { height: 2, width: 2 },
      { height: 3, width: 5 }
    ];
    const map = Float32Array.of(1, 2, 3, 5);
    expect(upsampleSlices(map, a, b, 'corner-aligned')).toEqual(upsample(map, a, b, 'corner-aligned'));
  });
});

describe('maps that are laid where their cells look', () => {
  it('are as half-pixel enlarging where that is all of the image', () => {
    const [from, to] = [
      { height: 3, width: 2 },
      { height: 7, width: 5 }
    ];
    const map = Float32Array.of(1, 4, 2, 8, 5, 7);
    const whole = { u0: 0, v0: 0, u1: 1, v1: 1 };
    const wanted = upsample(map, from, to, 'half-pixel');
    placed(map, from, to, whole).forEach((value, i) => expect(value).toBeCloseTo(wanted[i], 10));
  });

  it('keep their values there, and those of their edges beside it', () => {
    // Two cells over the middle half of eight pixels.
    const [from, to] = [
      { height: 1, width: 2 },
      { height: 1, width: 8 }
    ];
    const laid = placed(Float32Array.of(0, 1), from, to, { u0: 0.25, v0: 0, u1: 0.75, v1: 1 });
    expect([...laid]).toEqual([0, 0, 0, 0.25, 0.75, 1, 1, 1]);
  });

  it('of a volume lie so in every slice', () => {
    const map = Float32Array.of(0, 1, 2, 3);
    const place = { u0: 0.5, v0: 0, u1: 1, v1: 1 };
    const laid = placed(map, size(2, 1, 2), size(3, 1, 4), place);
    expect([...laid]).toEqual([0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3]);
  });
});
