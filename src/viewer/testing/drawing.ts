import { openViewer, type ViewerPage } from '../../../headless/viewer-page.mjs';
import { colorOf } from '../color/colormaps';
import type { Inks } from '../draw/canvas';

export type Pixels = number[][];

declare global {
  /** In the page that {@link openDrawing} opens. */
  var inks: Inks;
  var pixelsAt: (canvas: HTMLCanvasElement, places: [number, number][]) => Pixels;
}

/** The background of {@link inks}. */
export const BACKGROUND = [16, 32, 48];

export const viridis = (value: number): number[] => [...(colorOf('viridis', value, 0, 1) ?? [])];

/** A page with the renderer and a module that draws, inks that are told apart, and a reader of pixels. */
export async function openDrawing(module: string): Promise<ViewerPage> {
  const browser = await openViewer(['gl/renderer', 'draw/canvas', module]);
  await browser.page.evaluate(() => {
    Object.assign(globalThis, {
      inks: {
        background: '#102030',
        text: '#ffffff',
        line: '#00ff00',
        selected: '#ff0000',
        crosshair: '#0000ff',
        halo: 'transparent',
        font: 'sans-serif'
      },
      pixelsAt: (canvas: HTMLCanvasElement, places: [number, number][]) =>
        places.map(([x, y]) => Array.from(canvas.getContext('2d')!.getImageData(x, y, 1, 1).data.slice(0, 3)))
    });
  });
  return browser;
}
