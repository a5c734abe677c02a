/** A training whose epochs were stored: slider, curve and difference, beside what Keras said while it trained. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { decodeNpy } from '../../../headless/npy.mjs';
import { expect, heatmap, openNotebook, refresh, runAll, runKeras, test, view, writeNotebook } from '../fixtures';
import { runNotebook } from '../saved';

const served = process.env.GRADLENS_UI_ROOT ?? '';

interface Keras {
  /** By epoch and class. */
  scores: number[][];
  class: number;
  /** Rows and columns of the maps. */
  size: [number, number];
}

/** Values of an .npy file. */
const npy = (file: Buffer): Float32Array => decodeNpy(file, 'the file').data;

// Keras trains first.
test.beforeAll(() => {
  test.setTimeout(300_000);
  runKeras('epochs.py', served);
});

test('the epochs of a training: one slider, one class, one range, a curve, and the difference of two', async ({
  page
}) => {
  const keras = JSON.parse(readFileSync(join(served, 'epochs.json'), 'utf8')) as Keras;
  const cams = npy(readFileSync(join(served, 'cams.npy')));
  const cells = keras.size[0] * keras.size[1];
  const of = await runNotebook(
    page,
    'epochs.ipynb',
    'view = gradlens.show("training/", "trained.png", labels=["no tank", "tank", "neither"])\nview'
  );
  await expect(heatmap(of)).toBeVisible();
  const slider = of.getByRole('slider', { name: 'Epoch' });
  const names = ['no tank', 'tank', 'neither'];
  const explained = names[keras.class];
  await test.step('it begins with the last epoch, and the keys open the others', async () => {
    await expect(slider).toHaveAttribute('aria-valuetext', 'epoch 5, 5 of 5');
    await slider.focus();
    await page.keyboard.press('ArrowLeft');
    await expect(of.getByRole('group', { name: 'GradLens: training, epoch 4' })).toBeVisible();
    await page.keyboard.press('Home');
    await expect(slider).toHaveAttribute('aria-valuetext', 'epoch 1, 1 of 5');
    await expect(heatmap(of)).toHaveAccessibleName(`Grad-CAM of ${explained} at conv2`);
    await expect(of.getByRole('group', { name: /^GradLens: training, epoch 1/ })).toHaveAttribute('aria-busy', 'false');
  });

  await test.step('the curves are Keras’ scores of every epoch', async () => {
    await of.getByText('Compare the epochs').press('Enter');
    await of.getByRole('button', { name: 'Ask the models of all 5 epochs' }).press('Enter');
    await expect(of.getByRole('img', { name: 'Scores of the image by epoch' })).toBeVisible();
    await expect(of.getByRole('button', { name: 'Ask the models of all 5 epochs' })).toHaveCount(0);
    await of.getByText('Scores as a table').press('Enter');
    const table = of.getByRole('table', { name: 'Scores of the image by epoch' });
    await expect(table.getByRole('columnheader').nth(1)).toHaveText(explained);
    const heads = await table.getByRole('columnheader').allTextContents();
    for (const [epoch, scores] of keras.scores.entries()) {
      const said = await table
        .getByRole('row')
        .nth(epoch + 1)
        .getByRole('cell')
        .allTextContents();
      for (const [column, text] of said.entries()) {
        expect(Math.abs(Number(text) - scores[names.indexOf(heads[column + 1])])).toBeLessThan(1e-3);
      }
    }
  });

  await test.step('the difference of two epochs is that of Keras’ maps', async () => {
    await of.getByRole('combobox', { name: 'epoch 1 minus' }).selectOption('epoch 5');
    await expect(of.getByRole('img', { name: /^Difference: Grad-CAM/ })).toBeVisible();
    const save = of.getByRole('button', { name: 'Save the difference (.npy)' });
    const [download] = await Promise.all([page.waitForEvent('download'), save.click()]);
    const found = npy(readFileSync(await download.path()));
    expect(found).toHaveLength(cells);
    const expected = found.map((_, i) => cams[i] - cams[4 * cells + i]);
    const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    const off = found.reduce((most, value, i) => Math.max(most, Math.abs(value - expected[i])), 0);
    expect(largest).toBeGreaterThan(0);
    expect(off / largest).toBeLessThan(1e-4);
  });

  await test.step('names and roles are right', async () => {
    const { violations } = await new AxeBuilder({ page }).include('.jp-GradLens-models').analyze();
    expect(violations).toEqual([]);
  });
});

test('a model without the layer, or with other classes, says so', async ({ page }) => {
  const of = await runNotebook(
    page,
    'models.ipynb',
    'gradlens.show(["training/epoch-0005.keras", "other.keras"], "trained.png", layer="conv2")'
  );
  await expect(heatmap(of)).toBeVisible();
  await of.getByText('Compare the models').press('Enter');
  await of.getByRole('combobox', { name: 'epoch-0005.keras minus' }).selectOption('other.keras');
  await expect(of.getByText('other.keras has no layer “conv2”.')).toBeVisible();
  await of.getByRole('button', { name: 'Ask all 2 models' }).press('Enter');
  await expect(of.getByText('other.keras has other classes: 2, not 3.')).toBeVisible();
  await of.getByRole('slider', { name: 'Model' }).press('ArrowRight');
  await expect(of.getByText(/^other\.keras has no layer “conv2”: “first” is shown\./)).toBeVisible();
  await expect(of.getByRole('group', { name: 'GradLens: other.keras' })).toBeVisible();
});

test('views of different files link layer and method by name, where both ask for it', async ({ page }) => {
  const cell = (file: string, by: string): string =>
    `import gradlens\ngradlens.show("${file}", "trained.png", link="page"${by}, labels=["no tank", "tank", "neither"])`;
  const name = 'by-name.ipynb';
  writeNotebook(
    name,
    cell('training/epoch-0005.keras', ', link_by_name=True'),
    cell('training/epoch-0002.keras', ''),
    cell('other.keras', ', link_by_name=True').replace(', "neither"', '')
  );
  await refresh(page);
  await openNotebook(page, name);
  await runAll(page);
  const [first, second, other] = [await view(page, 0), await view(page, 1), await view(page, 2)];
  for (const of of [other, second, first]) {
    await of.scrollIntoViewIfNeeded();
    await expect(heatmap(of)).toBeVisible();
  }
  const choose = async (layer: string): Promise<void> => {
    await first.getByRole('combobox', { name: 'Layer', exact: true }).fill(layer);
    await page.getByRole('option', { name: new RegExp(`^${layer}`) }).click();
    await expect(heatmap(first)).toHaveAccessibleName(new RegExp(`at ${layer}$`));
  };
  await choose('conv1');
  await expect(heatmap(second)).toHaveAccessibleName(/at conv2$/);
  await test.step('by keyboard, in the second', async () => {
    await second.getByRole('button', { name: /^Link/ }).press('Enter');
    const toggle = page.getByRole('checkbox', { name: 'Layer, class and method by name' });
    await toggle.press(' ');
    await expect(toggle).toBeChecked();
    await page.keyboard.press('Escape');
  });
  await choose('conv2');
  await choose('conv1');
  await expect(heatmap(second)).toHaveAccessibleName(/at conv1$/);
  await first.getByRole('combobox', { name: 'Method' }).selectOption({ label: 'Layer-CAM' });
  await expect(second.getByRole('img', { name: /^Layer-CAM of .* at conv1$/ })).toBeVisible();
  // It has no layer of that name, and follows in the method alone.
  await expect(other.getByRole('img', { name: /^Layer-CAM of .* at first$/ })).toBeVisible();
});
