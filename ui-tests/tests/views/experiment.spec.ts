import { copyFileSync, existsSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Locator } from '@playwright/test';
import {
  expect,
  heatmap,
  openNotebook,
  refresh,
  runAll,
  runCell,
  runKeras,
  test,
  view,
  writeNotebook
} from '../fixtures';
import { close, inPage, onDisk, outlastWriting, runNotebook, save } from '../saved';

const NOTEBOOK = 'experiment.ipynb';
const CELL = `import gradlens
gradlens.show("models/tank.keras", "data/test_tank_grey.png", labels=["no tank", "tank"])`;

/** Rows and columns of the demo's pictures. */
const SIDE = 128;
/** As (top, left, bottom, right): the sky, as far as the pointer is dragged, and the tank, as far as keys walk. */
const SKY = [0, 0, 52, SIDE];
const TANK = [64, 24, 95, 103];

/** Keras gives four digits of the class's probability as the table shows them; the last one may be rounded otherwise. */
const LAST_DIGIT = 1.01e-4;

const experiment = (of: Locator): Locator => of.getByRole('group', { name: 'Experiment', exact: true });
const open = (of: Locator): Promise<void> => of.getByRole('button', { name: 'Cover or change the picture' }).click();
const keptRow = (panel: Locator): Locator =>
  panel.getByRole('table', { name: 'Kept experiments' }).getByRole('row', { name: /^upper half/ });

/** The scores of "tank" before and after. */
async function scores(panel: Locator): Promise<number[]> {
  const cells = panel
    .getByRole('row', { name: /^tank / })
    .first()
    .getByRole('cell');
  return (await cells.allInnerTexts()).slice(0, 2).map(Number);
}

/** Waits for them: while a shape grows, scores of smaller ones come first. */
async function expectScores(panel: Locator, wanted: readonly number[]): Promise<void> {
  await expect
    .poll(async () => {
      const seen = await scores(panel);
      return Math.max(...wanted.map((score, i) => Math.abs(score - seen[i])));
    })
    .toBeLessThan(LAST_DIGIT);
}

test('covering the sky flips the class, covering the tank does not, as Keras says', async ({ page }) => {
  const root = process.env.GRADLENS_UI_ROOT ?? '';
  const out = join(root, 'covered.json');
  const boxes = JSON.stringify([[0, 0, 0, 0], SKY, TANK]);
  runKeras('covered.py', join(root, 'models/tank.keras'), join(root, 'data/test_tank_grey.png'), out, boxes);
  const [plain, sky, tank] = (JSON.parse(readFileSync(out, 'utf8')) as number[][]).map(
    ([, probability]) => probability
  );
  expect(sky).toBeLessThan(0.5);
  expect(tank).toBeGreaterThan(0.5);

  writeNotebook(NOTEBOOK, CELL);
  await refresh(page);
  await openNotebook(page, NOTEBOOK);
  await runAll(page);
  const first = await view(page, 0);
  await expect(heatmap(first)).toBeVisible();
  await open(first);
  const panel = experiment(first);
  const canvas = panel.getByRole('img', { name: 'Picture to cover' });
  await panel.getByRole('button', { name: 'Rectangle' }).click();

  await test.step('the sky, by the pointer', async () => {
    await canvas.hover({ position: { x: 1, y: 1 } });
    const box = (await canvas.boundingBox()) as { x: number; y: number; width: number; height: number };
    await page.mouse.down();
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 4);
    await page.mouse.move(box.x + box.width + 20, box.y + (box.height * SKY[2]) / SIDE);
    await page.mouse.up();
    await expect(panel.getByText('“tank” becomes “no tank”')).toBeVisible();
    await expect(panel.getByRole('img', { name: /^Difference: Grad-CAM of tank/ })).toBeVisible();
    await expectScores(panel, [plain, sky]);
    await expect(panel.getByLabel('Latency')).toHaveText(/^scores after \d+ ms · map \d+ ms$/);
    await panel.getByLabel('Name').fill('the sky');
    await panel.getByRole('button', { name: 'Keep', exact: true }).click();
  });

  await test.step('the tank, by keys', async () => {
    await canvas.focus();
    await page.keyboard.press('Control+z');
    await expect(panel.getByText('Draw over the picture to cover a part of it.')).toBeVisible();
    const walk = async (key: string, times: number): Promise<void> => {
      for (let i = 0; i < times; i++) {
        await page.keyboard.press(key);
      }
    };
    // From the sky's corner, where the pointer is: to the tank's first corner, and to its last.
    await page.mouse.move(0, 0);
    await walk('ArrowLeft', 21);
    await page.keyboard.press('Enter');
    await walk('ArrowRight', 39);
    await walk('ArrowDown', 15);
    await page.keyboard.press('Enter');
    await expect(panel.getByText('It is still “tank”')).toBeVisible();
    await expectScores(panel, [plain, tank]);
    await panel.getByLabel('Name').fill('the tank');
    await page.keyboard.press('Enter');
    const kept = panel.getByRole('table', { name: 'Kept experiments' });
    await expect(kept.getByRole('row', { name: /^the sky .*no tank/ })).toBeVisible();
    await expect(kept.getByRole('row', { name: /^the tank / })).toBeVisible();
  });
});

