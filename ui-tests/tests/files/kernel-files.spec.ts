import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IJupyterLabPageFixture } from '@jupyterlab/galata';
import type { Locator } from '@playwright/test';
import { expect, openNotebook, refresh, runAll, test, view, writeNotebook } from '../fixtures';

const served = process.env.GRADLENS_UI_ROOT ?? '';
const heatmap = (of: Locator): Locator => of.getByRole('img', { name: 'Grad-CAM of class 1 at conv4' });
let folder: string;

test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gradlens-outside-'));
  copyFileSync(join(served, 'models', 'tank.keras'), join(folder, 'elsewhere.keras'));
});
test.afterEach(() => rmSync(folder, { recursive: true }));

/** A view of a model outside the served folder, from a kernel that sends it slowly, in ten parts and more. */
async function showSlowly(page: IJupyterLabPageFixture): Promise<Locator> {
  writeNotebook(
    'slow.ipynb',
    [
      'import time',
      'import gradlens',
      'from gradlens._model import kernel_file as _comm',
      '',
      '_comm.MAX_PART = 20_000',
      '_comm._part = lambda *asked, part=_comm._part: (time.sleep(0.7), part(*asked))[1]',
      `gradlens.show(${JSON.stringify(join(folder, 'elsewhere.keras'))}, "data/test_tank_grey.png")`
    ].join('\n')
  );
  await refresh(page);
  await openNotebook(page, 'slow.ipynb');
  await runAll(page);
  const shown = await view(page, 0);
  // Some of it has come.
  await expect(shown.getByRole('progressbar', { name: /^Reading the model: [\d.]+ kB of 199 kB/ })).toBeVisible();
  return shown;
}

test('a model outside the served folder comes from the kernel, with its bytes and time left', async ({ page }) => {
  const shown = await showSlowly(page);
  await expect(
    shown.getByRole('progressbar', { name: /^Reading the model: [\d.]+ kB of 199 kB, \d+ s left$/ })
  ).toBeVisible();
  await expect(heatmap(shown)).toBeVisible();
});

test('cancelled, it stops; Try again reads it', async ({ page }) => {
  const shown = await showSlowly(page);
  await shown.getByRole('button', { name: 'Cancel' }).click();
  await expect(shown.getByRole('alert')).toContainText('Cancelled');
  await expect(shown.getByRole('progressbar')).toHaveCount(0);
  await shown.getByRole('button', { name: 'Try again' }).click();
  await expect(heatmap(shown)).toBeVisible();
});

test('a kernel restarted in the middle is said; the cell run again shows the model', async ({ page }) => {
  const shown = await showSlowly(page);
  await page.getByRole('menuitem', { name: 'Kernel', exact: true }).click();
  await page.getByRole('menuitem', { name: /^Restart Kernel…/ }).click();
  await page.getByRole('button', { name: 'Confirm Kernel Restart' }).click();
  await expect(shown.getByRole('alert')).toContainText(
    'The kernel that sends “elsewhere.keras” was restarted or stopped. Run the cell again.'
  );
  await expect(page.getByText(/\| Idle$/)).toBeVisible();
  await runAll(page);
  await expect(heatmap(await view(page, 0))).toBeVisible();
});
