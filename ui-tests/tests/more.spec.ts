import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from '@playwright/test';
import { expect, openNotebook, pointAt, runAll, test, view } from './fixtures';

interface OneRow {
  scores: number[];
  peak: number;
  cells: number;
  max: number;
}

/** Keras' results (examples/make_more.py). */
const expected = (): {
  beats: OneRow;
  digits: OneRow;
  scene: { kind: number[]; rain: number };
  mask: { pixels: number[] };
} => JSON.parse(readFileSync(join(process.env.GRADLENS_UI_ROOT ?? '', 'data', 'more', 'expected.json'), 'utf8'));

/** The value that the view says its map has at a cell of its one row. */
async function valueAt(of: Locator, map: Locator, cell: number, cells: number): Promise<number> {
  await pointAt(map, (cell + 0.5) / cells, 0.5);
  const readout = of.getByLabel('Value under the cursor');
  await expect(readout).toContainText(`row 0, column ${cell} of 1×${cells}`);
  return Number((await readout.innerText()).match(/(?:Grad-CAM|Saliency)[^·]*? (-?[\d.]+(?:e-?\d+)?)/)?.[1]);
}

const scoreOf = async (of: Locator, name: string): Promise<number> =>
  Number(
    (
      await of
        .getByRole('group', { name: 'Top classes' })
        .getByRole('button', { name: new RegExp(`^${name}`) })
        .innerText()
    ).match(/\d\.\d+$/)?.[0]
  );

test('signals, vectors, several inputs and outputs, segmentations', async ({ page }) => {
  const keras = expected();
  await openNotebook(page, 'more.ipynb');
  await runAll(page);

  await test.step('a signal: one row over its curve, with Keras’ scores and Grad-CAM', async () => {
    const of = await view(page, 0);
    const map = of.getByRole('img', { name: 'Grad-CAM of inverted beat at conv2' });
    await expect(map).toBeVisible();
    expect(Math.abs((await scoreOf(of, 'inverted beat')) - keras.beats.scores[1])).toBeLessThan(1e-4);
    expect(Math.abs((await valueAt(of, map, keras.beats.peak, keras.beats.cells)) / keras.beats.max - 1)).toBeLessThan(
      1e-3
    );
  });

  await test.step('a vector: the input is explained, since no layer has places', async () => {
    const of = await view(page, 1);
    const map = of.getByRole('img', { name: 'Saliency of class 3' });
    await expect(map).toBeVisible();
    expect(Math.abs((await scoreOf(of, 'class 3')) - keras.digits.scores[3])).toBeLessThan(1e-4);
    expect(
      Math.abs((await valueAt(of, map, keras.digits.peak, keras.digits.cells)) / keras.digits.max - 1)
    ).toBeLessThan(1e-3);
  });

  await test.step('inputs by name, and either output', async () => {
    const of = await view(page, 2);
    await expect(of.getByRole('img', { name: 'Grad-CAM of class 1 at conv' })).toBeVisible();
    expect(Math.abs((await scoreOf(of, 'class 1')) - keras.scene.kind[1])).toBeLessThan(1e-4);
    await of.getByRole('combobox', { name: 'Output' }).selectOption('rain');
    await expect(of.getByRole('img', { name: 'Grad-CAM of class 0 at conv' })).toBeVisible();
    expect(Math.abs((await scoreOf(of, 'class 1')) - keras.scene.rain)).toBeLessThan(1e-4);
  });

  await test.step('a segmentation: what is predicted where, and a class explained over chosen pixels', async () => {
    const of = await view(page, 3);
    await expect(of.getByRole('img', { name: 'Grad-CAM of land at features' })).toBeVisible();
    const panel = of.getByRole('group', { name: 'Segmentation' });
    const { pixels } = keras.mask;
    const share = (count: number): string => `${((100 * count) / 4096).toFixed(1)} %`;
    const class0 = panel.getByRole('button', { name: `0 sky ${share(pixels[0])}` });
    await class0.click();
    await expect(of.getByRole('img', { name: 'Grad-CAM of “sky” where it is predicted at features' })).toBeVisible();
    await expect(class0).toHaveAttribute('aria-pressed', 'true');
    await expect(of.getByText(`“sky” over ${pixels[0].toLocaleString('en')} of the 4,096 pixels`)).toBeVisible();
    await panel.getByRole('combobox', { name: 'Explain' }).selectOption({ label: '“sky” where you paint' });
    const canvas = panel.getByRole('img', { name: 'Segmentation over the image' });
    await canvas.focus();
    await page.keyboard.press('ArrowRight');
    await expect(panel.getByLabel('Class under the cursor')).toHaveText(/row 32, column 32 of 64×64 · \d \w+ 0\.\d+/);
    await panel.getByRole('slider', { name: 'Size' }).fill('1');
    await canvas.press('Enter');
    await expect(of.getByText('“sky” over 1 of the 4,096 pixels')).toBeVisible();
    await expect(of.getByRole('img', { name: 'Grad-CAM of “sky” over a mask at features' })).toBeVisible();
  });
});