test('experiments are kept with their view, and Python has them', async ({ page }) => {
  const name = 'kept-experiment.ipynb';
  const root = process.env.GRADLENS_UI_ROOT ?? '';
  copyFileSync(join(root, 'models/tank.keras'), join(root, 'models/covered.keras'));
  const made = await runNotebook(
    page,
    name,
    'v = gradlens.show("models/covered.keras", "data/test_tank_grey.png", labels=["no tank", "tank"])\nv',
    `import json
import numpy as np
for e in v.experiments:
    changed = gradlens.perturb("data/test_tank_grey.png", cover=e.mask, **e.settings)
    facts = {"repr": repr(e), "mask": str(e.mask.dtype), "shape": e.mask.shape, "covered": int(e.mask.sum())}
    facts["rows"] = np.flatnonzero(e.mask.all(axis=1)).tolist()
    facts["fill"] = e.settings["fill"]
    facts["grey"] = int(changed[0, 0, 0])
    facts["scores"] = [e.before.tolist(), e.after.tolist()]
    open("experiments.json", "w").write(json.dumps(facts))`
  );
  await expect(heatmap(made)).toBeVisible();
  await open(made);
  const panel = experiment(made);
  await panel.getByRole('button', { name: 'Rectangle' }).click();
  const canvas = panel.getByRole('img', { name: 'Picture to cover' });

  await test.step('axe finds nothing', async () => {
    const { violations } = await new AxeBuilder({ page: page }).include('.jp-GradLens-experiment').analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(node => node.html).join(' ')}`)).toEqual([]);
  });

  await test.step('cover the upper half in grey, and keep it', async () => {
    await panel.getByRole('combobox', { name: 'Fill with' }).selectOption('grey');
    await canvas.hover({ position: { x: 1, y: 1 } });
    const box = (await canvas.boundingBox()) as { x: number; y: number; width: number; height: number };
    await page.mouse.down();
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 4);
    await page.mouse.move(box.x + box.width + 20, box.y + box.height / 2);
    await page.mouse.up();
    await expect(panel.getByRole('img', { name: /^Difference: / })).toBeVisible();
    await panel.getByLabel('Name').fill('upper half');
    await page.keyboard.press('Enter');
    await expect(keptRow(panel)).toBeVisible();
  });
  const row = await keptRow(panel).innerText();

  await test.step('Python reads it', async () => {
    await runCell(page, 2);
    await expect.poll(() => existsSync(join(root, 'experiments.json'))).toBe(true);
    const facts = JSON.parse(readFileSync(join(root, 'experiments.json'), 'utf8')) as Record<string, unknown>;
    expect(facts).toMatchObject({
      mask: 'bool',
      shape: [SIDE, SIDE],
      covered: (SIDE * SIDE) / 2,
      fill: 'grey',
      grey: 128
    });
    expect(facts.rows).toEqual(Array.from({ length: SIDE / 2 }, (_, i) => i));
    const [before, after] = facts.scores as number[][];
    const [, , , was, is] = row.split('\t').map(text => text.trim());
    expect([before[1].toFixed(4), after[1].toFixed(4)]).toEqual([was, is]);
    expect(facts.repr).toMatch(/^<Experiment 'upper half' on .*test_tank_grey\.png, tank /);
  });

  await test.step('saved, closed and opened again, it is there, and nothing is changed', async () => {
    await expect.poll(async () => (await inPage(page, name)).text).toContain('"upper half"');
    await save(page, name);
    await close(page, name);
    const saved = onDisk(name);
    await openNotebook(page, name);
    const again = await view(page, 0);
    await expect(heatmap(again)).toBeVisible();
    await open(again);
    await expect(keptRow(experiment(again))).toHaveText(row.replaceAll('\t', ''));
    // What was on the screen is computed again.
    await expect(experiment(again).getByRole('img', { name: /^Difference: / })).toBeVisible();
    await outlastWriting(page);
    expect((await inPage(page, name)).dirty).toBe(false);
    expect(onDisk(name)).toBe(saved);
    await close(page, name);
  });

  await test.step('without the model its scores are there to read', async () => {
    renameSync(join(root, 'models/covered.keras'), join(root, 'models/uncovered.keras'));
    await openNotebook(page, name);
    const stored = await view(page, 0);
    await expect(stored.getByText('as stored with the notebook')).toBeVisible();
    const kept = stored.getByRole('group', { name: 'Kept experiments' });
    await expect(keptRow(kept)).toHaveText(row.replaceAll('\t', '').replace(/Remove$/, ''));
    await expect(kept.getByRole('button')).toHaveCount(0);
  });
});

test('memory after 500 strokes is what it was after 20', async ({ page }) => {
  test.setTimeout(600_000);
  const made = await runNotebook(
    page,
    'strokes.ipynb',
    'gradlens.show("models/tank.keras", "data/test_tank_grey.png")'
  );
  await expect(heatmap(made)).toBeVisible();
  await open(made);
  const panel = experiment(made);
  const canvas = panel.getByRole('img', { name: 'Picture to cover' });
  await canvas.focus();
  const devtools = await page.context().newCDPSession(page.context().pages()[0]);
  /** Bytes of the page's heap and of its arrays, and nodes, after a garbage collection. */
  const held = async (): Promise<{ bytes: number; nodes: number }> => {
    await expect(panel).toHaveAttribute('aria-busy', 'false');
    await devtools.send('HeapProfiler.collectGarbage');
    await devtools.send('HeapProfiler.collectGarbage');
    const { usedSize, backingStorageSize } = await devtools.send('Runtime.getHeapUsage');
    const { nodes } = await devtools.send('Memory.getDOMCounters');
    return { bytes: usedSize + backingStorageSize, nodes };
  };
  const strokes = async (count: number, from: number): Promise<void> => {
    for (let i = from; i < from + count; i++) {
      // To and fro, and down, so that each stroke covers what none covered.
      await page.keyboard.press(i % 12 === 11 ? 'ArrowDown' : Math.floor(i / 12) % 2 ? 'ArrowLeft' : 'ArrowRight');
      await page.keyboard.press('Enter');
    }
  };
  // From the middle to the top.
  for (let i = 0; i < 30; i++) {
    await page.keyboard.press('ArrowUp');
  }
  await strokes(20, 0);
  const early = await held();
  await strokes(480, 20);
  const late = await held();
  // The history holds 200 masks, each of as many numbers as its outline has rows, and no picture or map.
  test.info().annotations.push({ type: 'held', description: JSON.stringify({ early, late }) });
  expect(late.bytes - early.bytes).toBeLessThan(8e6);
  expect(late.nodes - early.nodes).toBeLessThan(500);
});
