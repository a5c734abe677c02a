import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openViewer, type ViewerPage } from '../../../headless/viewer-page.mjs';
import { colorOf } from '../color/colormaps';

declare const viewer: typeof import('./renderer');

let browser: ViewerPage;

beforeAll(async () => {
  browser = await openViewer(['gl/renderer']);
}, 60000);

afterAll(() => browser.close());

describe('drawing into a 2D canvas', () => {
  test('blends over the picture beneath by opacity and ignores the transform', async () => {
    const pixels = await browser.page.evaluate(() => {
      const canvas = document.createElement('canvas');
      canvas.width = 4;
      canvas.height = 2;
      const target = canvas.getContext('2d')!;
      target.fillStyle = 'rgb(100, 200, 50)';
      target.fillRect(0, 0, 4, 2);
      target.scale(3, 3);
      const renderer = new viewer.HeatmapRenderer();
      const texture = renderer.upload({ data: new Float32Array([1, 0]), channels: 1, height: 1, width: 2 });
      const tile = { channel: 0, x: 2, y: 1, width: 2, height: 1, u0: 0, v0: 0, u1: 1, v1: 1 };
      renderer.draw(target, texture, [tile], { colormap: 'gray', min: 0, max: 1, smooth: false, opacity: 0.25 });
      texture.dispose();
      return Array.from(target.getImageData(0, 0, 4, 2).data);
    });
    const at = (x: number, y: number): number[] => pixels.slice(4 * (4 * y + x), 4 * (4 * y + x) + 4);
    expect(at(2, 0)).toEqual([100, 200, 50, 255]);
    expect(at(1, 1)).toEqual([100, 200, 50, 255]);
    const expected = (value: number): number[] => [100, 200, 50].map(under => 0.75 * under + 0.25 * value);
    [at(2, 1), at(3, 1)].forEach((pixel, index) => {
      expected(index === 0 ? 255 : 0).forEach((value, band) => {
        expect(Math.abs(pixel[band] - value)).toBeLessThanOrEqual(1);
      });
    });
  });

  test('fills a target that is wider than the largest drawing buffer', async () => {
    const result = await browser.page.evaluate(() => {
      const canvas = document.createElement('canvas');
      canvas.width = 20000;
      canvas.height = 2;
      const target = canvas.getContext('2d')!;
      const renderer = new viewer.HeatmapRenderer();
      const data = Float32Array.from({ length: 200 }, (_, index) => (index % 50) / 50);
      const texture = renderer.upload({ data, channels: 1, height: 1, width: 200 });
      const tile = { channel: 0, x: 0, y: 0, width: 20000, height: 2, u0: 0, v0: 0, u1: 1, v1: 1 };
      renderer.draw(target, texture, [tile], { colormap: 'gray', min: 0, max: 1, smooth: false });
      return Array.from({ length: 200 }, (_, cell) => target.getImageData(100 * cell + 99, 1, 1, 1).data[0]);
    });
    expect(result).toEqual(Array.from({ length: 200 }, (_, cell) => colorOf('gray', (cell % 50) / 50, 0, 1)![0]));
  });

  test('a lost context comes back with its maps and asks for a redraw', async () => {
    const result = await browser.page.evaluate(async () => {
      const contexts: WebGL2RenderingContext[] = [];
      const original = OffscreenCanvas.prototype.getContext;
      OffscreenCanvas.prototype.getContext = function (this: OffscreenCanvas, ...args: never[]) {
        const context = (original as (...all: never[]) => unknown).apply(this, args);
        contexts.push(context as WebGL2RenderingContext);
        return context;
      } as never;
      const renderer = new viewer.HeatmapRenderer();
      OffscreenCanvas.prototype.getContext = original;
      const texture = renderer.upload({ data: new Float32Array([0, 1]), channels: 1, height: 1, width: 2 });
      const tiles = [{ channel: 0, x: 0, y: 0, width: 2, height: 1, u0: 0, v0: 0, u1: 1, v1: 1 }];
      const style = { colormap: 'gray' as const, min: 0, max: 1, smooth: false };
      const before = Array.from(renderer.readPixels(texture, tiles, style, 2, 1));
      const extension = contexts[0].getExtension('WEBGL_lose_context')!;
      const canvas = contexts[0].canvas;
      const lost = new Promise(resolve => canvas.addEventListener('webglcontextlost', resolve));
      const restored = new Promise<void>(resolve => renderer.onRestored(resolve));
      extension.loseContext();
      await lost;
      // The browser allows restoring only once the event's dispatch is over.
      await new Promise(resolve => setTimeout(resolve, 0));
      const target = document.createElement('canvas').getContext('2d')!;
      const drewWhileLost = renderer.draw(target, texture, tiles, style);
      const readyWhileLost = renderer.isReady;
      extension.restoreContext();
      await restored;
      const after = Array.from(renderer.readPixels(texture, tiles, style, 2, 1));
      return { before, after, drewWhileLost, readyWhileLost };
    });
    expect(result.before).toEqual([0, 0, 0, 255, 255, 255, 255, 255]);
    expect(result.after).toEqual(result.before);
    expect(result.drewWhileLost).toBe(false);
    expect(result.readyWhileLost).toBe(false);
  });

  test('at a part of the resolution a map keeps its place and its colours', async () => {
    const pixels = await browser.page.evaluate(() => {
      const renderer = new viewer.HeatmapRenderer();
      const texture = renderer.upload({
        data: Float32Array.from([0, 1, 0.25, 0.75]),
        channels: 1,
        height: 2,
        width: 2
      });
      const canvas = new OffscreenCanvas(200, 100);
      const context = canvas.getContext('2d') as unknown as CanvasRenderingContext2D;
      const tile = { channel: 0, x: 40, y: 20, width: 120, height: 60, u0: 0, v0: 0, u1: 1, v1: 1 };
      renderer.draw(context, texture, [tile], { colormap: 'gray', min: 0, max: 1, smooth: false, resolution: 0.25 });
      texture.dispose();
      const at = (x: number, y: number): number[] => [...context.getImageData(x, y, 1, 1).data];
      // The middles of the cells, then outside of each edge.
      return [at(70, 35), at(130, 35), at(70, 65), at(130, 65), at(34, 50), at(166, 50), at(100, 14), at(100, 86)];
    });
    expect(pixels.slice(0, 4).map(([red]) => red)).toEqual([0, 255, 64, 192]);
    expect(pixels.slice(4).map(([, , , alpha]) => alpha)).toEqual([0, 0, 0, 0]);
  });
});
