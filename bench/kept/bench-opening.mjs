/**
 * `npm run bench:kept`: opening a notebook with 50 views that keep what they found, beside the same
 * tensors as 50 figures of Plotly (run `npm run build` before).
 *
 *   node bench/kept/bench-opening.mjs [--rounds 3]
 *
 * Views of the demo's model on its four pictures are looked at in JupyterLab and saved; their outputs are
 * then repeated, with ids of their own, in a notebook without the model's file. Plotly draws the maps alone, or the
 * maps and all channels, which is what a view shows. In each round, in turn and each in a fresh
 * profile: from asking JupyterLab, which is loaded, for the notebook until the first figure is drawn; until the
 * last one is drawn, the notebook being scrolled to its end at a page a frame; and what the main thread worked.
 */
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findPython, root, run } from '../../scripts/setup.mjs';
import { median } from '../measure.mjs';
import { execute, openLab, openNotebook, trust, viewsIn, writeNotebook } from './lab-page.mjs';

const PLOTLY = '7.1.0';
const VIEWS = 50;
const PICTURES = ['test_tank_grey.png', 'test_tank_blue.png', 'test_field_grey.png', 'test_field_blue.png'];
const TYPE = 'application/vnd.gradlens.v1+json';

const folder = join(root, '.work', 'bench-kept-opening');
const venv = join(root, '.work', `plotly-${PLOTLY}`);

/** What tells that a figure is drawn. */
const DRAWN = {
  views: '.jp-GradLens-view [role="img"][aria-label^="Grad-CAM"]',
  map: '.js-plotly-plot .heatmaplayer image',
  all: '.js-plotly-plot .heatmaplayer image'
};

function installPlotly() {
  if (!existsSync(join(venv, 'share/jupyter/labextensions/jupyterlab-plotly'))) {
    run(findPython(), ['-m', 'venv', venv]);
    const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', `plotly==${PLOTLY}`, 'numpy'];
    run(join(venv, 'bin/python'), pip);
  }
}

/** Looks at the views, saves them, and gives their outputs; writes their tensors beside. */
async function makeViews(lab) {
  const cells = PICTURES.map((picture, i) => `v${i} = gradlens.show("tank.keras", "${picture}", link="none")\nv${i}`);
  const read = [
    'import numpy as np',
    `found = [v.result() for v in (${PICTURES.map((_, i) => `v${i}`).join(', ')})]`,
    'tensors = {f"map{i}": r.map for i, r in enumerate(found)}',
    'tensors |= {f"channels{i}": r.activations for i, r in enumerate(found)}',
    'np.savez("tensors.npz", **tensors)'
  ];
  writeNotebook(
    join(folder, 'made.ipynb'),
    ['import gradlens', ...cells, read.join('\n')].map(source => [source, []])
  );
  const page = await lab.newPage();
  await openNotebook(page, 'made.ipynb');
  // One after the other: JupyterLab draws what is in sight.
  for (let i = 0; i <= PICTURES.length + 1; i++) {
    await execute(page, 'notebook:run-cell-and-select-next');
    if (i >= 1 && i <= PICTURES.length) {
      const output = page.locator(`[data-windowed-list-index="${i}"] .jp-GradLens-output`);
      await output.scrollIntoViewIfNeeded();
      await output.getByRole('img', { name: /^Grad-CAM/ }).waitFor();
    }
  }
  const hasAll = () =>
    viewsIn(join(folder, 'made.ipynb')).filter(({ metadata }) => metadata.gradlens?.results?.planes.length);
  for (
    const deadline = Date.now() + 180_000;
    hasAll().length < PICTURES.length || !existsSync(join(folder, 'tensors.npz'));
  ) {
    if (Date.now() > deadline) {
      throw new Error('The views were not kept within three minutes.');
    }
    await execute(page, 'docmanager:save');
    await page.waitForTimeout(500);
  }
  await page.context().close();
  return hasAll();
}

