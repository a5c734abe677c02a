import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ViewerPage } from '../../../headless/viewer-page.mjs';
import { BACKGROUND, openDrawing, type Pixels, viridis } from '../testing/drawing';

declare const viewer: typeof import('../gl/renderer') & typeof import('./draw-grid') & typeof import('./canvas');

let browser: ViewerPage;

beforeAll(async () => {
  browser = await openDrawing('draw/draw-grid');
}, 60000);

afterAll(() => browser.close());

describe('a grid', () => {
  interface GridJob {
    scrollTop?: number;
    selected?: number;
    order?: number[];
    cursor?: { x: number; y: number };
    channelRanges?: number[];
    viewport?: { x: number; y: number; zoom: number };
    ratio?: number;
    places: [number, number][];
  }

  /** Six maps of 1 x 2, channel c holds c / 10 and (c + 1) / 10; 3 columns of 20 px, 10 px gaps. */
  function grid(job: GridJob): Promise<Pixels> {
    return browser.page.evaluate(given => {
      const canvas = document.createElement('canvas');
      const ratio = given.ratio ?? 1;
      viewer.fitCanvas(canvas, 80, 30, ratio);
      const renderer = new viewer.HeatmapRenderer();
      const data = Float32Array.from([0, 1, 2, 3, 4, 5].flatMap(channel => [channel / 10, (channel + 1) / 10]));
      const texture = renderer.upload({ data, channels: 6, height: 1, width: 2 });
      const layout = viewer.gridLayout({ channels: 6, width: 80, tileSize: 20, gap: 10, labelHeight: 0, mapAspect: 1 });
      viewer.drawGrid(
        canvas,
        {
          layout,
          texture,
          scrollTop: given.scrollTop ?? 0,
          order: given.order,
          aspect: 1,
          viewport: given.viewport ?? { x: 0.5, y: 0.5, zoom: 1 },
          style: { colormap: 'viridis', min: 0, max: 1, smooth: false },
          channelRanges: given.channelRanges && Float32Array.from(given.channelRanges),
          selected: given.selected ?? null,
          cursor: given.cursor ?? null
        },
        inks,
        ratio,
        renderer
      );
      texture.dispose();
      return pixelsAt(canvas, given.places);
    }, job);
  }

  test('shows each channel in its tile, scrolled and at any pixel ratio', async () => {
    expect(
      await grid({
        places: [
          [5, 5],
          [15, 5],
          [35, 5],
          [65, 5],
          [25, 5],
          [5, 25]
        ]
      })
    ).toEqual([viridis(0), viridis(0.1), viridis(0.1), viridis(0.2), BACKGROUND, BACKGROUND]);
    expect(
      await grid({
        scrollTop: 30,
        places: [
          [5, 5],
          [75, 5]
        ]
      })
    ).toEqual([viridis(0.3), viridis(0.6)]);
    expect(
      await grid({
        ratio: 2,
        places: [
          [10, 10],
          [70, 10]
        ]
      })
    ).toEqual([viridis(0), viridis(0.1)]);
  });

  test('shows channels in the order given, each with its own range, zoomed alike', async () => {
    expect(
      await grid({
        order: [5, 4, 3, 2, 1, 0],
        places: [
          [5, 5],
          [65, 5]
        ]
      })
    ).toEqual([viridis(0.5), viridis(0.3)]);
    const channelRanges = [0, 1, 2, 3, 4, 5].flatMap(channel => [channel / 10 - 0.1, channel / 10 + 0.1]);
    expect(
      await grid({
        channelRanges,
        order: [4, 3, 2, 1, 0, 5],
        places: [
          [5, 5],
          [35, 5]
        ]
      })
    ).toEqual([viridis(0.5), viridis(0.5)]);
    const viewport = { x: 0.75, y: 0.5, zoom: 2 };
    expect(
      await grid({
        viewport,
        places: [
          [2, 5],
          [32, 5]
        ]
      })
    ).toEqual([viridis(0.1), viridis(0.2)]);
  });

  test('outlines the selected channel and marks the cursor in every tile', async () => {
    expect(
      await grid({
        selected: 1,
        places: [
          [30, 5],
          [0, 5]
        ]
      })
    ).toEqual([[255, 0, 0], viridis(0)]);
    const blue = [0, 0, 255];
    expect(
      await grid({
        cursor: { x: 0.5, y: 0.25 },
        places: [
          [10, 15],
          [40, 15],
          [66, 5],
          [25, 5]
        ]
      })
    ).toEqual([blue, blue, blue, BACKGROUND]);
  });
});
