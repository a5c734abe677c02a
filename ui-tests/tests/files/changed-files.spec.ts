/**
 * A model file that is another one than the cell saw, or is gone: nothing else is shown in its place without a word.
 */
import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { IJupyterLabPageFixture } from '@jupyterlab/galata';
import type { Locator } from '@playwright/test';
import { expect, heatmap, inFront, openNotebook, test, view } from '../fixtures';
import { close, inPage, onDisk, outlastWriting, runNotebook, save, savedOutput } from '../saved';

const models = join(process.env.GRADLENS_UI_ROOT ?? '', 'models');
const IMAGES = '["data/test_tank_grey.png", "data/test_tank_blue.png"], labels=["no tank", "tank"]';
const CHANGED = /has been written again since this cell ran/;
const COMPUTED = 'As last computed: Grad-CAM of tank at conv4';

/** Runs and saves a notebook of a model of its own, and closes it. */
async function keepNotebook(page: IJupyterLabPageFixture, name: string): Promise<void> {
  copyFileSync(join(models, 'tank.keras'), join(models, `${name}.keras`));
  const first = await runNotebook(page, `${name}.ipynb`, `gradlens.show("models/${name}.keras", ${IMAGES})`);
  await expect(heatmap(first).first()).toBeVisible();
  // With results, the view would be live: stored-results.spec.ts.
  await first.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByRole('combobox', { name: 'Keep in the notebook' }).selectOption('only the picture');
  await page.keyboard.press('Escape');
  await save(page, `${name}.ipynb`);
  expect(savedOutput(`${name}.ipynb`).metadata.gradlens?.picture?.title).toBe('Grad-CAM of tank at conv4');
  await close(page, `${name}.ipynb`);
}

/** Shows what the notebook holds, and offers nothing that cannot be done. */
async function expectStored(of: Locator, name: string): Promise<void> {
  const stored = of.getByRole('img', { name: COMPUTED });
  await expect(stored).toBeVisible();
  const png = savedOutput(`${name}.ipynb`).data['image/png'].replace(/\n/g, '');
  expect((await stored.getAttribute('src')) === `data:image/png;base64,${png}`).toBe(true);
  await expect(of.getByRole('combobox', { name: 'Layer' })).toBeDisabled();
  await expect(of.getByRole('combobox', { name: 'Method' })).toBeDisabled();
  await expect(of.getByRole('slider', { name: 'Opacity' })).toBeDisabled();
  await expect(of.getByRole('checkbox', { name: 'Smooth' })).toBeDisabled();
  await expect(of.getByRole('button', { name: 'Display' })).toBeDisabled();
  await expect(of.getByRole('option', { name: 'test_tank_blue.png' })).toBeDisabled();
}

async function expectUntouched(page: IJupyterLabPageFixture, name: string, saved: string): Promise<void> {
  await outlastWriting(page);
  await page.getByRole('tab', { name: `${name}.ipynb` }).click();
  expect((await inPage(page, `${name}.ipynb`)).dirty).toBe(false);
  expect(onDisk(`${name}.ipynb`)).toBe(saved);
}

test('opened without its model: the stored heatmap as last computed, and no control that cannot work', async ({
  page
}) => {
  await keepNotebook(page, 'gone');
  const saved = onDisk('gone.ipynb');
  rmSync(join(models, 'gone.keras'));
  await openNotebook(page, 'gone.ipynb');
  const first = await view(page, 0);
  await expect(first.getByRole('alert')).toContainText('There is no file “models/gone.keras”');
  await expectStored(first, 'gone');
  await expectUntouched(page, 'gone', saved);

  await test.step('the model is back', async () => {
    copyFileSync(join(models, 'tank.keras'), join(models, 'gone.keras'));
    await (await view(page, 0)).getByRole('button', { name: 'Try again' }).click();
    await expect(first.getByRole('img', { name: 'Grad-CAM of tank at conv4', exact: true })).toBeVisible();
    await expect(first.getByRole('combobox', { name: 'Layer' })).toBeEnabled();
  });
});

