/**
 * `npm run bench:sidebar`: what the sidebar costs in a real JupyterLab (run `npm run build` before).
 *
 *   node bench/jupyterlab/bench-sidebar.mjs [--idle 10]
 *
 * Search: from a keystroke to the list, over the layers of NASNetLarge's structure
 * (1,041); "work" is the event's handling and React's rendering, "painted" goes on
 * to the next frame. Tree and graph: frame times while 3,001 layers are scrolled and
 * zoomed. Idle: main-thread time (the median of three) in some seconds in which nobody does anything,
 * with GradLens at work but its sidebar hidden, and in the same JupyterLab with a
 * picture open instead.
 */
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright';
import { CHROMIUM_ARGS, findChromium } from '../../headless/chromium.mjs';
import { writeDeepModel } from '../../headless/deep-model.mjs';
import { startLab } from '../../scripts/lab.mjs';
import { kerasBin, root } from '../../scripts/setup.mjs';
import { quantile } from '../measure.mjs';

const { values } = parseArgs({ options: { idle: { type: 'string', default: '10' } } });
const SEARCHES = [
  's',
  'se',
  'sep',
  'sepa',
  'separable',
  'separable conv',
  'separable conv_2',
  '11x11',
  'b',
  'bn',
  'bn_',
  'relu',
  '2016'
];

const folder = join(root, '.work', 'bench-sidebar');
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
writeDeepModel(join(folder, 'deep'), 1000);
copyFileSync(join(root, 'examples/models/tank.keras'), join(folder, 'tank.keras'));
copyFileSync(join(root, 'examples/data/test_tank_grey.png'), join(folder, 'tank.png'));
const nasnet = join(root, '.work', 'nasnet.keras');
if (!existsSync(nasnet)) {
  execFileSync(kerasBin('python'), [join(root, 'ui-tests/nasnet.py'), nasnet], { stdio: 'ignore' });
}
copyFileSync(nasnet, join(folder, 'nasnet.keras'));

// The user's own settings and layout are not touched.
const own = mkdtempSync(join(tmpdir(), 'gradlens-bench-'));
process.env.JUPYTERLAB_SETTINGS_DIR = join(own, 'settings');
process.env.JUPYTERLAB_WORKSPACES_DIR = join(own, 'workspaces');
let mainThread = async () => 0;
const lab = await startLab({ folder, quiet: true, extra: ['--LabApp.expose_app_in_browser=True'] });
const browser = await chromium.launch({ executablePath: findChromium(), args: CHROMIUM_ARGS });
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 1000 } });
  page.setDefaultTimeout(60_000);
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Performance.enable');
  mainThread = async () => {
    const { metrics } = await devtools.send('Performance.getMetrics');
    return 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? NaN);
  };
  const execute = (command, args = {}) =>
    page.evaluate(
      ([id, given]) => globalThis.jupyterapp.commands.execute(id, given).then(() => undefined),
      [command, args]
    );
  const start = async () => {
    await page.goto(lab.url.replace('?', '?reset&'));
    await page.getByRole('listitem', { name: /Name: tank.png/ }).waitFor();
  };
  const sidebar = page.locator('.jp-GradLens-sidebar');
  const toggle = name => sidebar.locator('.jp-AccordionPanel-title', { hasText: name }).click();

  await start();
  await execute('gradlens:show-sidebar');
  await execute('gradlens:open-file', { path: 'nasnet.keras' });
  await sidebar.getByText('1,041 layers').waitFor();
  const search = await searches(sidebar.getByRole('searchbox', { name: 'Search layers' }));
  console.log('\n| 1,041 layers, ms | p50 | p95 |\n|---|---:|---:|');
  console.log(`| keystroke to list, work | ${row(search.map(({ work }) => work))} |`);
  console.log(`| keystroke to list, painted | ${row(search.map(({ painted }) => painted))} |`);

  await execute('gradlens:open-file', { path: 'deep/model.json' });
  await sidebar.getByText('3,001 layers').waitFor();
  for (const name of ['Classes', 'Controls', 'Structure']) {
    await toggle(name);
  }
  await sidebar.getByRole('searchbox', { name: 'Search layers' }).fill('stage');
  const tree = await frames(sidebar.locator('.jp-GradLens-treeScroll'), 'scroll');
  await sidebar.getByRole('searchbox', { name: 'Search layers' }).fill('');
  await sidebar.getByRole('button', { name: 'Open blocks' }).click();
  await sidebar.getByText('3,001 nodes').waitFor();
  const pan = await frames(sidebar.locator('.jp-GradLens-structureScroll'), 'scroll');
  const zoom = await frames(sidebar.locator('.jp-GradLens-structureScroll'), 'zoom');
  console.log('\n| 3,001 layers, ms a step | main thread, mean | frame p50 | p95 |\n|---|---:|---:|---:|');
  const steps = { 'scroll the list of layers': tree, 'scroll the graph': pan, 'zoom the graph': zoom };
  for (const [name, { work, times }] of Object.entries(steps)) {
    console.log(`| ${name} | ${work.toFixed(1)} | ${row(times)} |`);
  }

  console.log(
    `\n| main thread in ${values.idle} idle s, ms | all tasks | script | layout and style |\n|---|---:|---:|---:|`
  );
  await start();
  await execute('docmanager:open', { path: 'tank.png' });
  await page.locator('.jp-ImageViewer img').waitFor();
  console.log(`| JupyterLab, a picture open | ${await idle()} |`);
  await start();
  await execute('gradlens:show-sidebar');
  await execute('gradlens:open-file', { path: 'tank.keras' });
  await page.locator('.jp-GradLens-opened').getByText('11 layers').waitFor();
  await execute('gradlens:explain-image', { paths: ['tank.png'] });
  await page.getByRole('img', { name: /^Grad-CAM/ }).waitFor();
  await sidebar
    .getByRole('treeitem', { name: /^conv4/ })
    .locator('canvas')
    .nth(1)
    .waitFor();
  console.log(`| a view and the sidebar in sight | ${await idle()} |`);
  await execute('application:toggle-right-area');
  await sidebar.waitFor({ state: 'hidden' });
  console.log(`| a view, the sidebar hidden | ${await idle()} |`);

  /** @returns {Promise<string>} milliseconds of tasks, script, and layout and style, as cells of a row */
  async function idle() {
    // Work that was begun is finished first: JupyterLab saves its layout, V8 collects garbage.
    await page.waitForTimeout(5000);
    const read = async () => {
      const { metrics } = await devtools.send('Performance.getMetrics');
      return name => metrics.find(metric => metric.name === name)?.value ?? NaN;
    };
    const times = [];
    for (let i = 0; i < 3; i++) {
      const before = await read();
      await page.waitForTimeout(1000 * Number(values.idle));
      const after = await read();
      const spent = (...names) => 1000 * names.reduce((sum, name) => sum + after(name) - before(name), 0);
      times.push([spent('TaskDuration'), spent('ScriptDuration'), spent('LayoutDuration', 'RecalcStyleDuration')]);
    }
    return [0, 1, 2]
      .map(i =>
        quantile(
          times.map(part => part[i]),
          0.5
        ).toFixed(1)
      )
      .join(' | ');
  }
} finally {
  await browser.close();
  await lab.stop();
  rmSync(own, { recursive: true });
}

