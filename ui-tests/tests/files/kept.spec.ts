/** A notebook keeps the state of its views: over saving and opening, in other browsers, when a cell runs again. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IJupyterLabPageFixture } from '@jupyterlab/galata';
import type { Locator } from '@playwright/test';
import { expect, heatmap, inFront, openNotebook, runAll, test, view } from '../fixtures';
import {
  close,
  inPage,
  onDisk,
  outlastWriting,
  outputsIn,
  reload,
  runNotebook,
  save,
  savedOutput,
  trust
} from '../saved';

const served = process.env.GRADLENS_UI_ROOT ?? '';
const SHOW = `gradlens.show("models/tank.keras", ["data/test_tank_blue.png", "data/test_tank_grey.png"], labels=["no tank", "tank"])`;

async function chooseLayer(of: Locator, layer: string): Promise<void> {
  await of.getByRole('combobox', { name: 'Layer' }).fill(layer);
  await of.page().keyboard.press('Enter');
}

/** Sets layer, class, image, look and zoom. */
async function setUp(of: Locator): Promise<void> {
  await expect(heatmap(of).first()).toBeVisible();
  await chooseLayer(of, 'conv2');
  await of.getByRole('option', { name: 'test_tank_grey.png' }).click();
  await of
    .getByRole('group', { name: 'Top classes' })
    .getByRole('button', { name: /^no tank/ })
    .click();
  await of.getByRole('checkbox', { name: 'Smooth' }).uncheck();
  const map = of.getByRole('img', { name: 'Grad-CAM of no tank at conv2' });
  await expect(map).toBeVisible();
  await map.focus();
  await of.page().keyboard.press('+');
  await expectSetUp(of);
}

async function expectSetUp(of: Locator): Promise<void> {
  await expect(of.getByRole('img', { name: 'Grad-CAM of no tank at conv2' })).toBeVisible();
  await expect(of.getByRole('option', { name: 'test_tank_grey.png' })).toHaveAttribute('aria-selected', 'true');
  await expect(of.getByRole('checkbox', { name: 'Smooth' })).not.toBeChecked();
  await expect(of.getByRole('button', { name: 'Reset zoom' })).toBeEnabled();
}

test('a view is as it was left: saved and opened, after a reload, in another browser; nothing is written', async ({
  page,
  browser
}) => {
  const name = 'kept.ipynb';
  await setUp(await runNotebook(page, name, SHOW));
  await save(page, name);
  const saved = onDisk(name);
  const { metadata, data } = savedOutput(name);
  expect(metadata.gradlens?.view).toMatchObject({ layer: 'conv2', target: 0, image: 1, smooth: false });
  expect(metadata.gradlens?.picture?.title).toBe('Grad-CAM of no tank at conv2');

  const isUntouched = async (of: IJupyterLabPageFixture): Promise<void> => {
    await expectSetUp(await view(of, 0));
    await outlastWriting(of);
    await of.getByRole('tab', { name }).click();
    const { dirty, text } = await inPage(of, name);
    expect(dirty).toBe(false);
    const [now] = outputsIn(JSON.parse(text));
    expect(now.metadata).toEqual(metadata);
    expect(now.data['image/png'] === data['image/png']).toBe(true);
    expect(onDisk(name)).toBe(saved);
  };

  await test.step('closed and opened', async () => {
    await close(page, name);
    await openNotebook(page, name);
    await isUntouched(page);
  });
  await test.step('after a reload', async () => {
    await reload(page);
    await inFront(page).locator('.jp-CodeCell').first().waitFor();
    await isUntouched(page);
  });
  await test.step('in another browser', async () => {
    const context = await browser.newContext({ storageState: process.env.GRADLENS_UI_SIGNED_IN });
    const other = (await context.newPage()) as unknown as IJupyterLabPageFixture;
    await other.goto(new URL('/lens/lab?reset', page.url()).href);
    await other.locator('#jupyterlab-splash').waitFor({ state: 'detached' });
    await openNotebook(other, name);
    await isUntouched(other);
    await context.close();
  });
});

test('a cell that runs again shows what was set, unless it now says otherwise; cleared, it begins anew', async ({
  page
}) => {
  const name = 'again.ipynb';
  const first = await runNotebook(page, name, SHOW.replace(')', ', layer="conv3")'));
  await setUp(first);
  await runAll(page);
  await expectSetUp(await view(page, 0));

  await test.step('after it was opened', async () => {
    await save(page, name);
    await close(page, name);
    await openNotebook(page, name);
    await runAll(page);
    await expectSetUp(await view(page, 0));
  });
  await test.step('with another layer in the call', async () => {
    const cell = inFront(page).locator('.jp-CodeCell').last().locator('.cm-content');
    await cell.fill(SHOW.replace(')', ', layer="conv4")'));
    await runAll(page);
    await expect((await view(page, 0)).getByRole('img', { name: 'Grad-CAM of no tank at conv4' })).toBeVisible();
  });
  await test.step('cleared', async () => {
    await page.evaluate(() => window.jupyterapp.commands.execute('notebook:clear-all-cell-outputs'));
    await runAll(page);
    await expect((await view(page, 0)).getByRole('checkbox', { name: 'Smooth' })).toBeChecked();
  });
});

test('a picture that no view has drawn yet is left as it is when the notebook is opened', async ({ page }) => {
  const name = 'drawn.ipynb';
  await expect(heatmap(await runNotebook(page, name, SHOW)).first()).toBeVisible();
  await save(page, name);
  // As a run without a browser leaves it.
  const notebook = JSON.parse(onDisk(name));
  const [output] = outputsIn(notebook);
  output.metadata = {};
  await close(page, name);
  writeFileSync(join(served, name), JSON.stringify(notebook));
  trust(name);
  await openNotebook(page, name);
  await expect(heatmap(await view(page, 0)).first()).toBeVisible();
  await outlastWriting(page);
  await page.getByRole('tab', { name }).click();
  expect((await inPage(page, name)).dirty).toBe(false);
});
