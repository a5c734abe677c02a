import type { Locator } from '@playwright/test';
import { expect, openNotebook, runAll, test, view } from './fixtures';

const explanation = (of: Locator, name: string): Locator => of.getByRole('img', { name, exact: true });
const choose = (of: Locator, label: string, option: string): Promise<string[]> =>
  of.getByRole('combobox', { name: label, exact: true }).selectOption(option);

test('methods, targets and conventions from the view', async ({ page }) => {
  await openNotebook(page, 'demo.ipynb');
  await runAll(page);
  const first = await view(page, 0);
  await expect(explanation(first, 'Grad-CAM of tank at conv4')).toBeVisible();

  await test.step('methods of the input name no layer and have its size', async () => {
    for (const [method, name] of [
      ['Saliency', 'Saliency of tank'],
      ['Occlusion', 'Occlusion of tank'],
      ['Integrated gradients', 'Integrated gradients of tank']
    ]) {
      await choose(first, 'Method', method);
      await expect(explanation(first, name)).toBeVisible();
      await expect(first.getByText('Map of 128×128 cells')).toBeVisible();
    }
    await expect(first.getByText(/completeness error [\d.]+ %/)).toBeVisible();
  });

  await test.step('Eigen-CAM and Score-CAM have the layer’s size', async () => {
    await choose(first, 'Method', 'Eigen-CAM');
    await expect(explanation(first, 'Eigen-CAM at conv4')).toBeVisible();
    await choose(first, 'Method', 'Score-CAM');
    await expect(explanation(first, 'Score-CAM of tank at conv4')).toBeVisible();
    await expect(first.getByText('Map of 16×16 cells')).toBeVisible();
  });

  const more = page.getByRole('dialog', { name: /^Explain/ });
  await test.step('another library’s Grad-CAM', async () => {
    await choose(first, 'Method', 'Grad-CAM');
    await first.getByRole('button', { name: 'Explain: logit' }).click();
    await choose(more, 'Drawn as in', 'tf-keras-vis');
    await expect(explanation(first, 'Grad-CAM as in tf-keras-vis of tank at conv4')).toBeVisible();
    await choose(more, 'Drawn as in', 'the paper (raw)');
  });

  await test.step('what speaks against a class, and what tells it from another', async () => {
    await choose(more, 'Evidence', 'against the class');
    await expect(explanation(first, 'Grad-CAM of what speaks against “tank” at conv4')).toBeVisible();
    await choose(more, 'Evidence', 'for the class');
    await choose(more, 'Rather than', 'no tank');
    await expect(explanation(first, 'Grad-CAM of “tank” rather than “no tank” at conv4')).toBeVisible();
    await expect(first.getByRole('button', { name: 'Explain: logit, less another' })).toBeVisible();
  });
});