/** Types into the search; each step is marked in the page (performance.measure). */
function searches(box) {
  return box.evaluate(async (input, texts) => {
    const set = Object.getOwnPropertyDescriptor(globalThis.HTMLInputElement.prototype, 'value')?.set;
    const measured = [];
    for (const text of ['', ...texts]) {
      performance.mark('keystroke');
      set?.call(input, text);
      input.dispatchEvent(new globalThis.Event('input', { bubbles: true }));
      const work = performance.measure('keystroke to list', 'keystroke').duration;
      // The message comes after the frame that shows the list.
      await new Promise(resolve =>
        globalThis.requestAnimationFrame(() => {
          const { port1, port2 } = new globalThis.MessageChannel();
          port1.onmessage = resolve;
          port2.postMessage(null);
        })
      );
      measured.push({ work, painted: performance.measure('keystroke to list, painted', 'keystroke').duration });
      await new Promise(resolve => setTimeout(resolve, 50));
    }
    return measured.slice(1);
  }, SEARCHES);
}

/** Scrolls or zooms, one step a frame: the frames' times, and the main thread's work a step, in ms. */
async function frames(element, what) {
  const before = await mainThread();
  const times = await steps(element, what);
  return { times, work: ((await mainThread()) - before) / times.length };
}

function steps(element, what) {
  return element.evaluate(async (node, kind) => {
    const times = [];
    node.scrollTop = 0;
    let before = await new Promise(globalThis.requestAnimationFrame);
    for (let i = 0; i < 60; i++) {
      if (kind === 'scroll') {
        node.scrollTop += 137;
      } else {
        const { left, top } = node.getBoundingClientRect();
        const deltaY = Math.floor(i / 10) % 2 === 0 ? 100 : -100;
        node.dispatchEvent(
          new globalThis.WheelEvent('wheel', {
            ctrlKey: true,
            deltaY,
            clientX: left + 20,
            clientY: top + 50,
            bubbles: true,
            cancelable: true
          })
        );
      }
      const now = await new Promise(globalThis.requestAnimationFrame);
      times.push(now - before);
      before = now;
    }
    return times;
  }, what);
}

function row(times) {
  return [0.5, 0.95].map(share => quantile(times, share).toFixed(1)).join(' | ');
}
