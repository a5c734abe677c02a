/** Stories, presentations and the tour. */
import { copyFileSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { IJupyterLabPageFixture } from '@jupyterlab/galata';
import type { Locator } from '@playwright/test';
import { expect, heatmap, openNotebook, test, value, view } from '../fixtures';
import { close, runNotebook, save, savedOutput } from '../saved';

const served = (name: string): string => join(process.env.GRADLENS_UI_ROOT ?? '', name);
const IMAGES = '["data/test_tank_blue.png", "data/test_tank_grey.png"]';
const show = (model: string): string => `gradlens.show("${model}", ${IMAGES}, labels=["no tank", "tank"])`;

const storyIn = (of: Locator): Locator => of.getByRole('group', { name: 'Story', exact: true });
const map = (of: Locator, layer: string): Locator =>
  of.getByRole('img', { name: new RegExp(`^Grad-CAM of (no )?tank at ${layer}$`) });

async function chooseLayer(of: Locator, layer: string): Promise<void> {
  await of.getByRole('combobox', { name: 'Layer' }).fill(layer);
  await of.page().keyboard.press('Enter');
  await expect(map(of, layer)).toBeVisible();
}

async function openStory(of: Locator): Promise<Locator> {
  await of.getByRole('button', { name: 'Story and presentation' }).click();
  await expect(storyIn(of)).toBeVisible();
  return storyIn(of);
}

/** Records two steps: conv2, then conv4 behind a question. */
async function record(of: Locator): Promise<void> {
  await expect(heatmap(of).first()).toBeVisible();
  const story = await openStory(of);
  await story.getByRole('button', { name: 'Record' }).click();
  await chooseLayer(of, 'conv2');
  await story.getByRole('textbox', { name: 'Sentence', exact: true }).fill('Edges <b>everywhere</b>.');
  await story.getByRole('button', { name: 'Record this view' }).click();
  await expect(story.getByText('Step 1 of 1')).toBeVisible();
  await chooseLayer(of, 'conv4');
  await story.getByRole('textbox', { name: 'Sentence', exact: true }).fill('It looks at the sky.');
  await story.getByRole('textbox', { name: 'Question before it' }).fill('Where does the last layer look?');
  await story.getByRole('button', { name: 'Record this view' }).click();
  await expect(story.getByText('Step 2 of 2')).toBeVisible();
}

/** Plays the two steps by keys, from before the first. */
async function play(of: Locator, page: IJupyterLabPageFixture): Promise<void> {
  const story = storyIn(of);
  await expect(story.getByText('2 steps')).toBeVisible();
  await story.getByRole('button', { name: 'Begin' }).press('Enter');
  await expect(story.getByText('Step 1 of 2')).toBeVisible();
  // Markup is text.
  await expect(story.getByText('Edges <b>everywhere</b>.')).toBeVisible();
  await expect(map(of, 'conv2')).toBeVisible();
  await page.keyboard.press('ArrowRight');
  const answer = story.getByRole('textbox', { name: 'Where does the last layer look?' });
  await expect(answer).toBeFocused();
  await expect(story.getByText('It looks at the sky.')).toHaveCount(0);
  await expect(map(of, 'conv2')).toBeVisible();
  await expect(story.getByRole('button', { name: 'Next' })).toHaveAttribute('aria-disabled', 'true');
  await page.keyboard.type('At the tank');
  await page.keyboard.press('Enter');
  // The field is gone with its question: the keys go on from here.
  await expect(story.getByRole('button', { name: 'Next' })).toBeFocused();
  await expect(story.getByText('It looks at the sky.')).toBeVisible();
  await expect(story.getByText('You said: At the tank')).toBeVisible();
  await expect(map(of, 'conv4')).toBeVisible();
  await story.getByRole('button', { name: 'Back' }).click();
  await expect(map(of, 'conv2')).toBeVisible();
}

test('a story is recorded, kept with the notebook, and told where there is neither model nor kernel', async ({
  page
}) => {
  const name = 'story.ipynb';
  copyFileSync(served('models/tank.keras'), served('models/story.keras'));
  await record(await runNotebook(page, name, show('models/story.keras')));
  await save(page, name);
  expect(savedOutput(name).metadata.gradlens).toMatchObject({
    story: {
      version: 1,
      steps: [{ text: 'Edges <b>everywhere</b>.' }, { question: 'Where does the last layer look?' }]
    }
  });
  await close(page, name);
  rmSync(served('models/story.keras'));
  await page.evaluate(() => window.jupyterapp.serviceManager.sessions.shutdownAll());
  // The browser may still have the model.
  await page.evaluate(async () => {
    for (const { name: database } of await indexedDB.databases()) {
      indexedDB.deleteDatabase(database ?? '');
    }
  });
  await openNotebook(page, name);
  await play(await view(page, 0), page);
});

test('a story goes as a file, and a file that is none gets a sentence', async ({ page }) => {
  const name = 'story-file.ipynb';
  const of = await runNotebook(page, name, show('models/tank.keras'));
  await record(of);
  const story = storyIn(of);
  const download = page.waitForEvent('download');
  await story.getByRole('button', { name: 'Save story' }).click();
  const path = await (await download).path();
  expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ version: 1, steps: [{}, {}] });

  await story.getByRole('button', { name: 'Delete step 2' }).click();
  await story.getByRole('button', { name: 'Delete step 1' }).click();
  await expect(story.getByText('no step yet')).toBeVisible();
  const file = story.getByLabel('File of a story');
  const hostile = { version: 1, steps: [{ view: {}, text: '', onload: '<script>' }] };
  await file.setInputFiles({
    name: 'hostile.json',
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify(hostile))
  });
  await expect(story.getByRole('alert')).toHaveText(
    'GradLens cannot tell this story: in step 1, “onload” is no property of a step.'
  );
  await file.setInputFiles(path);
  await expect(story.getByText('Step 1 of 2')).toBeVisible();
  await expect(map(of, 'conv2')).toBeVisible();
  await save(page, name);
});

