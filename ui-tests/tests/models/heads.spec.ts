/** Names of an output's numbers: a sigmoid unit, a regression, and names that do not match. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from '@playwright/test';
import { expect, openNotebook, refresh, runAll, runKeras, test, view, writeNotebook } from '../fixtures';

const served = process.env.GRADLENS_UI_ROOT ?? '';

const heatmap = (of: Locator, name: string): Locator => of.getByRole('img', { name: `Grad-CAM of ${name} at conv` });
const numberOf = async (of: Locator): Promise<number> => Number((await of.innerText()).match(/-?\d+\.\d+/)?.[0]);

test('one name is that of a sigmoid unit, one number has no classes, and names are counted', async ({ page }) => {
  runKeras('heads.py', served);
  const keras = JSON.parse(readFileSync(join(served, 'heads.json'), 'utf8')) as Record<'unit' | 'value', [number]>;
  const show = (model: string, labels: string): string =>
    `gradlens.show("${model}.keras", np.load("heads.npy"), preprocess="scale", labels=${labels})`;
  writeNotebook(
    'heads.ipynb',
    'import gradlens\nimport numpy as np',
    show('unit', '["zero"]'),
    show('value', '["price"]'),
    show('four', '["a", "b"]')
  );
  await refresh(page);
  await openNotebook(page, 'heads.ipynb');
  await runAll(page);

  await test.step('the unit and its complement', async () => {
    const of = await view(page, 0);
    const [probability] = keras.unit;
    expect(probability).toBeLessThan(0.3);
    const classes = of.getByRole('group', { name: 'Top classes' });
    const [no, yes] = [
      classes.getByRole('button', { name: /^not zero/ }),
      classes.getByRole('button', { name: /^zero/ })
    ];
    await expect(heatmap(of, 'not zero')).toBeVisible();
    expect(Math.abs((await numberOf(no)) - (1 - probability))).toBeLessThan(1e-4);
    expect(Math.abs((await numberOf(yes)) - probability)).toBeLessThan(1e-4);
    await yes.click();
    await expect(heatmap(of, 'zero')).toBeVisible();
  });

  await test.step('a value: what raises it, what lowers it, no class and no share', async () => {
    const of = await view(page, 1);
    const output = of.getByRole('group', { name: 'Output' });
    await expect(heatmap(of, 'what raises “price”')).toBeVisible();
    expect(Math.abs((await numberOf(output)) / keras.value[0] - 1)).toBeLessThan(1e-3);
    await expect(of).not.toContainText(/class \d|Top classes|%/);
    await output.getByRole('button', { name: 'what lowers “price”' }).click();
    await expect(heatmap(of, 'what lowers “price”')).toBeVisible();
  });

  await test.step('two names for four classes', async () => {
    const of = await view(page, 2);
    await expect(
      of.getByText('There are 2 class names, but the output head has 4 classes: check that they belong to this model.')
    ).toBeVisible();
    await expect(of.getByRole('group', { name: 'Top classes' }).getByRole('listitem')).toHaveCount(4);
  });
});
