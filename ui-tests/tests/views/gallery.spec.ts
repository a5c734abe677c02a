/** Many images in a real JupyterLab: predictions beside Keras', keys, order, and the notebook that keeps them. */
import { readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, inFront, openNotebook, refresh, runAll, runKeras, test, view, writeNotebook } from '../fixtures';

const served = process.env.GRADLENS_UI_ROOT ?? '';

interface Keras {
  names: string[];
  truth: number[];
  predicted: number[];
  scores: number[];
}

test('200 pictures are predicted as Keras does, sorted, walked through, and stored as previews', async ({ page }) => {
  runKeras('gallery.py', served);
  const keras = JSON.parse(readFileSync(join(served, 'gallery.json'), 'utf8')) as Keras;
  const setUp = [
    'import gradlens, json',
    'from pathlib import Path',
    'said = json.loads(Path("gallery.json").read_text())',
    'files = sorted(map(str, Path("shapes").glob("*.png")))'
  ];
  const notebook = writeNotebook(
    'gallery.ipynb',
    [...setUp, 'gradlens.show("gallery.keras", files, y=said["truth"], labels=said["names"], preprocess="scale")'].join(
      '\n'
    ),
    'gradlens.show("gallery.keras", files[:2], y=["red"], labels=said["names"])'
  );
  await refresh(page);
  await openNotebook(page, 'gallery.ipynb');
  await runAll(page);
  const shown = await view(page, 0);
  const list = shown.getByRole('listbox', { name: 'Images' });
  const right = keras.truth.filter((truth, i) => truth === keras.predicted[i]).length;

  await test.step('predictions are Keras’, and said in words', async () => {
    await expect(shown.getByText(`${right} of 200 right`)).toBeVisible();
    for (const i of [0, 1, 2, 3]) {
      const name = (await list.getByRole('option').nth(i).getAttribute('aria-label')) ?? '';
      const [, predicted, score, truth, verdict] = /: (\w+) ([\d.]+), true: (\w+), (\w+)$/.exec(name) ?? [];
      expect([predicted, truth]).toEqual([keras.names[keras.predicted[i]], keras.names[keras.truth[i]]]);
      expect(Math.abs(Number(score) - keras.scores[i])).toBeLessThan(0.0051);
      expect(verdict).toBe(keras.truth[i] === keras.predicted[i] ? 'right' : 'wrong');
    }
  });

  await test.step('errors first, and the arrows go through them', async () => {
    await shown.getByLabel('Sort images').selectOption('errors first');
    const first = list.getByRole('option').first();
    await expect(first).toHaveAccessibleName(/wrong$/);
    await first.click();
    await page.keyboard.press('ArrowRight');
    const chosen = list.getByRole('option', { selected: true });
    await expect(chosen).toBeFocused();
    await expect(chosen).toHaveAttribute('aria-posinset', '2');
    await expect(chosen).toHaveAccessibleName(/wrong$/);
    const name = (await chosen.getAttribute('aria-label')) ?? '';
    const index = Number(name.slice(0, 3));
    const best = shown
      .getByRole('group', { name: 'Top classes' })
      .getByRole('button', { name: /\d\.\d{4}$/ })
      .first();
    await expect(best).toContainText(keras.scores[index].toFixed(3).slice(0, 4));
  });

  await test.step('y is one class for each image', async () => {
    await expect(inFront(page).locator('.jp-OutputArea-output').last()).toContainText(
      'GradLens: y has 1 class, but there are 2 images: give one class for each.'
    );
  });

  await test.step('the notebook keeps paths and previews; without the files those stay', async () => {
    await page.keyboard.press('Control+s');
    await expect.poll(() => statSync(notebook).size).toBeGreaterThan(100_000);
    expect(statSync(notebook).size).toBeLessThan(4e6);
    renameSync(join(served, 'shapes', '005.png'), join(served, 'shapes', 'gone.png'));
    writeFileSync(join(served, 'shapes', '006.png'), readFileSync(join(served, 'shapes', '007.png')));
    await shown.getByLabel('Sort images').selectOption('as given');
    // Only the images in sight exist, and those are about the chosen one.
    await list.evaluate(node => node.scrollTo({ top: 0 }));
    await list.getByRole('option', { name: /^005/ }).click();
    await expect(shown.getByRole('alert')).toContainText('The file of the picture “005.png” cannot be read');
    await list.getByRole('option', { name: /^006/ }).click();
    await expect(shown.getByRole('alert')).toContainText('The picture “006.png” is another one than the cell saw');
  });
});