test('opened with another file under the path: said, with what was computed; taken, it is remembered', async ({
  page
}) => {
  await keepNotebook(page, 'other');
  const saved = onDisk('other.ipynb');
  copyFileSync(join(models, 'tank.h5'), join(models, 'other.keras'));
  await openNotebook(page, 'other.ipynb');
  const first = await view(page, 0);
  await expect(first.getByRole('alert')).toContainText(CHANGED);
  await expectStored(first, 'other');
  await first.getByRole('button', { name: 'Stay with what was computed' }).click();
  await expect(first.getByRole('alert')).toHaveCount(0);
  await expectStored(first, 'other');
  await expectUntouched(page, 'other', saved);

  await first.getByRole('button', { name: 'Show the file as it is now' }).click();
  const live = first.getByRole('img', { name: 'Grad-CAM of tank at conv4', exact: true });
  await expect(live).toBeVisible();
  await expect(first.getByText('this is the file as it was read now')).toBeVisible();
  await save(page, 'other.ipynb');
  await close(page, 'other.ipynb');
  await openNotebook(page, 'other.ipynb');
  const again = await view(page, 0);
  await expect(again.getByRole('img', { name: 'Grad-CAM of tank at conv4', exact: true })).toBeVisible();
  await expect(again.getByText('this is the file as it was read now')).toBeVisible();
});

test('of two cells with one path, the first says that the file was overwritten before its view read it', async ({
  page
}) => {
  copyFileSync(join(models, 'tank.keras'), join(models, 'twice.keras'));
  let release = (): void => undefined;
  const held = new Promise<void>(done => (release = done));
  await page.route(/\/api\/contents\/models\/twice\.keras/, async route => {
    await held;
    await route.continue();
  });
  const show = `gradlens.show("models/twice.keras", ${IMAGES})`;
  const first = await runNotebook(
    page,
    'twice.ipynb',
    show,
    `import shutil\nshutil.copy("models/tank.h5", "models/twice.keras")\n${show}`
  );
  release();
  await expect(first.getByRole('alert')).toContainText(CHANGED);
  const second = await view(page, 1);
  await expect(heatmap(second).first()).toBeVisible();
  await expect(second.getByRole('alert')).toHaveCount(0);
  await (await view(page, 0)).getByRole('button', { name: 'Show the file as it is now' }).click();
  await expect(heatmap(first).first()).toBeVisible();
});

test('the fingerprint of a file too large to wait for comes after the view, which then compares', async ({ page }) => {
  copyFileSync(join(models, 'tank.keras'), join(models, 'late.keras'));
  const first = await runNotebook(
    page,
    'late.ipynb',
    [
      'import shutil, threading',
      'from gradlens._model import fingerprint',
      'from gradlens._output import view',
      'view.PATIENCE = 0',
      'go_on = threading.Event()',
      'digest = fingerprint._digest',
      'def slow(path):',
      '    found = digest(path)',
      '    if str(path).endswith(".keras"):',
      '        go_on.wait()',
      '    return found',
      'fingerprint._digest = slow',
      `gradlens.show("models/late.keras", ${IMAGES})`
    ].join('\n')
  );
  await expect(heatmap(first).first()).toBeVisible();
  expect((await inPage(page, 'late.ipynb')).text).not.toContain('"fingerprint"');
  await first.getByRole('checkbox', { name: 'Smooth' }).uncheck();
  await page.evaluate(() => window.jupyterapp.commands.execute('notebook:insert-cell-below'));
  await inFront(page).locator('.jp-CodeCell').last().locator('.cm-content').fill('go_on.set()');
  await page.keyboard.press('Control+Enter');
  await expect.poll(async () => (await inPage(page, 'late.ipynb')).text).toContain('"fingerprint"');
  await expect(heatmap(first).first()).toBeVisible();
  await expect(first.getByRole('alert')).toHaveCount(0);
  await expect.poll(async () => (await inPage(page, 'late.ipynb')).text).toContain('"smooth":false');
});
