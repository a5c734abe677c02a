/**
 * `npm run bench:strokes`: from a stroke over the picture to the scores and to the map, in a real JupyterLab,
 * beside the same stroke in Python with Keras and tf-keras-vis (run `npm run build` before).
 *
 *   node bench/strokes/bench-strokes.mjs [--strokes 30] [--models tank,MobileNetV2,DenseNet169]
 *
 * Strokes of both take turns, so that they meet the same machine, each on the uncovered picture, drawn by the
 * pointer with 8 moves. Clocks of the view start at the last pointer event that changes what is covered, and stop
 * when the scores, or the latency of the map, stand in the page, and in the frame after; Python draws nothing. Both must give the same probability. The main thread's
 * tasks are those of more strokes, by their processor time, from Chromium's trace.
 */
import { spawn } from 'node:child_process';
import { cpSync, mkdirSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { kerasBin, root, run } from '../../scripts/setup.mjs';
import { execute, openLab, openNotebook, writeNotebook } from '../kept/lab-page.mjs';
import { quantile } from '../measure.mjs';
import { tracedTasks } from '../viewer/trace.mjs';

const GOAL = 5;
const LONGEST_TASK = 50;
/** Strokes that are traced. */
const TRACED = 6;
/** Strokes of each side before the clocks count. */
const WARM_UP = 3;
const MOVES = 8;
const DIAMETER = 40;

const folder = join(root, '.work', 'bench-strokes');

/** How each model is shown, and which layer of it is explained: the last with image axes, on both sides. */
const CASES = {
  tank: { file: 'tank.keras', picture: 'test_tank_grey.png', scale: 'none', layer: 'conv4' },
  MobileNetV2: { file: 'MobileNetV2.keras', picture: 'china.png', scale: 'tf', layer: 'out_relu' },
  DenseNet169: { file: 'DenseNet169.keras', picture: 'china.png', scale: 'tf', layer: 'relu' }
};

/** A Python process that answers a stroke with its times. */
async function startPeer({ file, picture, scale, layer }) {
  const args = [join(root, 'bench/strokes/peer_strokes.py'), join(folder, file), join(folder, picture), scale, layer];
  const child = spawn(kerasBin('python'), args, {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: '3' }
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => {
    const { value, done } = await lines.next();
    if (done) {
      throw new Error('Keras and tf-keras-vis ended without an answer.');
    }
    return JSON.parse(value);
  };
  await next();
  return {
    stroke: stroke => {
      child.stdin.write(`${JSON.stringify(stroke)}\n`);
      return next();
    },
    stop: () => child.stdin.end('quit\n')
  };
}

/** The view of a case, with its experiment open. */
async function openExperiment(page, name, { file, picture, scale, layer }) {
  const source = `import gradlens\ngradlens.show("${file}", "${picture}", preprocess=${scale === 'tf' ? '"tf"' : 'None'}, layer="${layer}")`;
  writeNotebook(join(folder, `${name}.ipynb`), [[source, []]]);
  await openNotebook(page, `${name}.ipynb`);
  await execute(page, 'notebook:run-all-cells');
  const view = page.locator('.jp-GradLens-output');
  await view.getByRole('img', { name: /^Grad-CAM/ }).waitFor();
  await view.getByRole('button', { name: 'Cover or change the picture' }).click();
  const panel = view.getByRole('group', { name: 'Experiment', exact: true });
  await panel.getByRole('slider', { name: 'Brush size' }).fill(String(DIAMETER));
  return panel;
}

/** Draws a stroke along these places, and times what follows it. */
async function strokeInView(page, panel, points) {
  const canvas = panel.getByRole('img', { name: 'Picture to cover' });
  const box = await canvas.boundingBox();
  const at = ([x, y]) => [Math.round(box.x + x * box.width), Math.round(box.y + y * box.height)];
  await page.mouse.move(...at(points[0]));
  await panel.evaluate(watch);
  await page.mouse.down();
  for (const point of points.slice(1)) {
    await page.mouse.move(...at(point));
  }
  const timed = panel.evaluate(element => /** @type {any} */ (element).timed);
  await page.mouse.up();
  return {
    ...(await timed),
    points: points.map(point => at(point)).map(([x, y]) => [(x - box.x) / box.width, (y - box.y) / box.height])
  };
}

/** In the page: the promise of the times of the stroke that follows is put on the panel. */
function watch(element) {
  const latency = element.querySelector('output[aria-label="Latency"]');
  const painted = () =>
    new Promise(resolve => requestAnimationFrame(() => setTimeout(() => resolve(performance.now()))));
  const moves = [];
  const moved = ({ timeStamp }) => moves.push(timeStamp);
  const scores = [];
  element.addEventListener('pointerdown', moved, true);
  element.addEventListener('pointermove', moved, true);
  element.timed = new Promise(resolve => {
    const observer = new MutationObserver(async () => {
      if (/map/.test(latency.textContent)) {
        observer.disconnect();
        element.removeEventListener('pointerdown', moved, true);
        element.removeEventListener('pointermove', moved, true);
        const map = { there: performance.now(), painted: painted() };
        const since = moves[moves.length - 1];
        // A map is of the newest stroke, and so are the last scores before it.
        const last = scores[scores.length - 1];
        resolve({
          scores: last.there - since,
          map: map.there - since,
          scoresPainted: (await last.painted) - since,
          mapPainted: (await map.painted) - since
        });
      } else if (/scores/.test(latency.textContent)) {
        scores.push({ there: performance.now(), painted: painted() });
      }
    });
    observer.observe(element.querySelector('.jp-GradLens-experimentSide'), {
      subtree: true,
      childList: true,
      characterData: true
    });
  });
}

/** Places of a stroke over the picture, others each time. */
function strokePoints(n) {
  const angle = n * 2.4;
  const [x, y] = [0.5 + 0.25 * Math.cos(angle), 0.5 + 0.25 * Math.sin(angle)];
  return Array.from({ length: MOVES }, (_, i) => [x + 0.015 * i * Math.sin(angle), y + 0.015 * i * Math.cos(angle)]);
}

async function clear(panel) {
  await panel.getByRole('button', { name: 'Clear' }).click();
  await panel.getByText('Draw over the picture to cover a part of it.').waitFor();
}

async function measure(lab, name, strokes) {
  const page = await lab.newPage();
  const peer = await startPeer(CASES[name]);
  try {
    const panel = await openExperiment(page, name, CASES[name]);
    const found = [];
    for (let n = -WARM_UP; n < strokes; n++) {
      const { points, ...ours } = await strokeInView(page, panel, strokePoints(n));
      const row = panel.locator('tr.jp-mod-explained').first();
      const [label, , after] = await row.locator('th, td').allInnerTexts();
      const theirs = await peer.stroke({ points, diameter: DIAMETER, class: Number(/\d+/.exec(label)?.[0] ?? 0) });
      if (Math.abs(Number(after) - theirs.probability) > 2e-4 + 0.02 * theirs.probability) {
        throw new Error(
          `${name}: the view says ${after} and Keras ${theirs.probability}: the times compare different things.`
        );
      }
      if (n >= 0) {
        found.push({ ours, theirs });
      }
      await clear(panel);
    }
    const tasks = await tracedTasks(page.context().browser(), page, async () => {
      for (let n = 0; n < TRACED; n++) {
        await strokeInView(page, panel, strokePoints(n));
        await clear(panel);
      }
    });
    return { found, tasks };
  } finally {
    peer.stop();
    await page.context().close();
  }
}

/** Prints one model's rows. */
function tell(name, found) {
  for (const what of ['scores', 'map']) {
    const [ours, theirs] = ['ours', 'theirs'].map(side => found.map(pair => pair[side][what]));
    const painted = found.map(({ ours: times }) => times[`${what}Painted`]);
    const cells = [ours, painted, theirs].flatMap(times => [0.5, 0.95].map(share => quantile(times, share).toFixed(0)));
    const ratio = quantile(theirs, 0.5) / quantile(ours, 0.5);
    console.log(
      `| ${name}, stroke to ${what} | ${cells.join(' | ')} | ${ratio.toFixed(1)}${ratio < GOAL ? ' (missed)' : ''} |`
    );
  }
}

async function main() {
  const { values } = parseArgs({
    options: {
      strokes: { type: 'string', default: '30' },
      models: { type: 'string', default: Object.keys(CASES).join() }
    }
  });
  const names = values.models.split(',');
  mkdirSync(folder, { recursive: true });
  cpSync(join(root, 'examples/models/tank.keras'), join(folder, 'tank.keras'));
  cpSync(join(root, 'examples/data/test_tank_grey.png'), join(folder, 'test_tank_grey.png'));
  const made = names.filter(name => name !== 'tank');
  run(kerasBin('python'), [join(root, 'bench/strokes/models.py'), folder, ...made], {
    env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: '3' }
  });
  const lab = await openLab(folder);
  try {
    console.log(`${cpus().length} x ${cpus()[0].model.trim()}, load average ${loadavg()[0].toFixed(1)}\n`);
    console.log(
      `| ms | GradLens p50 | p95 | painted p50 | p95 | Keras and tf-keras-vis p50 | p95 | times as fast at p50 (goal ${GOAL}) |`
    );
    console.log('|---|---:|---:|---:|---:|---:|---:|---:|');
    const said = [];
    for (const name of names) {
      const { found, tasks } = await measure(lab, name, Number(values.strokes));
      tell(name, found);
      const long = tasks.filter(task => task > LONGEST_TASK).length;
      said.push(
        `${name}: ${long} of ${tasks.length} tasks of ${TRACED} strokes took over ${LONGEST_TASK} ms of the main thread, the longest ${Math.max(...tasks).toFixed(0)} ms.`
      );
    }
    console.log(`\n${said.join('\n')}`);
    console.log(`\nload average at the end: ${loadavg()[0].toFixed(1)}`);
  } finally {
    await lab.stop();
  }
}

await main();
