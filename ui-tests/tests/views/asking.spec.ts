/** A model that its cell gave no picture, and views in narrow cells. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, heatmap, openNotebook, runAll, test, view, writeNotebook } from '../fixtures';
import { dropFiles } from '../opened';

const served = process.env.GRADLENS_UI_ROOT ?? '';

test('a model without a picture is shown, asks for one, and shows its heatmap', async ({ page }) => {
  writeNotebook('asking.ipynb', 'import gradlens\ngradlens.show("models/tank.keras")');
  await openNotebook(page, 'asking.ipynb');
  await runAll(page);
  const output = page.locator('.jp-Notebook .jp-OutputArea-output');
  await expect(output.getByRole('heading', { name: 'tank.keras' })).toBeVisible();
  await expect(output.getByRole('button', { name: 'Choose a picture…' })).toBeVisible();
  const bytes = readFileSync(join(served, 'data', 'test_tank_grey.png'));
  await dropFiles(output.locator('.jp-GradLens-imageInput'), [{ name: 'dropped.png', type: 'image/png', bytes }]);
  await expect(heatmap(output)).toHaveAccessibleName('Grad-CAM of class 1 at conv4');
});

test('a narrow cell has all controls and the whole caption', async ({ page }) => {
  const cell = 'import gradlens\ngradlens.show("models/tank.keras", "data/test_tank_grey.png", channel=1)';
  writeNotebook('narrow.ipynb', cell);
  await openNotebook(page, 'narrow.ipynb');
  await runAll(page);
  const shown = await view(page, 0);
  await expect(shown.getByRole('heading', { name: 'Channel 1 of conv4' })).toBeVisible();
  for (const width of [280, 560, 800, 900, 1000]) {
    await shown.evaluate((element, px) => (element.style.width = `${px}px`), width);
    const edge = await shown.boundingBox();
    for (const name of ['Save', 'Back to the explanation', 'Display', /^Link/]) {
      const box = await shown.getByRole('button', { name }).boundingBox();
      expect(box && edge && box.x >= edge.x && box.x + box.width <= edge.x + edge.width, `${name} at ${width}`).toBe(
        true
      );
    }
    const caption = shown.getByRole('heading', { name: 'Channel 1 of conv4' });
    expect(await caption.evaluate(({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth)).toBe(true);
  }
});
