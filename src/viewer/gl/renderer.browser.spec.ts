import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { matplotlibColors, type ProbeRequest } from '../../../conformance/colormaps/reference';
import { openViewer, type ViewerPage } from '../../../headless/viewer-page.mjs';
import { COLORMAP_NAMES } from '../../state/vocabulary';
import { colorOf } from '../color/colormaps';
import { HeatmapTexture } from './heatmap-texture';
import type { HeatmapStyle, Tile } from './renderer';
import { NAN_COLORS } from './shaders';

declare const viewer: typeof import('./renderer');

interface Job {
  data: (number | string)[];
  shape: [number, number, number];
  tiles: Tile[];
  style: Omit<HeatmapStyle, 'ranges'> & { ranges?: number[] };
  size: [number, number];
}

let browser: ViewerPage;

beforeAll(async () => {
  browser = await openViewer(['gl/renderer']);
}, 60000);

afterAll(() => browser.close());

/** RGBA by row and column, read back from the GPU. */
async function read(job: Job): Promise<number[][][]> {
  const flat = await browser.page.evaluate(({ data, shape, tiles, style, size }) => {
    const renderer = new viewer.HeatmapRenderer();
    const [channels, height, width] = shape;
    const texture = renderer.upload({ data: Float32Array.from(data.map(Number)), channels, height, width });
    const ranges = style.ranges ? Float32Array.from(style.ranges) : undefined;
    const pixels = renderer.readPixels(texture, tiles, { ...style, ranges }, size[0], size[1]);
    texture.dispose();
    return Array.from(pixels);
  }, job);
  const pixels: number[][][] = [];
  for (let y = 0; y < job.size[1]; y++) {
    pixels.push([]);
    for (let x = 0; x < job.size[0]; x++) {
      pixels[y].push(flat.slice(4 * (y * job.size[0] + x), 4 * (y * job.size[0] + x) + 4));
    }
  }
  return pixels;
}

const whole = (width: number, height: number, channel = 0): Tile => ({
  channel,
  x: 0,
  y: 0,
  width,
  height,
  u0: 0,
  v0: 0,
  u1: 1,
  v1: 1
});

const cells: Omit<HeatmapStyle, 'ranges'> = { colormap: 'viridis', min: 0, max: 1, smooth: false };

