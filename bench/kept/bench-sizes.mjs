/**
 * `npm run bench:kept`: what the reference case takes in a notebook with three layers kept (run
 * `npm run build` before).
 *
 * In a real JupyterLab: the view looks at three layers, and at what makes a cell of each, and the
 * notebook is saved, first with the usual budget, then with all that was found. Then the same for two layers more, so
 * that each layer's share can be told. Sizes are those of the JSON in the file.
 */
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../scripts/setup.mjs';
import { beside } from './bench-kept.mjs';
import { execute, openLab, openNotebook, viewsIn, writeNotebook } from './lab-page.mjs';

const THREE = ['conv1_relu', 'pool3_conv', 'conv5_block32_concat'];
const MORE = ['pool2_conv', 'pool4_conv'];
const GOAL = 3e6;

const folder = join(root, '.work', 'bench-kept-sizes');
const notebook = join(folder, 'reference.ipynb');

const sizeOf = value => (value === undefined ? 0 : JSON.stringify(value).length);
const megabytes = bytes => (bytes === 0 ? '–' : `${(bytes / 1e6).toFixed(3)} MB`);

/** Looks at a layer, and at what makes the middle cell of its map. */
async function lookAt(page, layer) {
  await execute(page, 'gradlens:set-layer', { layer });
  const map = page.getByRole('img', { name: new RegExp(`^Grad-CAM of .* at ${layer}$`) });
  await map.press('ArrowRight');
  await map.press('Enter');
  await page
    .getByRole('group', { name: 'What makes this cell' })
    .getByText(/all sum to/)
    .waitFor();
}

/** Chooses how much is kept, saves, and reads what is kept. */
async function saved(page, choice) {
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  const kept = page.getByRole('group', { name: 'Kept in the notebook' });
  await kept.getByRole('combobox').selectOption({ index: choice === 'more' ? 1 : 0 });
  const said = await kept.getByRole('status').innerText();
  await page.keyboard.press('Escape');
  await execute(page, 'docmanager:save');
  const [{ metadata }] = viewsIn(notebook);
  return { said, results: metadata.gradlens.results };
}

/** All that was found, once it is packed. */
async function all(page, layers) {
  for (const deadline = Date.now() + 60_000; ;) {
    const kept = await saved(page, 'more');
    if (layers.every(layer => partsOf(kept.results, layer).parts > 0)) {
      return kept;
    }
    if (Date.now() > deadline) {
      throw new Error('The results were not packed within a minute.');
    }
    await page.waitForTimeout(200);
  }
}

const partsOf = (results, layer) => {
  const run = results.runs.find(({ about }) => about.layer === layer);
  const planes = results.planes.find(one => one.layer === layer);
  return { map: sizeOf(run?.map), planes: sizeOf(planes?.tensor), parts: sizeOf(run?.parts) };
};

async function main() {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  cpSync(join(root, 'examples/models/model.h5'), join(folder, 'model.h5'));
  cpSync(join(root, 'examples/data/china.jpg'), join(folder, 'china.jpg'));
  const show = `gradlens.show("model.h5", "china.jpg", preprocess="tf", layer="${THREE[0]}")`;
  writeNotebook(notebook, [
    ['import gradlens', []],
    [show, []]
  ]);
  const lab = await openLab(folder);
  try {
    const page = await lab.newPage();
    await openNotebook(page, 'reference.ipynb');
    await execute(page, 'notebook:run-all-cells');
    await page.getByRole('img', { name: /^Grad-CAM/ }).waitFor();
    for (const layer of THREE) {
      await lookAt(page, layer);
    }
    const three = await all(page, THREE);
    const usual = await saved(page, 'usual');
    for (const layer of MORE) {
      await lookAt(page, layer);
    }
    const { results: five } = await all(page, [...THREE, ...MORE]);

    console.log(
      '| reference case, layer | shape | map | feature maps | parts of a cell’s map |\n|---|---|---:|---:|---:|'
    );
    for (const layer of [...THREE, ...MORE]) {
      const { map, planes, parts } = partsOf(five, layer);
      const { shape } = five.planes.find(one => one.layer === layer).tensor;
      console.log(`| ${layer} | ${shape.join(' x ')} | ${[map, planes, parts].map(megabytes).join(' | ')} |`);
    }
    console.log(
      `\nThe model’s layers, once: ${megabytes(sizeOf(five.summary))}; scores: ${megabytes(sizeOf(five.outputs))}.`
    );
    for (const [name, { said, results }] of Object.entries({ 'Usual budget': usual, All: three })) {
      const left = THREE.flatMap(layer =>
        Object.entries(partsOf(results, layer))
          .filter(([part, size]) => size === 0 && partsOf(three.results, layer)[part] > 0)
          .map(([part]) => `${part} of ${layer}`)
      );
      console.log(
        `${name}, three layers: ${megabytes(sizeOf(results))}; left out: ${left.join(', ') || 'nothing'}. “${said}”`
      );
    }
    const largest = [...THREE, ...MORE]
      .map(layer => Object.values(partsOf(five, layer)).reduce((sum, size) => sum + size))
      .sort((a, b) => b - a)
      .slice(0, 3)
      .reduce((sum, size) => sum + size, sizeOf(five.summary));
    const sizes = {
      'three layers with all their parts': sizeOf(three.results),
      'the three largest of the five layers with all their parts': largest
    };
    Object.entries(sizes).forEach(([what, bytes]) => console.log(beside(what, bytes, GOAL)));
    process.exitCode = Math.max(...Object.values(sizes)) < GOAL ? 0 : 1;
  } finally {
    await lab.stop();
  }
}

await main();
