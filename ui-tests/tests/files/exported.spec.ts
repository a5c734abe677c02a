/** Views where JupyterLab is not: a page from disk, with the network off. */
import { execFileSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from '@playwright/test';
import { expect, expectedPicture, heatmap, readPeak, test } from '../fixtures';

const folder = process.env.GRADLENS_UI_ROOT ?? '';

/** Runs Python in the folder of the examples, as a script without a notebook does. */
const python = (code: string): string =>
  execFileSync(resolve('..', '.venv/bin/python'), ['-c', code], { cwd: folder, encoding: 'utf8' });

/** Opens a file in a browser without a network; `asked` has what the page asked for all the same. */
async function openOffline(browser: Browser, file: string): Promise<{ page: Page; asked: string[] }> {
  const context = await browser.newContext({ storageState: undefined });
  await context.setOffline(true);
  const page = await context.newPage();
  const asked: string[] = [];
  page.on('request', request => {
    if (!/^(?:file|data|blob):/.test(request.url())) {
      asked.push(request.url());
    }
  });
  page.on('dialog', dialog => {
    asked.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('pageerror', error => asked.push(String(error)));
  await page.goto(pathToFileURL(join(folder, file)).href);
  return { page, asked };
}

test('a page with its model computes from disk, with the network off, what Keras computes', async ({ browser }) => {
  const label = '</script><script>alert(1)</script><img src=x onerror=alert(2)>';
  const said = python(`
import gradlens
view = gradlens.show("models/tank.keras", "data/test_tank_grey.png", labels=[${JSON.stringify(label)}, "tank"])
array = gradlens.heatmap([[0, 1], [2, 3]], name=${JSON.stringify(label)})
gradlens.export_html([view, array], "tank.html", model=True)
`);
  expect(said).toMatch(/tank\.html takes \d\.\d MB \(tank\.keras 0\.2 MB, the engine \d\.\d MB\)/);
  const { page, asked } = await openOffline(browser, 'tank.html');
  const view = page.locator('.jp-GradLens-output').first();
  const { maps } = expectedPicture('test_tank_grey.png');
  await expect(heatmap(view)).toHaveAccessibleName(/at conv4/);
  expect(Math.abs((await readPeak(view, maps.conv4)) / maps.conv4.max - 1)).toBeLessThan(1e-3);
  // Computes on: another layer.
  await view.getByRole('combobox', { name: 'Layer', exact: true }).fill('conv3');
  await page.getByRole('option', { name: /^conv3/ }).click();
  await expect(heatmap(view)).toHaveAccessibleName(/at conv3/);
  expect(Math.abs((await readPeak(view, maps.conv3)) / maps.conv3.max - 1)).toBeLessThan(1e-3);
  // Markup in names is text, and nothing of it ran.
  await expect(page.getByText(label).first()).toBeVisible();
  await expect(page.getByText('carries tank.keras')).toBeVisible();
  expect(asked).toEqual([]);
  await page.context().close();
});