describe('colours read back from the GPU', () => {
  const min = -0.75;
  const max = 1.5;
  const values: ProbeRequest['values'] = Array.from({ length: 1021 }, (_, index) =>
    Math.fround(-1 + (3 * index) / 1020)
  );
  values.push(min, max, 'Infinity', '-Infinity');
  const scales = [1e-30, 1e-8, 1e30].map(Math.fround);
  const ramp = (scale: number): number[] =>
    Array.from({ length: 64 }, (_, index) => Math.fround(scale * ((index + 0.5) / 64)));
  let reference: number[][][];

  beforeAll(() => {
    reference = matplotlibColors([
      ...COLORMAP_NAMES.map(colormap => ({ colormap, min, max, values })),
      ...scales.map(scale => ({ colormap: 'turbo', min: 0, max: scale, values: ramp(scale) }))
    ]);
  });

  test.each(COLORMAP_NAMES)('%s equals matplotlib', async colormap => {
    const [row] = await read({
      data: values,
      shape: [1, 1, values.length],
      tiles: [whole(values.length, 1)],
      style: { ...cells, colormap, min, max },
      size: [values.length, 1]
    });
    expect(row.map(pixel => pixel.slice(0, 3))).toEqual(reference[COLORMAP_NAMES.indexOf(colormap)]);
  });

  test.each(scales)('values up to %s keep their colours', async scale => {
    const [row] = await read({
      data: ramp(scale),
      shape: [1, 1, 64],
      tiles: [whole(64, 1)],
      style: { ...cells, colormap: 'turbo', max: scale },
      size: [64, 1]
    });
    expect(row.map(pixel => pixel.slice(0, 3))).toEqual(reference[COLORMAP_NAMES.length + scales.indexOf(scale)]);
  });

  test('that fade towards zero, by the root of the value, but for what must be seen', async () => {
    const data = [-1, -0.25, 0, 0.25, 4, 'NaN', 'Infinity'];
    const job: Job = {
      data,
      shape: [1, 1, data.length],
      tiles: [whole(data.length, 1)],
      style: { ...cells, colormap: 'coolwarm', min: -4, max: 4, fades: true, marks: 'infinite' },
      size: [data.length, 1]
    };
    const alpha = async (style: Job['style']): Promise<number[]> =>
      (await read({ ...job, style }))[0].map(pixel => pixel[3]);
    const opaque = [255, 255];
    expect(await alpha(job.style)).toEqual([128, 64, 0, 64, 255, ...opaque]);
    expect(await alpha({ ...job.style, fades: false })).toEqual(data.map(() => 255));
    // By magnitude whatever the range is; the same on the slower way, on other scales, and in an empty range.
    expect(await alpha({ ...job.style, min: -2 })).toEqual([128, 64, 0, 64, 255, ...opaque]);
    expect(await alpha({ ...job.style, marks: 'outside' })).toEqual([128, 64, 0, 64, 255, ...opaque]);
    expect(await alpha({ ...job.style, min: 1, max: 1 })).toEqual([255, 255, 0, 255, 255, ...opaque]);
    const symlog = await alpha({ ...job.style, scale: 'symlog' });
    expect(symlog[3] / 255).toBeCloseTo(Math.log(7.25) / Math.log(101), 2);
    // Premultiplied, so that blending is exact.
    const [[half]] = await read(job);
    const color = colorOf('coolwarm', -1, -4, 4) ?? [];
    half.slice(0, 3).forEach((band, i) => expect(Math.abs(band - color[i] / 2)).toBeLessThanOrEqual(1));
  });

  test('reversed, and an empty range', async () => {
    const style = { ...cells, reversed: true };
    const job: Job = { data: [0, 1], shape: [1, 1, 2], tiles: [whole(2, 1)], style, size: [2, 1] };
    const [[low, high]] = await read(job);
    expect(low.slice(0, 3)).toEqual(colorOf('viridis', 1, 0, 1));
    expect(high.slice(0, 3)).toEqual(colorOf('viridis', 0, 0, 1));
    const [[empty]] = await read({ ...job, style: { ...cells, min: 1, max: 1 } });
    expect(empty.slice(0, 3)).toEqual(colorOf('viridis', 1, 1, 1));
    // matplotlib gives whatever lies above an empty range the first colour, too.
    const [[above]] = await read({ ...job, data: [5, 5], style: { ...cells, min: 1, max: 1 } });
    expect(above).toEqual(empty);
  });
});

