import AxeBuilder from '@axe-core/playwright';
import { expect, expectedPicture, heatmap, openNotebook, refresh, runAll, test, view, writeNotebook } from './fixtures';

const NOTEBOOK = 'trust.ipynb';

test('checks whether a map is to be trusted, by keyboard, and stops', async ({ page }) => {
  writeNotebook(
    NOTEBOOK,
    'import gradlens\ngradlens.show("models/tank.keras", "data/test_tank_grey.png", labels=["no tank", "tank"])'
  );
  await refresh(page);
  await openNotebook(page, NOTEBOOK);
  await runAll(page);
  const of = await view(page, 0);
  await expect(heatmap(of)).toBeVisible();
  await of.getByText('Is this map to be trusted?').focus();
  await page.keyboard.press('Enter');

  const check = (name: string) => of.getByRole('button', { name: `Check: ${name}` });
  await test.step('deletion beats chance; insertion starts from a blur that scores already', async () => {
    await check('Deletion and insertion').focus();
    await page.keyboard.press('Enter');
    // The sky, which the model looks at, is as grey when it is blurred.
    await expect(of.getByText(/^Doubtful: only one of the two curves is better than chance/)).toBeVisible();
    await expect(of.getByText(/^Insertion says little here/)).toBeVisible();
    await of.getByRole('combobox', { name: 'Curves as in' }).selectOption('torch-cam');
    await check('Deletion and insertion').click();
    await expect(of.getByText(/^Good: the score falls sooner without the pixels/)).toBeVisible();
    // All pixels put back, it is Keras' own.
    const { target, probabilities } = expectedPicture('test_tank_grey.png');
    const end = probabilities[target].toPrecision(3);
    await expect(
      of.getByRole('img', { name: new RegExp(`^Insertion: the score from 0\\.\\d+ to ${end},`) })
    ).toBeVisible();
  });

  await test.step('advice that is taken shows the layer, and ends what is under way', async () => {
    await check('Which layer and method?').click();
    await expect(of.getByText(/^On this picture .* does best/)).toBeVisible();
    const { violations } = await new AxeBuilder({ page }).include('.jp-GradLens-trust').analyze();
    expect(violations).toEqual([]);
    await of.getByRole('button', { name: 'Show Layer-CAM at conv2', exact: true }).click();
    await expect(of.getByRole('img', { name: 'Layer-CAM of tank at conv2', exact: true })).toBeVisible();
    await expect(of.getByText(/^Good: /)).toHaveCount(0);
  });
});
