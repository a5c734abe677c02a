/**
 * `npm run bench:viewer`: how fast the viewer is, in Chromium.
 *
 *   node bench/viewer/bench-viewer.mjs [--moves 60] [--headed]
 *
 * Cursor: from a pointer event over one view to the painted cross-hair in all
 * linked views. "work" is main-thread time (handlers and frame callbacks),
 * "painted" also counts the wait for the frame, layout and paint. Zoom: the same
 * for a change of the viewport. Frames: what Chromium's trace says (trace.mjs).
 * First paint: from render() to the painted grid.
 */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { chromium } from 'playwright';
import { CHROMIUM_ARGS, findChromium } from '../../headless/chromium.mjs';
import { quantile } from '../measure.mjs';
import { tracedFrames } from './trace.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const GOAL = 16.7;
const CASES = [
  { name: '1 view of 1,664 channels', views: 1, shape: [1664, 7, 7] },
  { name: '10 linked views', views: 10, shape: [64, 28, 28] },
  { name: '100 linked views', views: 100, shape: [64, 28, 28] }
];
const SHAPES = [
  [1664, 7, 7],
  [64, 112, 112],
  [64, 512, 512]
];

const { values } = parseArgs({
  options: { moves: { type: 'string', default: '60' }, headed: { type: 'boolean', default: false } }
});
const moves = Number(values.moves);

const bundle = await build({
  entryPoints: [join(here, 'page.tsx')],
  bundle: true,
  write: false,
  format: 'iife',
  target: 'es2022',
  jsx: 'transform',
  // Of JupyterLab's icons, which the widgets carry.
  loader: { '.svg': 'text', '.css': 'empty' },
  define: { 'process.env.NODE_ENV': '"production"' }
});
const styles = [join(here, '../../style/index.css'), join(here, '../../src/widgets/view/view.css')];
const { outputFiles } = await build({ entryPoints: styles, bundle: true, write: false, outdir: 'out' });
const css = outputFiles.map(file => file.text).join('\n');
const browser = await chromium.launch({
  executablePath: findChromium(),
  headless: !values.headed,
  args: [...CHROMIUM_ARGS, '--enable-precise-memory-info', '--js-flags=--expose-gc']
});
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 1000 } });
  page.on('pageerror', error => console.error(error.message));
  const theme =
    '--jp-ui-font-size0: 11px; --jp-ui-font-size1: 13px; --jp-layout-color1: white; --jp-layout-color2: #eee';
  await page.setContent(`<!doctype html><style>:root { ${theme} } body { margin: 8px } ${css}</style><body></body>`);
  await page.addScriptTag({ content: bundle.outputFiles[0].text });
  console.log(`Renderer: ${await rendererName(page)}`);

  // The first view compiles shaders: not what is measured.
  await page.evaluate(() => globalThis.bench.show(1, 4, 8, 8));
  console.log(
    '\n| Cursor and zoom, ms | cursor work p50 | p95 | cursor painted p50 | p95 | zoom work p50 | p95 |\n|---|---|---|---|---|---|---|'
  );
  for (const { name, views, shape } of CASES) {
    await page.evaluate(({ n, s }) => globalThis.bench.show(n, ...s), { n: views, s: shape });
    const cursor = await page.evaluate(n => globalThis.bench.movePointer(n), moves);
    const zoom = await page.evaluate(n => globalThis.bench.zoom(n), moves);
    const row = [...cells(cursor, 'work'), ...cells(cursor, 'painted'), ...cells(zoom, 'work')];
    console.log(`| ${name} | ${row.join(' | ')} |`);
    if (views === 100) {
      const p95 = quantile(
        cursor.map(({ work }) => work),
        0.95
      );
      console.log(
        `\nGoal for the linked cursor, p95 of main-thread work under ${GOAL} ms with 100 views: ${p95 < GOAL ? 'met' : 'missed'} (${p95.toFixed(1)} ms).`
      );
    }
  }
  /** @type {[string, number, number[], () => Promise<any>][]} */
  const rows = [
    [
      'scrolling 100 views, 120 px a frame',
      100,
      [64, 28, 28],
      () => page.evaluate(() => globalThis.bench.scrollThrough(120))
    ],
    [
      'zooming a view of 1,664 channels',
      1,
      [1664, 7, 7],
      () => page.evaluate(n => globalThis.bench.zoomSteadily(n), moves)
    ],
    ['zooming 100 linked views', 100, [64, 28, 28], () => page.evaluate(n => globalThis.bench.zoomSteadily(n), moves)]
  ];
  console.log(
    '\n| Frames, ms | between frames p50 | p95 | main-thread work p50 | p95 | wait for GL p50 | p95 |\n|---|---|---|---|---|---|---|'
  );
  for (const [name, views, shape, action] of rows) {
    await page.evaluate(({ n, s }) => globalThis.bench.show(n, ...s), { n: views, s: shape });
    await page.evaluate(() => globalThis.bench.settled());
    let gaps = [];
    const frames = await tracedFrames(browser, page, async () => (gaps = await action()));
    console.log(
      `| ${name} | ${[...cells(gaps.slice(1)), ...cells(frames, 'work'), ...cells(frames, 'gl')].join(' | ')} |`
    );
  }
  const tiles = await page.evaluate(n => globalThis.bench.zoomAllTiles(n, 1664, 7), moves);
  console.log(
    `\nDrawing all 1,664 tiles at once while they zoom, 1280×1000 px, until the pixels are there: p50 ${cells(tiles)[0]} ms, p95 ${cells(tiles)[1]} ms.`
  );
} finally {
  await browser.close();
}

/** A fresh browser for each, so that memory is the view's own. */
console.log(
  '\n| First paint and memory | ms | MB of canvases | MB of JavaScript a view, data apart |\n|---|---|---|---|'
);
for (const shape of SHAPES) {
  const fresh = await chromium.launch({
    executablePath: findChromium(),
    args: [...CHROMIUM_ARGS, '--enable-precise-memory-info', '--js-flags=--expose-gc']
  });
  try {
    const page = await fresh.newPage({ viewport: { width: 1280, height: 1000 } });
    await page.setContent(`<!doctype html><style>body { margin: 8px } ${css}</style><body></body>`);
    await page.addScriptTag({ content: bundle.outputFiles[0].text });
    await page.evaluate(() => globalThis.bench.show(1, 4, 8, 8));
    const heap = () => page.evaluate(() => (globalThis.gc?.(), /** @type {any} */ (performance).memory.usedJSHeapSize));
    const before = await heap();
    const time = await page.evaluate(s => globalThis.bench.show(1, ...s), shape);
    const after = await heap();
    const pixels = await page.evaluate(() => globalThis.bench.canvasBytes());
    const [c, h, w] = shape;
    console.log(
      `| ${h}×${w}×${c} | ${time.toFixed(0)} | ${(pixels / 1e6).toFixed(1)} | ${((after - before) / 1e6).toFixed(1)} |`
    );
  } finally {
    await fresh.close();
  }
}

function cells(timings, key) {
  return [0.5, 0.95].map(q => quantile(key ? timings.map(timing => timing[key]) : timings, q).toFixed(1));
}

async function rendererName(page) {
  return page.evaluate(() => {
    const gl = document.createElement('canvas').getContext('webgl2');
    const info = gl?.getExtension('WEBGL_debug_renderer_info');
    return String(info && gl ? gl.getParameter(info.UNMASKED_RENDERER_WEBGL) : 'unknown');
  });
}
