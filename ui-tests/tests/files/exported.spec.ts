/** Views where JupyterLab is not: a page from disk, with the network off. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Locator, Page } from '@playwright/test';
import {
  expect,
  expectedPicture,
  heatmap,
  openNotebook,
  openPanel,
  readPeak,
  refresh,
  runAll,
  runCell,
  test,
  view,
  writeNotebook
} from '../fixtures';

const folder = process.env.GRADLENS_UI_ROOT ?? '';

/** Runs Python in the folder of the examples, as a script without a notebook does. */
const python = (code: string): string =>
  execFileSync(resolve('..', '.venv/bin/python'), ['-c', code], { cwd: folder, encoding: 'utf8' });

/** Opens a file in a browser without a network; `asked` has what the page asked for all the same. */
async function openOffline(browser: Browser, file: string, isQuiet = false): Promise<{ page: Page; asked: string[] }> {
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
  page.on('console', said => {
    if (isQuiet && said.type() !== 'info') {
      asked.push(`console: ${said.text()}`);
    }
  });
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
  const first = page.locator('.jp-GradLens-output').first();
  const { maps } = expectedPicture('test_tank_grey.png');
  await expect(heatmap(first)).toHaveAccessibleName(/at conv4/);
  expect(Math.abs((await readPeak(first, maps.conv4)) / maps.conv4.max - 1)).toBeLessThan(1e-3);
  // Computes on: another layer.
  await first.getByRole('combobox', { name: 'Layer', exact: true }).fill('conv3');
  await page.getByRole('option', { name: /^conv3/ }).click();
  await expect(heatmap(first)).toHaveAccessibleName(/at conv3/);
  expect(Math.abs((await readPeak(first, maps.conv3)) / maps.conv3.max - 1)).toBeLessThan(1e-3);
  // Markup in names is text, and nothing of it ran.
  await expect(page.getByText(label).first()).toBeVisible();
  await expect(page.getByText('carries tank.keras')).toBeVisible();
  expect(asked).toEqual([]);
  await page.context().close();
});

test('nbconvert’s page has live views in place of pictures, linked, with the network off', async ({ browser }) => {
  python(`
import nbformat
import gradlens
from gradlens.nbconvert import GradLensHTMLExporter
notebook = nbformat.v4.new_notebook()
for name in ("test_tank_grey.png", "test_field_blue.png"):
    view = gradlens.show("models/tank.keras", "data/" + name, labels=["no tank", "tank"])
    output = nbformat.v4.new_output("display_data", view._repr_mimebundle_())
    notebook.cells.append(nbformat.v4.new_code_cell("show()", outputs=[output]))
exporter = GradLensHTMLExporter(config={"GradLensPreprocessor": {"model": True}})
with open("report.html", "w", encoding="utf-8") as file:
    file.write(exporter.from_notebook_node(notebook, {"metadata": {"path": ".", "name": "report"}})[0])
`);
  const { page } = await openOffline(browser, 'report.html');
  const views = page.locator('.jp-GradLens-output');
  const { maps } = expectedPicture('test_tank_grey.png');
  expect(Math.abs((await readPeak(views.nth(0), maps.conv4)) / maps.conv4.max - 1)).toBeLessThan(1e-3);
  await views.nth(1).scrollIntoViewIfNeeded();
  await expect(heatmap(views.nth(1))).toHaveAccessibleName('Grad-CAM of no tank at conv4');
  await expect(views.nth(1).getByRole('button', { name: 'Linked: 1' })).toBeVisible();
  await page.context().close();
});

test('a page of several images has the maps of those looked at, and a quiet console', async ({ browser, page }) => {
  writeNotebook(
    'several-to-send.ipynb',
    'import gradlens\nimages = [f"data/test_{name}.png" for name in ("field_blue", "field_grey", "tank_blue", "tank_grey")]\nv = gradlens.show("models/tank.keras", images)\nv',
    'gradlens.export_html(v, "several.html")'
  );
  await refresh(page);
  await openNotebook(page, 'several-to-send.ipynb');
  await runCell(page, 0);
  const shown = await view(page, 0);
  const image = (of: Page | Locator, name: RegExp): Locator => of.getByRole('listbox').getByRole('option', { name });
  await expect(heatmap(shown)).toBeVisible();
  await image(shown, /field_grey/).click();
  await expect(heatmap(shown)).toHaveAccessibleName('Grad-CAM of class 1 at conv4');
  await runCell(page, 1);
  await expect(page.getByText(/several\.html takes \d\.\d MB\./)).toBeVisible();
  const { page: sent, asked } = await openOffline(browser, 'several.html', true);
  for (const [name, label] of [
    [/field_blue/, 'Grad-CAM of class 0 at conv4'],
    [/field_grey/, 'Grad-CAM of class 1 at conv4']
  ] as const) {
    await image(sent, name).click();
    await expect(heatmap(sent.locator('.jp-GradLens-output'))).toHaveAccessibleName(label);
  }
  await expect(image(sent, /tank_grey/)).toHaveAttribute('aria-disabled', 'true');
  expect(asked).toEqual([]);
  await sent.context().close();
});

test('the Save menu writes pages with the model, and with what the view found', async ({ browser, page }) => {
  writeNotebook('to-send.ipynb', 'import gradlens\ngradlens.show("models/tank.keras", "data/test_tank_grey.png")');
  await refresh(page);
  await openNotebook(page, 'to-send.ipynb');
  await runAll(page);
  const shown = await view(page, 0);
  const layer = shown.getByRole('combobox', { name: 'Layer', exact: true });
  await layer.click();
  await layer.fill('conv3');
  await page.getByRole('option', { name: /^conv3/ }).click();
  await expect(heatmap(shown)).toHaveAccessibleName('Grad-CAM of class 1 at conv3');
  const save = async (name: RegExp, file: string): Promise<void> => {
    const menu = await openPanel(page, shown, /^Save/, /^Save/);
    const download = page.waitForEvent('download');
    await menu.getByRole('button', { name }).click();
    await (await download).saveAs(join(folder, file));
  };
  await save(/^Save as web page with the model \(about \d/, 'sent.html');
  await expect(page.getByText('Saved as tank.keras_on_test_tank_grey.png.html')).toBeVisible();
  const sent = await openOffline(browser, 'sent.html');
  const there = sent.page.locator('.jp-GradLens-output');
  await expect(heatmap(there)).toHaveAccessibleName('Grad-CAM of class 1 at conv3');
  const { maps } = expectedPicture('test_tank_grey.png');
  expect(Math.abs((await readPeak(there, maps.conv3)) / maps.conv3.max - 1)).toBeLessThan(1e-3);
  expect(sent.asked).toEqual([]);
  await sent.page.context().close();

  await save(/^Save as web page \(about \d/, 'found.html');
  expect(readFileSync(join(folder, 'found.html'), 'utf8')).not.toContain('id="gradlens-engine"');
  const found = await openOffline(browser, 'found.html');
  const kept = found.page.locator('.jp-GradLens-output');
  await expect(heatmap(kept)).toHaveAccessibleName('Grad-CAM of class 1 at conv3');
  await expect(found.page.getByText('This page was written without the model')).toBeVisible();
  // The map is kept to one part in 2048.
  expect(Math.abs((await readPeak(kept, maps.conv3)) / maps.conv3.max - 1)).toBeLessThan(2e-3);
  expect(found.asked).toEqual([]);
  await found.page.context().close();
});
