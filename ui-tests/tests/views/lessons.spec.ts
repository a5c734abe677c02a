import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { IJupyterLabPageFixture } from '@jupyterlab/galata';
import type { Locator } from '@playwright/test';
import { expect, heatmap, inFront, openNotebook, test } from '../fixtures';

const FOLDER = 'gradlens-examples';
const ROOT = process.env.GRADLENS_UI_ROOT ?? '';

interface Cell {
  cell_type: string;
  execution_count?: null;
  metadata: object;
  outputs?: [];
  id: string;
  source: string;
}

/** Of each exercise: code that answers wrongly, what the hint says, code that answers rightly. */
type Answers = Record<string, { wrong: string; hint: string; right: string }>;

const ANSWERS = JSON.parse(readFileSync(resolve('..', 'gradlens/tests/lessons/answers.json'), 'utf8')) as Record<
  string,
  Answers
>;

/** Runs the cells as a student would who is wrong first: each check is run on a wrong answer, then on a right one. */
function answered(cells: Cell[], answers: Answers): Cell[] {
  const made: Cell[] = [];
  const code = (id: string, source: string): number =>
    made.push({ cell_type: 'code', execution_count: null, id, metadata: {}, outputs: [], source });
  const isExercise = ({ id }: Cell): boolean => /^(?:answer|check)-/.test(id);
  for (let i = 0; i < cells.length; i++) {
    const cell = cells[i];
    if (!isExercise(cell)) {
      made.push(cell);
      continue;
    }
    const name = cell.id.replace(/^\w+-/, '');
    const end = cells.findIndex(({ id }) => id === `check-${name}`);
    const asked = cell.id.startsWith('answer-') ? cell.source : '';
    const between = cells.slice(i + 1, end);
    const refused = `try:\n    ${cells[end].source}\n    print("PASSED")\nexcept AssertionError as hint:\n    print("Not yet:", hint)`;
    if (name in answers) {
      code(`wrong-${name}`, `${asked}\n${answers[name].wrong}`);
      between.forEach(({ id, source }) => code(`wrong-${id}`, source));
      code(`refused-${name}`, refused);
      code(`right-${name}`, `${asked}\n${answers[name].right}`);
      made.push(...between, cells[end]);
    } else {
      code(`refused-${name}`, refused);
    }
    i = end;
  }
  return made;
}

/** What a notebook's cells have printed, by the cells' names; errors too. */
function printed(page: IJupyterLabPageFixture): Promise<Record<string, string>> {
  return page.evaluate(() => {
    const { content } = window.jupyterapp.shell.currentWidget as unknown as {
      content: { widgets: { model: { id: string; outputs?: { toJSON(): Record<string, string>[] } } }[] };
    };
    return Object.fromEntries(
      content.widgets.map(({ model }) => [
        model.id,
        (model.outputs?.toJSON() ?? [])
          .map(output => (output.output_type === 'error' ? `${output.ename}: ${output.evalue}` : (output.text ?? '')))
          .join('')
      ])
    );
  });
}

const runAll = (page: IJupyterLabPageFixture): Promise<unknown> =>
  page.evaluate(() => window.jupyterapp.commands.execute('notebook:run-all-cells'));

/** Covers a part of the picture, in shares of its size, under a name, and keeps what it did. */
async function keepCovered(
  page: IJupyterLabPageFixture,
  panel: Locator,
  name: string,
  [left, top, right, bottom]: number[]
): Promise<void> {
  const canvas = panel.getByRole('img', { name: 'Picture to cover' });
  await canvas.scrollIntoViewIfNeeded();
  const box = (await canvas.boundingBox()) as { x: number; y: number; width: number; height: number };
  await page.mouse.move(box.x + left * box.width, box.y + top * box.height);
  await page.mouse.down();
  await page.mouse.move(box.x + ((left + right) / 2) * box.width, box.y + ((top + bottom) / 2) * box.height);
  await page.mouse.move(box.x + right * box.width, box.y + bottom * box.height);
  await page.mouse.up();
  await expect(panel.getByLabel('Latency')).toHaveText(/^scores after \d+ ms · map \d+ ms$/);
  await panel.getByLabel('Name').fill(name);
  await panel.getByRole('button', { name: 'Keep', exact: true }).click();
  await expect(
    panel.getByRole('table', { name: 'Kept experiments' }).getByRole('row', { name: new RegExp(`^${name}`) })
  ).toBeVisible();
}

test.beforeAll(() => {
  execFileSync(resolve('..', '.venv/bin/python'), ['-c', 'import gradlens; gradlens.examples()'], { cwd: ROOT });
});

test('the lessons are those that have answers here', () => {
  const notebooks = readdirSync(join(ROOT, FOLDER)).filter(name => name.endsWith('.ipynb'));
  expect(notebooks.sort()).toEqual(Object.keys(ANSWERS));
});

for (const [name, answers] of Object.entries(ANSWERS)) {
  test(`${name}: wrong answers get a hint, right ones pass`, async ({ page }) => {
    const path = join(ROOT, FOLDER, name);
    const notebook = JSON.parse(readFileSync(path, 'utf8')) as { cells: (Cell & { source: string[] })[] };
    const cells = notebook.cells.map(cell => ({ ...cell, source: cell.source.join('') }));
    const checks = cells.filter(({ id }) => id.startsWith('check-')).map(({ id }) => id.slice('check-'.length));
    expect(checks.filter(check => check !== 'covered')).toEqual(Object.keys(answers));
    writeFileSync(path, JSON.stringify({ ...notebook, cells: answered(cells, answers) }));

    await openNotebook(page, `${FOLDER}/${name}`);
    await runAll(page);
    const said = await printed(page);
    for (const [exercise, { hint }] of Object.entries(answers)) {
      expect(said[`refused-${exercise}`], exercise).toMatch(/^Not yet: /);
      expect(said[`refused-${exercise}`], exercise).toContain(hint);
      expect(said[`check-${exercise}`], exercise).not.toContain('Hint');
    }
    expect(Object.values(said).filter(text => /Error|Hint:|PASSED/.test(text))).toEqual([]);
    expect(Object.keys(said)).toContain('end');
  });
}

