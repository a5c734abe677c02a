import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ViewerPage } from '../../../headless/viewer-page.mjs';
import type { Region } from '../../state/places';
import { BACKGROUND, openDrawing, type Pixels, viridis } from '../testing/drawing';

declare const viewer: typeof import('../gl/renderer') & typeof import('./draw-pane') & typeof import('./canvas');

let browser: ViewerPage;

beforeAll(async () => {
  browser = await openDrawing('draw/draw-pane');
}, 60000);

afterAll(() => browser.close());

interface PaneJob {
  width: number;
  height: number;
  ratio?: number;
  aspect: number;
  map?: { data: number[]; height: number; width: number; opacity?: number; smooth?: boolean; region?: Region };
  picture?: { rgb: number[][]; width: number; height: number };
  viewport?: { x: number; y: number; zoom: number };
  cursor?: { x: number; y: number };
  showCells?: boolean;
  places: [number, number][];
}

function pane(job: PaneJob): Promise<Pixels> {
  return browser.page.evaluate(given => {
    const canvas = document.createElement('canvas');
    const ratio = given.ratio ?? 1;
    viewer.fitCanvas(canvas, given.width, given.height, ratio);
    const renderer = new viewer.HeatmapRenderer();
    let picture: { source: HTMLCanvasElement; width: number; height: number } | null = null;
    if (given.picture) {
      const { rgb, width, height } = given.picture;
      const source = document.createElement('canvas');
      [source.width, source.height] = [width, height];
      const rgba = Uint8ClampedArray.from(rgb.flatMap(color => [...color, 255]));
      source.getContext('2d')!.putImageData(new ImageData(rgba, width, height), 0, 0);
      picture = { source, width, height };
    }
    const map = given.map && {
      texture: renderer.upload({ ...given.map, data: Float32Array.from(given.map.data), channels: 1 }),
      channel: 0,
      region: given.map.region ?? { u0: 0, v0: 0, u1: 1, v1: 1 },
      style: {
        colormap: 'viridis' as const,
        min: 0,
        max: 1,
        smooth: given.map.smooth ?? false,
        opacity: given.map.opacity ?? 1
      }
    };
    const scene = {
      viewport: given.viewport ?? { x: 0.5, y: 0.5, zoom: 1 },
      aspect: given.aspect,
      picture,
      map: map ?? null,
      cursor: given.cursor ?? null,
      showCells: given.showCells ?? false
    };
    viewer.drawPane(canvas, scene, inks, ratio, renderer);
    map?.texture.dispose();
    return pixelsAt(canvas, given.places);
  }, job);
}

