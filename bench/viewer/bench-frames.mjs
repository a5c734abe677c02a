/**
 * Frame times of zooming over channel grids in headless Chromium:
 *
 *     node bench/viewer/bench-frames.mjs
 *
 * A frame is one drawGrid with a new viewport and a one-pixel read-back, which
 * waits until everything is really drawn.
 */
import { openViewer } from '../../headless/viewer-page.mjs';

const CASES = [
  { name: '1,664 tiles of 7 x 7', channels: 1664, side: 7, tileSize: 20, gap: 1, labelHeight: 0 },
  { name: '64 tiles of 112 x 112', channels: 64, side: 112, tileSize: 98, gap: 2, labelHeight: 0 },
  { name: '64 tiles of 112 x 112, labels', channels: 64, side: 112, tileSize: 98, gap: 2, labelHeight: 14 }
];

const { page, close } = await openViewer(['gl/renderer', 'draw/draw-grid', 'draw/canvas']);
for (const item of CASES) {
  for (const smooth of [false, true]) {
    const times = await page.evaluate(
      ({ given, smooth }) => {
        const renderer = new globalThis.viewer.HeatmapRenderer();
        const data = Float32Array.from({ length: given.channels * given.side ** 2 }, (_, index) => Math.sin(index));
        const texture = renderer.upload({ data, channels: given.channels, height: given.side, width: given.side });
        const canvas = document.createElement('canvas');
        globalThis.viewer.fitCanvas(canvas, 1000, 800, 1);
        document.body.replaceChildren(canvas);
        const layout = globalThis.viewer.gridLayout({ ...given, width: 1000, mapAspect: 1 });
        const inks = {
          background: '#fff',
          text: '#000',
          line: '#888',
          selected: '#f00',
          crosshair: '#fff',
          halo: '#000',
          font: 'sans-serif'
        };
        const times = [];
        for (let frame = 0; frame < 60; frame++) {
          const start = performance.now();
          globalThis.viewer.drawGrid(
            canvas,
            {
              layout,
              scrollTop: 0,
              texture,
              viewport: { x: 0.5, y: 0.5, zoom: 1 + frame / 10 },
              aspect: 1,
              style: { colormap: 'viridis', min: -1, max: 1, smooth },
              selected: 3,
              cursor: null
            },
            inks,
            1,
            renderer
          );
          canvas.getContext('2d')?.getImageData(0, 0, 1, 1);
          times.push(performance.now() - start);
        }
        texture.dispose();
        return times;
      },
      { given: item, smooth }
    );
    const sorted = times.slice(5).sort((a, b) => a - b);
    const at = part => sorted[Math.floor(part * (sorted.length - 1))].toFixed(1);
    console.log(`${item.name}, ${smooth ? 'smooth' : 'cells'}: median ${at(0.5)} ms, 95th percentile ${at(0.95)} ms`);
  }
}
await close();
