/**
 * `npm run bench:open`: from “Open With” in the file browser to the first
 * heatmap, for the 59 MB model.h5, beside Python's and Netron's opening of it.
 *
 *   node bench/jupyterlab/bench-open.mjs [--rounds 5]
 *
 * In each round, in turn: GradLens in a fresh browser profile, then again after
 * a reload, when the file comes from the browser's cache; Keras as keras.io's
 * tutorial uses it, in a fresh process; and Netron in a fresh profile, until
 * the graph is drawn.
 */
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright';
import { CHROMIUM_ARGS, findChromium } from '../../headless/chromium.mjs';
import { freePort, startLab } from '../../scripts/lab.mjs';
import { findPython, kerasBin, root, run } from '../../scripts/setup.mjs';
import { median } from '../measure.mjs';

const NETRON = '9.3.3';
const MODEL = 'model.h5';
const PICTURE = 'china.jpg';
const LAYER = 'conv5_block32_concat';
const TIMEOUT = 180_000;

const work = join(root, '.work', 'bench-open');

/** Milliseconds from asking for the file to its first heatmap, the picture being given as soon as the tab takes one. */
async function openInGradLens(page) {
  const started = Date.now();
  await page.evaluate(path => globalThis.jupyterapp.commands.execute('gradlens:open-file', { path }), MODEL);
  const tab = page.locator('.jp-GradLens-opened');
  await tab.getByLabel('Picture file').setInputFiles(join(work, PICTURE));
  await tab
    .getByRole('img', { name: /^Grad-CAM/ })
    .first()
    .waitFor();
  return Date.now() - started;
}

async function ready(page) {
  await page.locator('#jupyterlab-splash').waitFor({ state: 'detached' });
  await page.getByRole('listitem', { name: /Name: model\.h5/ }).waitFor();
}

async function timeGradLens(browser, lab) {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(TIMEOUT);
    await page.goto(`http://127.0.0.1:${lab.port}/lab?reset&token=${lab.token}`);
    await ready(page);
    const first = await openInGradLens(page);
    // The copy on disk is complete a little after the heatmap; the tab must not come back by itself.
    await page.waitForFunction(async () =>
      (await (await globalThis.caches.open('gradlens-models')).keys()).some(({ url }) => url.includes('/file?'))
    );
    await page.goto(`http://127.0.0.1:${lab.port}/lab?reset&token=${lab.token}`);
    await ready(page);
    let fetched = 0;
    page.on('request', request => (fetched += request.url().includes(`/files/${MODEL}`) ? 1 : 0));
    const second = await openInGradLens(page);
    return { first, second, fetched };
  } finally {
    await context.close();
  }
}

function timeKeras() {
  const args = ['bench/jupyterlab/peer_keras_io.py', join(work, MODEL), join(work, PICTURE), LAYER];
  const { status, stdout, stderr } = spawnSync(kerasBin('python'), args, {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: '3' }
  });
  if (status !== 0) {
    throw new Error(`Keras failed:\n${stderr}`);
  }
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
}

/** Netron's server in an environment of its own; its page is opened by our browser. */
async function startNetron() {
  const venv = join(root, '.work', `netron-${NETRON}`);
  const python = join(venv, 'bin', 'python');
  if (!existsSync(join(venv, 'bin', 'netron'))) {
    run(findPython(), ['-m', 'venv', venv]);
    run(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', `netron==${NETRON}`]);
  }
  const port = await freePort();
  const code = `import netron, time; netron.start(${JSON.stringify(join(work, MODEL))}, address=('127.0.0.1', ${port}), browse=False); time.sleep(1e6)`;
  const child = spawn(python, ['-c', code], { stdio: 'ignore' });
  for (const deadline = Date.now() + 30_000; ;) {
    if (
      await fetch(`http://127.0.0.1:${port}/`).then(
        ({ ok }) => ok,
        () => false
      )
    ) {
      return { port, stop: () => child.kill() };
    }
    if (Date.now() > deadline) {
      child.kill();
      throw new Error('Netron did not start.');
    }
    await new Promise(resolve => setTimeout(resolve, 100));
  }
}

async function timeNetron(browser, { port }) {
  const url = `http://127.0.0.1:${port}/`;
  const context = await browser.newContext();
  try {
    // Otherwise it asks the network first whether it has to ask for consent.
    await context.addCookies([{ name: 'consent', value: String(Date.now()), url }]);
    const page = await context.newPage();
    page.setDefaultTimeout(TIMEOUT);
    const started = Date.now();
    await page.goto(url, { waitUntil: 'commit' });
    // Locators, since its page forbids eval. It shows the canvas when all is laid out.
    await page.locator('body.default').waitFor({ state: 'attached' });
    await page.locator('#canvas .node').nth(100).waitFor({ state: 'attached' });
    return Date.now() - started;
  } finally {
    await context.close();
  }
}

async function main() {
  const { values } = parseArgs({ options: { rounds: { type: 'string', default: '5' } } });
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  cpSync(join(root, 'examples/models', MODEL), join(work, MODEL));
  cpSync(join(root, 'examples/data', PICTURE), join(work, PICTURE));
  console.log(
    `Node ${process.version}, ${cpus().length} x ${cpus()[0].model.trim()}, load average ${loadavg()[0].toFixed(1)}`
  );
  const browser = await chromium.launch({ executablePath: findChromium(), args: CHROMIUM_ARGS });
  const lab = await startLab({ folder: work, quiet: true, extra: ['--LabApp.expose_app_in_browser=True'] });
  const netron = await startNetron();
  const times = {
    'GradLens, first open': [],
    'GradLens, again after a reload': [],
    'Keras, after its import': [],
    'Keras, with its import': [],
    Netron: []
  };
  try {
    for (let round = 0; round < Number(values.rounds); round++) {
      const { first, second, fetched } = await timeGradLens(browser, lab);
      const keras = timeKeras();
      const graph = await timeNetron(browser, netron);
      const warm = keras.open + keras.explain;
      Object.values(times).forEach((/** @type {number[]} */ list, i) =>
        list.push([first, second, warm, warm + keras.import, graph][i])
      );
      console.log(
        `round ${round + 1}: ${Object.entries(times)
          .map(([name, list]) => `${name} ${Number(list.at(-1)).toFixed(0)}`)
          .join(', ')} ms; asked the server ${fetched} times for the file the second time`
      );
    }
  } finally {
    netron.stop();
    await lab.stop();
    await browser.close();
  }
  const own = median(times['GradLens, first open']);
  console.log('\n| | median | range | GradLens’ first open is |\n|---|---:|---:|---:|');
  for (const [name, list] of Object.entries(times)) {
    const ratio = name.startsWith('GradLens') ? '' : `${(own / median(list)).toFixed(2)} of it`;
    console.log(
      `| ${name} | ${median(list).toFixed(0)} ms | ${Math.min(...list).toFixed(0)} – ${Math.max(...list).toFixed(0)} ms | ${ratio} |`
    );
  }
  console.log(`\nload average at the end: ${loadavg()[0].toFixed(1)}`);
}

await main();