/** Milliseconds to the first and the last figure, and of the main thread. */
async function time(lab, name) {
  const page = await lab.newPage();
  try {
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('Performance.enable');
    const worked = async () => {
      const { metrics } = await devtools.send('Performance.getMetrics');
      return 1000 * (metrics.find(metric => metric.name === 'TaskDuration')?.value ?? NaN);
    };
    const before = await worked();
    const [first, last] = await page.evaluate(
      async ([path, drawn, count]) => {
        const frame = () => new Promise(resolve => globalThis.requestAnimationFrame(resolve));
        const started = performance.now();
        void globalThis.jupyterapp.commands.execute('docmanager:open', { path });
        const isDrawn = index => document.querySelector(`[data-windowed-list-index="${index}"] :is(${drawn})`) !== null;
        while (!isDrawn(0)) {
          await frame();
        }
        const atFirst = performance.now() - started;
        const outer = document.querySelector('.jp-WindowedPanel-outer');
        while (!isDrawn(count - 1)) {
          outer?.scrollBy(0, outer.clientHeight);
          await frame();
        }
        return [atFirst, performance.now() - started];
      },
      /** @type {[string, string, number]} */ ([`${name}.ipynb`, DRAWN[name], VIEWS])
    );
    return { first, last, work: (await worked()) - before };
  } finally {
    await page.context().close();
  }
}

async function main() {
  const { values } = parseArgs({ options: { rounds: { type: 'string', default: '3' } } });
  installPlotly();
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  cpSync(join(root, 'examples/models/tank.keras'), join(folder, 'tank.keras'));
  PICTURES.forEach(name => cpSync(join(root, 'examples/data', name), join(folder, name)));
  console.log(
    `Node ${process.version}, ${cpus().length} x ${cpus()[0].model.trim()}, load average ${loadavg()[0].toFixed(1)}`
  );
  const extensions = join(venv, 'share/jupyter/labextensions');
  const lab = await openLab(folder, [`--LabApp.extra_labextensions_path=${extensions}`]);
  /** @type {Record<string, { first: number, last: number, work: number }[]>} */
  const times = { views: [], map: [], all: [] };
  try {
    const made = await makeViews(lab);
    rmSync(join(folder, 'tank.keras'));
    run(join(venv, 'bin/python'), [
      join(root, 'bench/kept/plotly_figures.py'),
      join(folder, 'tensors.npz'),
      join(folder, 'figures.json')
    ]);
    const figures = JSON.parse(readFileSync(join(folder, 'figures.json'), 'utf8'));
    const repeated = output => Array.from({ length: VIEWS }, (_, i) => ['', [output(i % PICTURES.length, i)]]);
    const result = { output_type: 'display_data', metadata: {} };
    writeNotebook(
      join(folder, 'views.ipynb'),
      repeated((k, i) => {
        const { data, metadata } = made[k];
        return { ...result, metadata, data: { ...data, [TYPE]: { ...data[TYPE], id: `view-${i}` } } };
      })
    );
    for (const kind of ['map', 'all']) {
      writeNotebook(
        join(folder, `${kind}.ipynb`),
        repeated(k => ({ ...result, data: { 'application/vnd.plotly.v1+json': figures[kind][k] } }))
      );
    }
    Object.keys(times).forEach(name => trust(join(folder, `${name}.ipynb`)));
    for (let round = 0; round < Number(values.rounds); round++) {
      for (const [name, list] of Object.entries(times)) {
        list.push(await time(lab, name));
        const { first, last, work } = list[round];
        console.log(`round ${round + 1}: ${name} ${first.toFixed(0)}, ${last.toFixed(0)}, ${work.toFixed(0)} ms`);
      }
    }
  } finally {
    await lab.stop();
  }
  const titles = { views: 'GradLens, map and channels', map: 'Plotly, map alone', all: 'Plotly, map and channels' };
  const middle = (name, what) => median(times[name].map(one => one[what]));
  console.log('\n| | file | to the first | to the last | main thread |\n|---|---:|---:|---:|---:|');
  for (const [name, title] of Object.entries(titles)) {
    const cells = ['first', 'last', 'work'].map(what => {
      const ratio =
        name === 'views' ? '' : ` (GradLens ${(middle('views', what) / middle(name, what)).toFixed(2)} of it)`;
      return `${middle(name, what).toFixed(0)} ms${ratio}`;
    });
    const size = statSync(join(folder, `${name}.ipynb`)).size / 1e6;
    console.log(`| ${title} | ${size.toFixed(1)} MB | ${cells.join(' | ')} |`);
  }
  console.log(`\nload average at the end: ${loadavg()[0].toFixed(1)}`);
}

await main();
