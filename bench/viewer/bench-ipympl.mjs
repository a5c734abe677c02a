/**
 * `node bench/viewer/bench-ipympl.mjs`: the tensors of the viewer's bench in matplotlib
 * through ipympl, in JupyterLab. Needs `.venv/bin/pip install ipympl`.
 *
 * A layer is one picture of all its maps: an axes for each of 1,664 channels would
 * take matplotlib a minute. Zoom: from a pointer's move, dragging with the
 * right button in pan mode, to the next picture from the kernel on the canvas.
 * Cursor: from a move to the changed coordinates under the figure.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { CHROMIUM_ARGS, findChromium } from '../../headless/chromium.mjs';
import { startLab } from '../../scripts/lab.mjs';
import { quantile } from '../measure.mjs';

const SHAPES = [
  [1664, 7, 7],
  [64, 112, 112],
  [64, 512, 512]
];
const MOVES = 30;

const SOURCE = `
%matplotlib widget
import matplotlib.pyplot as plt, numpy as np
def show(c, h, w):
    columns = int(np.ceil(np.sqrt(c)))
    rows = -(-c // columns)
    y, x = np.mgrid[:h, :w]
    picture = np.full((rows * (h + 1), columns * (w + 1)), np.nan, np.float32)
    for k in range(c):
        top, left = k // columns * (h + 1), k % columns * (w + 1)
        picture[top:top + h, left:left + w] = np.sin((1 + k % 7) * 3 * x / w) * np.cos((1 + k % 5) * 3 * y / h)
    plt.close("all")
    figure, axes = plt.subplots(figsize=(5.6, 5.6), dpi=100)
    axes.imshow(picture)
    figure.canvas.toolbar_visible = True
    return figure.canvas
`;

const folder = await mkdtemp(join(tmpdir(), 'gradlens-ipympl-'));
process.env.JUPYTERLAB_SETTINGS_DIR = join(folder, '.settings');
process.env.JUPYTERLAB_WORKSPACES_DIR = join(folder, '.workspaces');
const kernelspec = { name: 'python3', display_name: 'Python 3', language: 'python' };
// A notebook and a kernel for each, so that none waits for what the one before left.
for (const [i, shape] of SHAPES.entries()) {
  const cells = [SOURCE.trim(), `show(${shape.join(', ')})`].map((source, n) => ({
    cell_type: 'code',
    id: `cell${n}`,
    execution_count: null,
    metadata: {},
    outputs: [],
    source
  }));
  await writeFile(
    join(folder, `ipympl-${i}.ipynb`),
    JSON.stringify({ cells, metadata: { kernelspec }, nbformat: 4, nbformat_minor: 5 })
  );
}
const lab = await startLab({ folder, quiet: true });
const browser = await chromium.launch({ executablePath: findChromium(), args: CHROMIUM_ARGS });
try {
  console.log(
    '| ipympl, one picture of all maps | first paint, ms | zoom painted p50 | p95 | cursor told p50 | p95 |\n|---|---:|---:|---:|---:|---:|'
  );
  for (const [i, [c, h, w]] of SHAPES.entries()) {
    const page = await openPage(`http://127.0.0.1:${lab.port}/lab/tree/ipympl-${i}.ipynb?reset&token=${lab.token}`);
    const code = page.locator('.jp-CodeCell');
    const run = async n => {
      await code.nth(n).locator('.cm-content').click();
      await page.keyboard.press('Control+Enter');
    };
    await run(0);
    await code.nth(0).locator('.jp-InputPrompt', { hasText: '[1]' }).waitFor({ timeout: 60_000 });
    const before = await page.evaluate(() => globalThis.drawn.count);
    const start = await page.evaluate(() => performance.now());
    await run(1);
    await page.waitForFunction(count => globalThis.drawn.count > count, before, { timeout: 120_000, polling: 'raf' });
    // Settled: nothing more was drawn for half a second.
    await page.waitForFunction(() => performance.now() - globalThis.drawn.at > 500, null, { polling: 200 });
    const first = (await page.evaluate(() => globalThis.drawn.at)) - start;
    const output = code.nth(1).locator('.jupyter-matplotlib').last();
    await output.scrollIntoViewIfNeeded();
    const canvas = output.locator('canvas').last();
    const box = await canvas.boundingBox();
    if (!box) {
      throw new Error('The canvas of ipympl is not on the page.');
    }
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    const told = [];
    for (let n = 0; n < MOVES; n++) {
      const text = await output.innerText();
      await page.mouse.move(x + 3 * n - 40, y + 2 * n - 30);
      told.push(
        await output.evaluate(
          (element, old) =>
            new Promise(resolve => {
              const look = () =>
                /** @type {HTMLElement} */ (element).innerText === old && performance.now() - globalThis.moved < 3000
                  ? globalThis.requestAnimationFrame(look)
                  : resolve(performance.now() - globalThis.moved);
              look();
            }),
          text
        )
      );
    }
    await output.getByTitle(/pan/i).first().click();
    await page.mouse.move(x, y);
    await page.mouse.down({ button: 'right' });
    const zoomed = [];
    for (let n = 1; n <= MOVES; n++) {
      const count = await page.evaluate(() => globalThis.drawn.count);
      await page.mouse.move(x + 40 * Math.sin(n / 4), y - 40 * Math.sin(n / 4));
      zoomed.push(
        await page.evaluate(
          old =>
            new Promise(resolve => {
              const look = () =>
                globalThis.drawn.count === old && performance.now() - globalThis.moved < 5000
                  ? globalThis.requestAnimationFrame(look)
                  : resolve(performance.now() - globalThis.moved);
              look();
            }),
          count
        )
      );
    }
    await page.mouse.up({ button: 'right' });
    const of = (times, q) => quantile(times, q).toFixed(0);
    await page.close();
    console.log(
      `| ${h}×${w}×${c} | ${first.toFixed(0)} | ${of(zoomed, 0.5)} | ${of(zoomed, 0.95)} | ${of(told, 0.5)} | ${of(told, 0.95)} |`
    );
  }
} finally {
  await browser.close();
  await lab.stop();
  await rm(folder, { recursive: true, force: true });
}

/** A page on a notebook whose kernel is ready, that notes when ipympl draws and when the mouse moved. */
async function openPage(url) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 1000 } });
  await page.addInitScript(() => {
    globalThis.drawn = { at: 0, count: 0 };
    const draw = globalThis.CanvasRenderingContext2D.prototype.drawImage;
    globalThis.CanvasRenderingContext2D.prototype.drawImage = function (...args) {
      // Only what is in the page: ipympl assembles pictures off it.
      if (this.canvas.isConnected && this.canvas.closest?.('.jupyter-matplotlib-canvas-div, .jupyter-matplotlib')) {
        globalThis.drawn = { at: performance.now(), count: globalThis.drawn.count + 1 };
      }
      return Reflect.apply(draw, this, args);
    };
    globalThis.addEventListener('mousemove', () => (globalThis.moved = performance.now()), true);
  });
  await page.goto(url);
  await page.locator('.jp-CodeCell').first().waitFor({ timeout: 60_000 });
  await page.getByText(/\| Idle/).waitFor({ timeout: 60_000 });
  return page;
}
