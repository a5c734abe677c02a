import { expect, type Page, test } from '@playwright/test';
import { expectedPicture, heatmap, readPeak } from '../tests/fixtures';

/** Runs code in a new cell at the end of the notebook. */
async function runCell(page: Page, ...lines: string[]): Promise<void> {
  await page.locator('.jp-Notebook .jp-Cell').last().locator('.jp-InputArea-prompt').click();
  await page.keyboard.press('b');
  await page.keyboard.press('Enter');
  await page.keyboard.insertText(lines.join('\n'));
  await page.keyboard.press('Shift+Enter');
}

/** Demands that the view's map has the peak that Keras finds. */
async function expectKeras(page: Page, n: number, picture: string): Promise<void> {
  const view = page.locator('.jp-GradLens-output').nth(n);
  const { target, maps } = expectedPicture(picture);
  const name = ['no tank', 'tank'][target];
  await expect(heatmap(view)).toHaveAccessibleName(`Grad-CAM of ${name} at conv4`);
  await view.scrollIntoViewIfNeeded();
  expect(Math.abs((await readPeak(view, maps.conv4)) / maps.conv4.max - 1)).toBeLessThan(1e-3);
}

test('without a server or a network the demo shows what Keras says', async ({ page, context, baseURL }) => {
  const elsewhere: string[] = [];
  context.on('request', request => {
    if (!/^(?:blob|data):/.test(request.url()) && !request.url().startsWith(`${baseURL}/`)) {
      elsewhere.push(request.url());
    }
  });
  await page.goto('/lab/index.html?path=demo.ipynb');
  await expect(page.getByText(/\| Idle$/)).toBeVisible({ timeout: 120_000 });

  await test.step('pictures by their paths: one in the notebook, others read from their files', async () => {
    await page.getByRole('menuitem', { name: 'Run', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Run All Cells', exact: true }).click();
    await expectKeras(page, 1, 'test_tank_blue.png');
    await expectKeras(page, 0, 'test_tank_grey.png');
  });

  await test.step('a model that is kept in the browser', async () => {
    await runCell(
      page,
      'from pathlib import Path',
      'written = Path("written.keras").write_bytes(Path("models/tank.keras").read_bytes())',
      'view = gradlens.show("written.keras", "data/test_field_grey.png", labels=["no tank", "tank"])',
      'view'
    );
    await expectKeras(page, 2, 'test_field_grey.png');
  });

  await test.step('a null of Python is null in the notebook', async () => {
    await page.keyboard.press('Control+s');
    await expect(page.getByText(/^Saving completed/)).toBeVisible();
    await runCell(
      page,
      'import json',
      'saved = [one for cell in json.load(open("demo.ipynb"))["cells"] for one in cell.get("outputs", [])]',
      'views = [data for one in saved for name, data in one.get("data", {}).items() if "gradlens" in name]',
      'print(len(views), {view.get("preprocess", "dropped") for view in views})'
    );
    await expect(page.locator('.jp-OutputArea-output').last()).toHaveText('3 {None}');
  });

  await test.step('Python hears the view, and moves it', async () => {
    const last = page.locator('.jp-GradLens-output').nth(2);
    await last.getByRole('button', { name: /^no tank/ }).click();
    await expect(heatmap(last)).toHaveAccessibleName('Grad-CAM of no tank at conv4');
    await runCell(page, 'told = view.target', 'view.target = None', 'told');
    await expect(page.locator('.jp-OutputArea-output').last()).toHaveText('0');
    await expect(heatmap(last)).toHaveAccessibleName('Grad-CAM of tank at conv4');
  });

  await test.step('what needs numpy says so', async () => {
    await runCell(page, 'gradlens.heatmap([[0, 1]])');
    await expect(page.locator('.jp-OutputArea-output').last()).toHaveText(/heatmap needs numpy/);
  });

  await test.step('the package’s own demo, without a file of the site', async () => {
    await runCell(page, 'gradlens.demo()');
    await expectKeras(page, 3, 'test_tank_grey.png');
    await runCell(page, 'print(gradlens.examples())');
    await expect(page.getByText(/^GradLens: \d+ files copied to .*gradlens-examples\./)).toBeVisible();
  });

  expect(elsewhere).toEqual([]);
});

test('a lesson says what the kernel lacks, and its views work', async ({ page }) => {
  await page.goto('/lab/index.html?path=lessons/3-the-tank-and-the-sky.ipynb');
  await expect(page.getByText(/\| Idle$/)).toBeVisible({ timeout: 120_000 });
  const code = page.locator('.jp-Notebook .jp-CodeCell');
  for (const [text, output] of [
    ['import numpy', 'Without numpy and Pillow: cells that need them fail here. See what-differs-here.ipynb.'],
    ['names = [', null]
  ] as const) {
    const cell = code.filter({ hasText: text }).first();
    await cell.locator('.jp-InputArea-prompt').click();
    await page.keyboard.press('Control+Enter');
    if (output) {
      await expect(cell.locator('.jp-OutputArea-output')).toHaveText(output);
    }
  }
  await expect(heatmap(page.locator('.jp-GradLens-output'))).toHaveAccessibleName('Grad-CAM of tank at conv4');
});

test('what differs stands beside the notebooks', async ({ page }) => {
  await page.goto('/lab/index.html?path=what-differs-here.ipynb');
  await expect(page.getByRole('heading', { name: 'What differs here' })).toBeVisible();
});
