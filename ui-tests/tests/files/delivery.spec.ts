import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { IJupyterLabPageFixture } from '@jupyterlab/galata';
import type { Locator } from '@playwright/test';
import { expect, openNotebook, runAll, test, view } from '../fixtures';
import { type FlakyProxy, flakyProxy } from '../flaky-proxy';
import { reload } from '../saved';

const served = process.env.GRADLENS_UI_ROOT ?? '';
const MODEL = /\/files\/models\/tank\.keras/;
const heatmap = (of: Locator): Locator => of.getByRole('img', { name: 'Grad-CAM of tank at conv4' });

/** Runs one cell's worth of the demo: its first view. */
async function runDemo(page: IJupyterLabPageFixture): Promise<Locator> {
  await openNotebook(page, 'demo.ipynb');
  await runAll(page);
  return view(page, 0);
}

test.describe('over a bad connection', () => {
  let proxy: FlakyProxy;

  test.beforeEach(async ({ page }) => {
    proxy = await flakyProxy(Number(process.env.GRADLENS_UI_PORT), MODEL);
    // Its address is another one, so it is signed in to as by the printed link.
    const { GRADLENS_UI_TOKEN: token } = process.env;
    await page.goto(`http://127.0.0.1:${proxy.port}/lens/lab?reset&token=${token}`, { waitForIsReady: false } as never);
    await page.locator('#jupyterlab-splash').waitFor({ state: 'detached' });
  });
  test.afterEach(() => proxy.close());

  test('a lost connection is taken up again where it broke', async ({ page }) => {
    // Slowly, since what a browser has not yet given to the page is lost with the connection.
    proxy.limit(60_000);
    proxy.breakAfter(80_000, 2);
    await expect(heatmap(await runDemo(page))).toBeVisible();
    const ranges = proxy.asked.map(({ range }) => range);
    expect(ranges[0]).toBeNull();
    expect(ranges).toHaveLength(3);
    // What came before each break is not asked for again.
    const starts = ranges.slice(1).map(range => Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1]));
    expect(starts[0]).toBeGreaterThan(40_000);
    expect(starts[1]).toBeGreaterThan(starts[0] + 40_000);
  });

  test('one that stays lost is said in the view; Try again goes on', async ({ page }) => {
    proxy.breakAfter(0, 1000);
    const first = await runDemo(page);
    await expect(first.getByRole('alert')).toContainText(
      'The connection to the Jupyter server was lost while reading “tank.keras”'
    );
    proxy.breakAfter(0, 0);
    await first.getByRole('button', { name: 'Try again' }).click();
    await expect(heatmap(first)).toBeVisible();
  });

  test('a slow one: bytes and time left, in the view and, out of sight, in a notification', async ({ page }) => {
    proxy.limit(15_000);
    const first = await runDemo(page);
    await expect(
      first.getByRole('progressbar', { name: /^Reading the model: [\d.]+ kB of 199 kB, \d+ s left$/ })
    ).toBeVisible();

    await test.step('another tab in front', async () => {
      await page.getByRole('menuitem', { name: 'File', exact: true }).click();
      await page.getByRole('menuitem', { name: 'New Launcher' }).click();
      const told = page.getByRole('alert').filter({ hasText: /tank\.keras · Reading the model: .* s left/ });
      await expect(told).toBeVisible();
      proxy.limit(null);
      await expect(page.getByRole('alert').filter({ hasText: 'tank.keras is ready.' })).toBeVisible();
      await expect(told).toHaveCount(0);
    });
    await test.step('Show brings the view back', async () => {
      await page
        .getByRole('alert')
        .filter({ hasText: 'tank.keras is ready.' })
        .getByRole('button', { name: 'Show' })
        .click();
      await expect(heatmap(first)).toBeVisible();
    });
  });

  test('a slow one can be cancelled from the notification', async ({ page }) => {
    proxy.limit(2000);
    const first = await runDemo(page);
    await page.getByRole('menuitem', { name: 'File', exact: true }).click();
    await page.getByRole('menuitem', { name: 'New Launcher' }).click();
    const told = page.getByRole('alert').filter({ hasText: 'tank.keras · Reading the model' });
    await told.getByRole('button', { name: 'Cancel' }).click();
    // Where another view of the model is in sight too, that one reads it now, and may tell so in its turn.
    await page.getByRole('tab', { name: 'demo.ipynb' }).click();
    await expect(first.getByRole('alert')).toContainText('Cancelled');
    proxy.limit(null);
    await first.getByRole('button', { name: 'Try again' }).click();
    await expect(heatmap(first)).toBeVisible();
  });
});

test('opened again, also after a reload, a model is not read from the server; cleared or changed, it is', async ({
  page
}) => {
  const copy = join(served, 'models', 'kept.keras');
  copyFileSync(join(served, 'models', 'tank.keras'), copy);
  let requests = 0;
  page.on('request', request => {
    requests += /\/files\/models\/kept\.keras/.test(request.url()) ? 1 : 0;
  });
  const open = async (): Promise<number> => {
    requests = 0;
    await reload(page);
    await page.evaluate(() => window.jupyterapp.commands.execute('gradlens:open-file', { path: 'models/kept.keras' }));
    const tab = page.locator('.jp-GradLens-opened');
    await expect(tab.getByText('11 layers', { exact: false }).first()).toBeVisible();
    return requests;
  };
  expect(await open()).toBeGreaterThan(0);
  // The copy is complete a little after the model is.
  await expect.poll(open).toBe(0);
  await page.evaluate(() => window.jupyterapp.commands.execute('gradlens:clear-cache'));
  await expect(page.getByText(/^199 kB of model files were deleted/)).toBeVisible();
  expect(await open()).toBeGreaterThan(0);
  await expect.poll(open).toBe(0);
  copyFileSync(join(served, 'models', 'tank.h5'), copy);
  expect(await open()).toBeGreaterThan(0);
  rmSync(copy);
});