describe('a pane', () => {
  const checker = {
    rgb: [
      [255, 0, 0],
      [0, 0, 255]
    ],
    width: 2,
    height: 1
  };

  test('shows picture and map in the same place, the background beside them', async () => {
    const pixels = await pane({
      width: 100,
      height: 100,
      aspect: 2,
      picture: checker,
      map: { data: [0, 1], height: 1, width: 2, opacity: 0.4 },
      places: [
        [50, 10],
        [49, 50],
        [50, 50],
        [50, 90]
      ]
    });
    expect(pixels[0]).toEqual(BACKGROUND);
    expect(pixels[3]).toEqual(BACKGROUND);
    [
      [checker.rgb[0], viridis(0)],
      [checker.rgb[1], viridis(1)]
    ].forEach(([under, over], index) => {
      pixels[index + 1].forEach((band, at) =>
        // The canvas rounds thrice by half a level: what is laid over, what is left of beneath, the sum.
        expect(Math.abs(band - (0.6 * under[at] + 0.4 * over[at]))).toBeLessThanOrEqual(1.5)
      );
    });
  });

  test('shows the pixels of a picture as they are from 2x on, where the viewport says', async () => {
    const rgb = [
      [10, 0, 0],
      [20, 0, 0],
      [30, 0, 0],
      [40, 0, 0]
    ];
    const pixels = await pane({
      width: 40,
      height: 10,
      aspect: 4,
      picture: { rgb, width: 4, height: 1 },
      viewport: { x: 0.625, y: 0.5, zoom: 4 },
      places: [
        [0, 5],
        [20, 5],
        [39, 5]
      ]
    });
    expect(pixels).toEqual([rgb[2], rgb[2], rgb[2]]);
    const whole = await pane({
      width: 40,
      height: 10,
      aspect: 4,
      picture: { rgb, width: 4, height: 1 },
      places: [
        [9, 5],
        [10, 5],
        [19, 5],
        [20, 5],
        [39, 5]
      ]
    });
    expect(whole).toEqual([rgb[0], rgb[1], rgb[1], rgb[2], rgb[3]]);
  });

  test('is sharp at two device pixels per CSS pixel', async () => {
    const pixels = await pane({
      width: 7,
      height: 7,
      ratio: 2,
      aspect: 1,
      map: { data: [0, 1, 1, 0], height: 2, width: 2 },
      places: [
        [6, 6],
        [7, 6],
        [6, 7],
        [7, 7]
      ]
    });
    expect(pixels).toEqual([viridis(0), viridis(1), viridis(1), viridis(0)]);
  });

  test('draws lines between cells of 16 px, not of 15, and not over a smooth map', async () => {
    const map = { data: [0, 0, 0, 0], height: 2, width: 2 };
    const job = { aspect: 1, map, showCells: true };
    const at16 = await pane({
      ...job,
      width: 32,
      height: 32,
      places: [
        [16, 5],
        [5, 16],
        [5, 5]
      ]
    });
    expect(at16).toEqual([[0, 255, 0], [0, 255, 0], viridis(0)]);
    const at15 = await pane({ ...job, width: 30, height: 30, places: [[15, 5]] });
    expect(at15).toEqual([viridis(0)]);
    const smooth = await pane({ ...job, map: { ...map, smooth: true }, width: 32, height: 32, places: [[16, 5]] });
    expect(smooth).toEqual([viridis(0)]);
  });

  test('writes numbers into cells of 44 px, light on dark and dark on light', async () => {
    const places = Array.from({ length: 40 * 20 }, (_, index): [number, number] => [
      2 + (index % 40),
      12 + Math.floor(index / 40)
    ]);
    const read = (value: number, size: number): Promise<Pixels> =>
      pane({
        aspect: 1,
        map: { data: [value], height: 1, width: 1 },
        showCells: true,
        width: size,
        height: size,
        places
      });
    // Thin strokes are never quite white or black, but neither ground comes near them.
    const isInk = (target: number) => (pixel: number[]) => pixel.every(band => Math.abs(band - target) < 100);
    const [onDark, onLight, small] = [await read(0, 44), await read(1, 44), await read(0, 43)];
    expect(onDark.some(isInk(255))).toBe(true);
    expect(onLight.some(isInk(0))).toBe(true);
    expect(small.every(pixel => String(pixel) === String(viridis(0)))).toBe(true);
  });

  describe('of a map that covers a part of the picture', () => {
    const rgb = [[10, 20, 30]];
    const picture = { rgb, width: 1, height: 1 };

    test('leaves the rows above and below to the picture: Cropping2D(((70, 25), (0, 0))) on 160 x 320', async () => {
      const data = Array.from({ length: 65 }, (_, row) => (row === 0 ? 1 : row < 64 ? 0.5 : 0));
      const region = { u0: 0, v0: 70 / 160, u1: 1, v1: 135 / 160 };
      for (const ratio of [1, 2]) {
        const rowsAt = (rows: number[]): [number, number][] => rows.map(row => [100 * ratio, row]);
        const rows = [
          0,
          70 * ratio - 1,
          70 * ratio,
          71 * ratio - 1,
          71 * ratio,
          134 * ratio,
          135 * ratio - 1,
          135 * ratio
        ];
        for (const smooth of [false, true]) {
          const pixels = await pane({
            width: 320,
            height: 160,
            ratio,
            aspect: 2,
            picture,
            map: { data, height: 65, width: 1, region, smooth },
            places: rowsAt(rows)
          });
          expect([0, 1, 7].map(i => pixels[i])).toEqual([rgb[0], rgb[0], rgb[0]]);
          expect([2, 6].map(i => pixels[i])).toEqual([viridis(1), viridis(0)]);
          if (!smooth) {
            expect([3, 4, 5].map(i => pixels[i])).toEqual([viridis(1), viridis(0.5), viridis(0)]);
          }
        }
      }
    });

    test('goes with the picture when that is zoomed', async () => {
      const pixels = await pane({
        width: 100,
        height: 100,
        aspect: 1,
        picture,
        map: { data: [0, 1], height: 2, width: 1, region: { u0: 0.25, v0: 0, u1: 0.75, v1: 1 } },
        viewport: { x: 0.25, y: 0.5, zoom: 2 },
        places: [
          [49, 49],
          [50, 49],
          [50, 50],
          [99, 99]
        ]
      });
      expect(pixels).toEqual([rgb[0], viridis(0), viridis(1), viridis(1)]);
    });

    test('ends with the picture where the map reaches out of it', async () => {
      const job = {
        width: 200,
        height: 100,
        aspect: 1,
        picture,
        map: { data: [0, 0.25, 0.5, 1], height: 1, width: 4, region: { u0: -0.5, v0: -1, u1: 1.5, v1: 2 } },
        places: [
          [49, 50],
          [50, 50],
          [99, 2],
          [100, 98],
          [149, 50],
          [152, 50]
        ] as [number, number][]
      };
      const expected = [BACKGROUND, viridis(0.25), viridis(0.25), viridis(0.5), viridis(0.5), BACKGROUND];
      expect(await pane(job)).toEqual(expected);
      // The line between the cells that are seen, and none beside the picture.
      const lines = await pane({ ...job, showCells: true });
      expect(lines[3]).toEqual([0, 255, 0]);
      expect([lines[0], lines[5]]).toEqual([BACKGROUND, BACKGROUND]);
    });

    test('frames the cell that the cursor is in', async () => {
      const map = { data: [0, 0, 0, 0], height: 2, width: 2, region: { u0: 0.5, v0: 0.5, u1: 1.5, v1: 1.5 } };
      const pixels = await pane({
        width: 100,
        height: 100,
        aspect: 1,
        picture,
        map,
        cursor: { x: 0.7, y: 0.8 },
        places: [
          [50, 60],
          [60, 50],
          [25, 25]
        ]
      });
      expect(pixels).toEqual([[0, 0, 255], [0, 0, 255], rgb[0]]);
      const beside = await pane({
        width: 100,
        height: 100,
        aspect: 1,
        picture,
        map,
        cursor: { x: 0.2, y: 0.3 },
        places: [
          [50, 60],
          [60, 50]
        ]
      });
      expect(beside).toEqual([viridis(0), viridis(0)]);
    });
  });

  test('draws a cross-hair through the cursor', async () => {
    const pixels = await pane({
      width: 50,
      height: 50,
      aspect: 1,
      cursor: { x: 0.25, y: 0.5 },
      places: [
        [12, 3],
        [40, 25],
        [30, 10]
      ]
    });
    expect(pixels).toEqual([[0, 0, 255], [0, 0, 255], BACKGROUND]);
  });
});