test('an experiment on the tank and one on the sky, kept by hand, are the answer to lesson 3', async ({ page }) => {
  const notebook = JSON.parse(readFileSync(join(ROOT, FOLDER, '3-the-tank-and-the-sky.ipynb'), 'utf8')) as {
    cells: Cell[];
  };
  // As the test above left it: the check tells its hint.
  const chosen = notebook.cells.filter(({ id }) => ['start', 'reveal', 'refused-covered'].includes(id));
  writeFileSync(join(ROOT, FOLDER, 'covered.ipynb'), JSON.stringify({ ...notebook, cells: chosen }));
  await openNotebook(page, `${FOLDER}/covered.ipynb`);
  await runAll(page);
  expect((await printed(page))['refused-covered']).toContain('no experiment with a cover is kept');

  const first = inFront(page).locator('.jp-GradLens-output').first();
  await expect(heatmap(first)).toBeVisible();
  await first.getByRole('button', { name: 'Cover or change the picture' }).click();
  const panel = first.getByRole('group', { name: 'Experiment', exact: true });
  await panel.getByRole('button', { name: 'Rectangle' }).click();
  await keepCovered(page, panel, 'the tank', [0.18, 0.47, 0.76, 0.78]);
  await runLast(page);
  expect((await printed(page))['refused-covered']).toContain('none of those kept hides the sky');

  await panel.getByRole('img', { name: 'Picture to cover' }).focus();
  await page.keyboard.press('Control+z');
  await expect(panel.getByText('Draw over the picture to cover a part of it.')).toBeVisible();
  await keepCovered(page, panel, 'the sky', [0.01, 0.01, 0.99, 0.4]);
  await runLast(page);
  expect((await printed(page))['refused-covered']).toMatch(/^Right\. Without its tank it is a tank/);
});

/** Runs the last cell alone: the view keeps what was done in it. */
async function runLast(page: IJupyterLabPageFixture): Promise<void> {
  await page.evaluate(async () => {
    const { content } = window.jupyterapp.shell.currentWidget as unknown as {
      content: { widgets: unknown[]; activeCellIndex: number };
    };
    content.activeCellIndex = content.widgets.length - 1;
    await window.jupyterapp.commands.execute('notebook:run-cell');
  });
}

test('a card of the launcher opens the demo in a new notebook, and runs it', async ({ page, baseURL }) => {
  await page.getByRole('menuitem', { name: 'File', exact: true }).click();
  await page.getByRole('menuitem', { name: 'New Launcher' }).click();
  await page.getByRole('button', { name: 'Open Demo' }).last().click();
  const view = inFront(page).locator('.jp-GradLens-output');
  await expect(heatmap(view)).toHaveAccessibleName('Grad-CAM of tank at conv4');
  await expect(view.getByRole('listbox', { name: 'Images' }).getByRole('option')).toHaveCount(4);
  await expect(inFront(page).getByText('The network that learnt the weather.')).toBeVisible();
  await expect(page.getByRole('tab', { name: 'GradLens Demo.ipynb' })).toBeVisible();

  await test.step('which computes on when its kernel has ended', async () => {
    await page.evaluate(async () => {
      const { context } = window.jupyterapp.shell.currentWidget as unknown as {
        context: { save(): Promise<void>; sessionContext: { shutdown(): Promise<void> } };
      };
      await context.save();
      await context.sessionContext.shutdown();
    });
    await page.goto(`${baseURL}/lab?reset`, { waitForIsReady: false } as never);
    await page.evaluate(async () => {
      await window.jupyterapp.restored;
      const path = 'GradLens Demo.ipynb';
      await window.jupyterapp.commands.execute('docmanager:open', { path, kernelPreference: { shouldStart: false } });
    });
    await view.getByRole('button', { name: /^no tank/ }).click();
    await expect(heatmap(view)).toHaveAccessibleName('Grad-CAM of no tank at conv4');
    await view.getByRole('listbox', { name: 'Images' }).getByRole('option').nth(2).click();
    await expect(heatmap(view)).toHaveAccessibleName('Grad-CAM of no tank at conv4');
  });

  await test.step('opened once more, it has a number, and the first one stays', async () => {
    await page.evaluate(() => window.jupyterapp.commands.execute('gradlens:open-demo', {}));
    await expect(page.getByRole('tab', { name: 'GradLens Demo 1.ipynb' })).toBeVisible();
    // Of the class chosen in the first: views of one model are linked.
    await expect(heatmap(inFront(page))).toHaveAccessibleName('Grad-CAM of no tank at conv4');
  });
});

test('the command Copy Examples copies the lessons, and links to them', async ({ page }) => {
  await page.evaluate(() => window.jupyterapp.commands.execute('gradlens:open-examples', {}));
  const link = inFront(page).getByRole('link', { name: '1-one-number-at-a-time.ipynb' });
  await link.click();
  await expect(inFront(page).getByRole('heading', { name: '1. One number at a time' })).toBeVisible();
});
