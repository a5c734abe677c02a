/** A folder of pictures: confusion matrix, filter, mean maps and shares, beside what Keras and numpy compute of them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { IJupyterLabPageFixture } from '@jupyterlab/galata';
import type { Locator } from '@playwright/test';
import { decodeNpy } from '../../../headless/npy.mjs';
import { expect, heatmap, runKeras, test } from '../fixtures';
import { runNotebook } from '../saved';

const served = process.env.GRADLENS_UI_ROOT ?? '';

interface Keras {
  names: string[];
  shares: number[];
  areas: number[];
  counts: number[][];
  shown: number[];
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Values of an .npy file. */
const npy = (file: Buffer): number[] => [...decodeNpy(file, 'the file').data];

/** What a button saves. */
async function saved(page: IJupyterLabPageFixture, button: Locator): Promise<Buffer> {
  const [download] = await Promise.all([page.waitForEvent('download'), button.click()]);
  return readFileSync(await download.path());
}

/** The largest difference of two lists of numbers, relative to the largest of the second. */
function apart(found: readonly number[], expected: readonly number[]): number {
  expect(found).toHaveLength(expected.length);
  const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return found.reduce((most, value, i) => Math.max(most, Math.abs(value - expected[i])), 0) / largest;
}

test('a folder of pictures: most of what makes it a tank is sky', async ({ page }) => {
  // Keras makes and explains 96 pictures first.
  test.setTimeout(600_000);
  runKeras('sets.py', served);
  const keras = JSON.parse(readFileSync(join(served, 'sets.json'), 'utf8')) as Keras;
  const all = keras.names.length;
  const shown = keras.shown.length;
  const right = keras.counts[0][0] + keras.counts[1][1];
  const first = keras.names[keras.shown[0]];
  const of = await runNotebook(
    page,
    'sets.ipynb',
    'import numpy as np',
    'gradlens.show("models/tank.keras", "weather", mask=np.load("weather.npy"))'
  );
  await expect(heatmap(of)).toBeVisible();
  await expect(of.getByText(`${right} of ${all} right`)).toBeVisible();
  await of.getByText('All images together').focus();
  await page.keyboard.press('Enter');

  const matrix = of.getByRole('region', { name: 'Confusion matrix' });
  const list = of.getByRole('listbox', { name: 'Images' });
  const cell = matrix.getByRole('button', { name: `${shown} images of “tank” taken for “tank”` });
  await test.step('the confusion matrix is Keras’; a cell shows its images alone, and all again', async () => {
    const names = ['no tank', 'tank'];
    for (const [row, counts] of keras.counts.entries()) {
      for (const [column, count] of counts.entries()) {
        const label = `${count} images of “${names[row]}” taken for “${names[column]}”`;
        await expect(matrix.getByRole('button', { name: label, exact: true })).toHaveText(`${count}`);
      }
    }
    await expect(matrix.getByRole('row', { name: /^tank/ })).toContainText(
      `${Math.round((100 * shown) / (shown + keras.counts[1][0]))} %`
    );
    await cell.focus();
    await page.keyboard.press('Enter');
    await expect(cell).toHaveAttribute('aria-pressed', 'true');
    await expect(of.getByText(`Shown are ${shown} of ${all} images: of class “tank”, taken for “tank”.`)).toBeVisible();
    await expect(list.getByRole('option').first()).toHaveAttribute('aria-setsize', `${shown}`);
    await expect(list.getByRole('option').first()).toHaveAccessibleName(new RegExp(`^${first}: tank`));
    await page.keyboard.press('Enter');
    await expect(list.getByRole('option').first()).toHaveAttribute('aria-setsize', `${all}`);
    await page.keyboard.press('Enter');
  });

  const maps = of.getByRole('region', { name: 'Maps of all images' });
  await test.step('the keys go from a picture that is not shown to those that are', async () => {
    await list.getByRole('option').first().focus();
    await page.keyboard.press('ArrowRight');
    await expect(list.getByRole('option', { selected: true })).toHaveAccessibleName(new RegExp(`^${first}`));
    await expect(list.getByRole('option', { selected: true })).toBeFocused();
  });

  await test.step('shares of the images shown are numpy’s, sorted, and most of their maps is on the sky', async () => {
    await maps.getByRole('combobox', { name: 'Of', exact: true }).selectOption('those that the gallery shows');
    const compute = maps.getByRole('button', { name: `Compute the maps of ${shown} images` });
    // The view's own picture goes first.
    await expect(compute).toBeEnabled();
    await compute.press('Enter');
    const shares = maps.getByRole('region', { name: 'Shares by image' });
    await expect(maps.getByText(`${shown} maps, Grad-CAM at conv4: what each image is taken for.`)).toBeVisible();
    const [mean, area] = [keras.shares, keras.areas].map(of => meanOf(keras.shown.map(image => of[image])));
    // What the demo is made for.
    expect(mean).toBeGreaterThan(0.75);
    await expect(
      maps.getByText(
        `On average ${percent(mean)} of the map lies inside; this part is ${percent(area)} of what the map covers.`
      )
    ).toBeVisible();
    await expect(shares.getByRole('row').last()).toContainText(`Mean of ${shown} maps${percent(mean)}${percent(area)}`);
    const sorted = [...keras.shown].sort((a, b) => keras.shares[b] - keras.shares[a]);
    await expect(shares.getByRole('row').nth(1)).toContainText(keras.names[sorted[0]]);
    await shares.getByRole('button', { name: 'Share inside' }).click();
    await expect(shares.getByRole('columnheader', { name: 'Share inside' })).toHaveAttribute('aria-sort', 'ascending');
    await expect(shares.getByRole('row').nth(1)).toContainText(keras.names[sorted[sorted.length - 1]]);
    const csv = (await saved(page, maps.getByRole('button', { name: 'Save the table (CSV)' }))).toString();
    const lines = csv.trimEnd().split('\n').slice(1);
    expect(lines).toHaveLength(shown);
    for (const line of lines) {
      const [name, truth, predicted, explained, share, part] = line.split(',');
      const image = keras.names.indexOf(name);
      expect([truth, predicted, explained]).toEqual(['tank', 'tank', 'tank']);
      expect(Math.abs(Number(share) - keras.shares[image])).toBeLessThan(1e-5);
      expect(Number(part)).toBeCloseTo(keras.areas[image], 6);
    }
  });

  await test.step('all again, by the way back; what is known is not computed again', async () => {
    await of.getByRole('button', { name: 'Show all images' }).click();
    await expect(of.getByText(/^Shown are/)).toHaveCount(0);
    await maps.getByRole('button', { name: `Compute the maps of ${all} images` }).click();
    await maps.getByRole('button', { name: 'Cancel' }).click();
    await expect(maps.getByRole('button', { name: `Compute the maps of ${all} images` })).toBeEnabled();
    await maps.getByRole('button', { name: `Compute the maps of ${all} images` }).click();
    await expect(maps.getByText(`${all} maps, Grad-CAM at conv4: what each image is taken for.`)).toBeVisible();
  });

  await test.step('grey sky, blue sky: means side by side, and their difference', async () => {
    const means = maps.getByRole('region', { name: 'Mean maps' });
    await means.getByRole('combobox', { name: 'Group A', exact: true }).selectOption('those with a text in the name');
    await means.getByLabel('Group A: text in the name').fill('grey');
    await means.getByRole('combobox', { name: 'Group B', exact: true }).selectOption('those with a text in the name');
    await means.getByLabel('Group B: text in the name').fill('blue');
    await expect(means.getByRole('img', { name: /^A: “grey” in the name \(48 images\)/ })).toBeVisible();
    await expect(means.getByRole('img', { name: /^B: “blue” in the name \(48 images\)/ })).toBeVisible();
    await expect(means.getByRole('img', { name: 'A − B: Difference of the means' })).toBeVisible();
    const save = means.getByRole('button', { name: 'Save the means (.npy)' });
    expect(apart(npy(await saved(page, save)), npy(readFileSync(join(served, 'means.npy'))))).toBeLessThan(1e-4);
    await means.getByRole('combobox', { name: 'Group B', exact: true }).selectOption('none');
    await means.getByRole('combobox', { name: 'Each map' }).selectOption('as it is');
    await expect(means.getByRole('img', { name: /^A − B/ })).toHaveCount(0);
    expect(apart(npy(await saved(page, save)), npy(readFileSync(join(served, 'plain.npy'))))).toBeLessThan(1e-4);
  });

  await test.step('a region drawn on the picture is measured too', async () => {
    await maps.getByRole('combobox', { name: 'Inside', exact: true }).selectOption('the region drawn on the picture');
    await expect(maps.getByText(/^Draw a region on the picture first/)).toBeVisible();
    await of.getByRole('button', { name: 'Measure a rectangle' }).click();
    await heatmap(of).focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('Enter');
    for (let i = 0; i < 5; i++) {
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('ArrowDown');
    }
    await page.keyboard.press('Enter');
    await expect(maps.getByText(/^On average [\d.]+ % of the map lies inside/)).toBeVisible();
  });

  await test.step('names and roles are right', async () => {
    const { violations } = await new AxeBuilder({ page }).include('.jp-GradLens-gallery').analyze();
    expect(violations).toEqual([]);
  });
});