test('a view is presented: large, alone, steered by keys; Escape leaves', async ({ page }) => {
  const name = 'present.ipynb';
  const of = await runNotebook(page, name, show('models/tank.keras'));
  await record(of);
  await storyIn(of).getByRole('button', { name: 'Show step 1' }).click();
  const opener = storyIn(of).getByRole('button', { name: 'Present' });
  await opener.click();
  const presented = page.getByRole('dialog', { name: 'Presentation of tank.keras' });
  await expect(map(presented, 'conv2')).toBeVisible();
  await expect(presented.getByRole('combobox')).toHaveCount(0);
  await expect(presented.getByRole('button', { name: 'Record this view' })).toHaveCount(0);
  await page.keyboard.press('ArrowDown');
  await expect(presented.getByText('pool2 · test_tank_blue.png')).toBeVisible();
  await page.keyboard.press('ArrowRight');
  await expect(presented.getByText('pool2 · test_tank_grey.png')).toBeVisible();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('PageDown');
  await expect(presented.getByText('Step 2 of 2')).toBeVisible();
  await expect(map(presented, 'conv4')).toBeVisible();
  // The map takes the keys only from those who go to it by keys.
  await map(presented, 'conv4').click();
  await page.keyboard.press('PageUp');
  await expect(presented.getByText('Step 1 of 2')).toBeVisible();
  const size = (at: Locator): Promise<number> => at.evaluate(node => parseFloat(getComputedStyle(node).fontSize));
  expect(await size(presented.getByText('Edges <b>everywhere</b>.'))).toBeGreaterThan(
    await size(storyIn(of).getByText('Edges <b>everywhere</b>.'))
  );
  await page.keyboard.press('Escape');
  await expect(presented).toHaveCount(0);
  await expect(opener).toBeFocused();
  await expect(map(of, 'conv2')).toBeVisible();
  await save(page, name);
});

for (const [how, style] of [
  ['a transform, as reveal.js scales slides', { transform: 'scale(0.6)', transformOrigin: '0 0' }],
  ['a transform that enlarges', { transform: 'scale(1.5)', transformOrigin: '0 0' }],
  ['CSS zoom', { zoom: '0.7' }]
] as const) {
  test(`the pointer is where it points at under ${how}`, async ({ page }) => {
    const name = 'scaled.ipynb';
    const of = await runNotebook(page, name, show('models/tank.keras'));
    await expect(heatmap(of).first()).toBeVisible();
    await of.evaluate((node, own) => void Object.assign((node as HTMLElement).style, own), style);
    const canvas = heatmap(of).first();
    await canvas.scrollIntoViewIfNeeded();
    const shape = /row (\d+), column (\d+) of (\d+)×(\d+)/;
    for (const [x, y] of [
      // Of 16 cells a side, well inside of one.
      [1.5 / 16, 0.5 / 16],
      [8.5 / 16, 4.5 / 16],
      [14.5 / 16, 15.5 / 16]
    ]) {
      await expect(async () => {
        const box = await canvas.boundingBox();
        await page.mouse.move((box?.x ?? 0) + x * (box?.width ?? 0), (box?.y ?? 0) + y * (box?.height ?? 0));
        const [, row, column, height, width] = (await value(of).innerText()).match(shape)?.map(Number) ?? [];
        expect([row, column]).toEqual([Math.floor(y * height), Math.floor(x * width)]);
      }).toPass({ timeout: 10_000 });
    }
    await save(page, name);
  });
}

test('the tour leads through the view and the sidebar, by keys; Escape ends it', async ({ page }) => {
  const name = 'tour.ipynb';
  const of = await runNotebook(page, name, show('models/tank.keras'));
  await expect(heatmap(of).first()).toBeVisible();
  const toured = page.evaluate(() => window.jupyterapp.commands.execute('gradlens:show-tour'));
  await expect(page.getByRole('dialog', { name: 'Tour: The heatmap' })).toBeVisible();
  await expect(page.getByText('1 of 8')).toBeVisible();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('dialog', { name: 'Tour: The layer' })).toBeVisible();
  await page.keyboard.press('ArrowLeft');
  await expect(page.getByRole('dialog', { name: 'Tour: The heatmap' })).toBeVisible();
  for (const stop of ['The layer', 'The method', 'The classes', 'The feature maps', 'Measure, cover, change']) {
    await page.keyboard.press('Enter');
    await expect(page.getByRole('dialog', { name: `Tour: ${stop}` })).toBeInViewport();
  }
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await toured;
  expect(await page.evaluate(() => window.jupyterapp.commands.isToggled('gradlens:show-tour'))).toBe(true);
  await save(page, name);
});