describe('scales, threshold and marks', () => {
  const row = async (data: Job['data'], style: Partial<Job['style']>): Promise<number[][]> =>
    (
      await read({
        data,
        shape: [1, 1, data.length],
        tiles: [whole(data.length, 1)],
        style: { ...cells, ...style },
        size: [data.length, 1]
      })
    )[0];
  const at = (unit: number): number[] => [...(colorOf('viridis', unit, 0, 1) ?? []), 255];

  test('a logarithm puts decades at equal distances, and what is not positive at its lower end', async () => {
    const colors = await row([1, 10, 100, 1000, 0, -5], { scale: 'log', min: 1, max: 1000 });
    expect(colors).toEqual([0, 1 / 3, 2 / 3, 1, 0, 0].map(at));
  });

  test('symlog is odd about zero and linear near it', async () => {
    // sign(v) ln(1 + |v| / 0.05), from ln 101 below to ln 101 above.
    const unit = (v: number): number => 0.5 + (Math.sign(v) * Math.log(1 + Math.abs(v) / 0.05)) / (2 * Math.log(101));
    const values = [-5, -0.5, -0.01, 0.012, 0.5, 4.2];
    expect(await row(values, { scale: 'symlog', min: -5, max: 5 })).toEqual(values.map(value => at(unit(value))));
  });

  test('below the threshold nothing is drawn, NaN still is', async () => {
    const colors = await row([0.1, 0.39, 0.41, 1, 'NaN'], { threshold: 0.4 });
    expect(colors.map(([, , , alpha]) => alpha)).toEqual([0, 0, 255, 255, 255]);
    const signed = await row([-1, -0.3, 0, 0.3, 1], { min: -1, max: 1, threshold: 0.5, thresholdByMagnitude: true });
    expect(signed.map(([, , , alpha]) => alpha)).toEqual([255, 0, 0, 0, 255]);
  });

  test('stripes mark infinities, or all that is outside', async () => {
    const stripes = async (
      value: ProbeRequest['values'][number],
      marks: 'none' | 'infinite' | 'outside'
    ): Promise<number[][]> =>
      (
        await read({
          data: [value],
          shape: [1, 1, 1],
          tiles: [{ ...whole(1, 1), width: 12, height: 1 }],
          style: { ...cells, marks },
          size: [12, 1]
        })
      )[0];
    const [white, black] = [
      [255, 255, 255, 255],
      [0, 0, 0, 255]
    ];
    expect(await stripes('Infinity', 'infinite')).toContainEqual(white);
    expect(await stripes('Infinity', 'infinite')).toContainEqual(at(1));
    expect(await stripes('-Infinity', 'infinite')).toContainEqual(black);
    expect(await stripes(1.5, 'infinite')).not.toContainEqual(white);
    expect(await stripes(1.5, 'outside')).toContainEqual(white);
    expect(await stripes(-0.5, 'outside')).toContainEqual(black);
    expect(await stripes(1, 'outside')).toEqual(Array(12).fill(at(1)));
    expect(await stripes('Infinity', 'none')).toEqual(Array(12).fill(at(1)));
  });
});

describe('geometry', () => {
  // 5 maps of 3 x 7, values 0..104: rows of the texture do not match rows of a map.
  const data = Array.from({ length: 105 }, (_, index) => index);
  const style = { ...cells, max: 105 };
  const color = (value: number): number[] => [...(colorOf('viridis', value, 0, 105) ?? []), 255];

  test('every cell of every map is found, the first row on top', async () => {
    const tiles = [0, 1, 2, 3, 4].map(channel => ({ ...whole(7, 3, channel), x: 8 * channel, y: channel }));
    const pixels = await read({ data, shape: [5, 3, 7], tiles, style, size: [40, 8] });
    for (let channel = 0; channel < 5; channel++) {
      for (let row = 0; row < 3; row++) {
        for (let column = 0; column < 7; column++) {
          const value = channel * 21 + row * 7 + column;
          expect(pixels[row + channel][column + 8 * channel], String(value)).toEqual(color(value));
        }
      }
    }
    expect(pixels[0][7]).toEqual([0, 0, 0, 0]);
  });

  test('a zoomed part fills the tile, and what lies outside the map is transparent', async () => {
    const tile = { channel: 2, x: 0, y: 0, width: 40, height: 20, u0: 5 / 7, v0: -1 / 3, u1: 9 / 7, v1: 1 / 3 };
    const pixels = await read({ data, shape: [5, 3, 7], tiles: [tile], style, size: [40, 20] });
    // Columns 5, 6, outside, outside of 10 px; rows outside, 0 of 10 px.
    expect(pixels[9][0]).toEqual([0, 0, 0, 0]);
    expect(pixels[10][0]).toEqual(color(47));
    expect(pixels[10][9]).toEqual(color(47));
    expect(pixels[19][10]).toEqual(color(48));
    expect(pixels[19][19]).toEqual(color(48));
    expect(pixels[19][20]).toEqual([0, 0, 0, 0]);
  });

  test('each tile can have a range of its own', async () => {
    const tiles = [whole(1, 1, 0), { ...whole(1, 1, 1), x: 1 }];
    const [[first, second]] = await read({
      data: [5, 5],
      shape: [2, 1, 1],
      tiles,
      style: { ...cells, ranges: [0, 10, 5, 6] },
      size: [2, 1]
    });
    expect(first.slice(0, 3)).toEqual(colorOf('viridis', 5, 0, 10));
    expect(second.slice(0, 3)).toEqual(colorOf('viridis', 5, 5, 6));
  });

  test('4,096 tiles draw in one go', async () => {
    const tiles = Array.from({ length: 4096 }, (_, channel) => ({
      ...whole(1, 1, channel),
      x: channel % 64,
      y: Math.floor(channel / 64)
    }));
    const pixels = await read({
      data: tiles.map(tile => tile.channel / 4096),
      shape: [4096, 1, 1],
      tiles,
      style: cells,
      size: [64, 64]
    });
    pixels.flat().forEach((pixel, index) => {
      expect(pixel.slice(0, 3)).toEqual(colorOf('viridis', index / 4096, 0, 1));
    });
  });

  test('smooth is bilinear with half-pixel centres and held edges', async () => {
    const width = 64;
    const [row] = await read({
      data: [0, 8, 4],
      shape: [1, 1, 3],
      tiles: [whole(width, 1)],
      style: { colormap: 'gray', min: 0, max: 256 / 32, smooth: true },
      size: [width, 1]
    });
    row.forEach((pixel, x) => {
      const place = Math.min(Math.max(((x + 0.5) / width) * 3 - 0.5, 0), 2);
      const value = place < 1 ? 8 * place : 8 - 4 * (place - 1);
      expect(Math.abs(pixel[0] - value * 32), `x = ${x}`).toBeLessThanOrEqual(1);
    });
  });
});

describe('values that are not numbers', () => {
  const stripes = NAN_COLORS.map(color => [...color, 255]);

  test('NaN is hatched in both modes and does not eat its neighbours', async () => {
    for (const smooth of [false, true]) {
      const [row, second] = await read({
        data: [0.5, 'NaN', 0.5],
        shape: [1, 1, 3],
        tiles: [whole(30, 2)],
        style: { ...cells, smooth },
        size: [30, 2]
      });
      row.forEach((pixel, x) => {
        if (x >= 10 && x < 20) {
          expect(stripes).toContainEqual(pixel);
        } else {
          expect(pixel.slice(0, 3)).toEqual(colorOf('viridis', 0.5, 0, 1));
        }
      });
      expect(new Set([...row, ...second].slice(10, 20).map(String)).size).toBe(2);
    }
  });

  test('infinities take the ends of the colour map, smooth too', async () => {
    for (const smooth of [false, true]) {
      const [row] = await read({
        data: ['-Infinity', '-Infinity', 'Infinity', 'Infinity'],
        shape: [1, 1, 4],
        tiles: [whole(4, 1)],
        style: { ...cells, smooth },
        size: [4, 1]
      });
      expect(row[0].slice(0, 3)).toEqual(colorOf('viridis', 0, 0, 1));
      expect(row[3].slice(0, 3)).toEqual(colorOf('viridis', 1, 0, 1));
    }
  });
});

describe('errors say what to do', () => {
  const ignore = (): void => undefined;

  test('a shape that does not match the data', () => {
    const planes = { data: new Float32Array(5), channels: 1, height: 2, width: 3 };
    expect(() => new HeatmapTexture(planes, 64, ignore)).toThrow(/needs 6 values .* 5 were given/);
  });

  test('more values than the largest texture holds', () => {
    const fits = { data: new Float32Array(64 * 64), channels: 1, height: 64, width: 64 };
    expect(new HeatmapTexture(fits, 64, ignore).widthBits).toBe(6);
    const planes = { data: new Float32Array(64 * 65), channels: 1, height: 64, width: 65 };
    expect(() => new HeatmapTexture(planes, 64, ignore)).toThrow(/does not fit .* \(64 x 64\)/);
  });

  test('a channel that the heatmap has not, and a disposed heatmap', async () => {
    const job: Job = { data: [1], shape: [1, 1, 1], tiles: [whole(1, 1, 3)], style: cells, size: [1, 1] };
    await expect(read(job)).rejects.toThrow(/Channel 3 .* has 1/);
  });
});
