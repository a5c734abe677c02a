/** Layers that exist only as Python code: refused with the way out, declared in Python and from the view. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, openNotebook, refresh, runAll, runKeras, test, view, writeNotebook } from '../fixtures';
import { close, save } from '../saved';

const served = process.env.GRADLENS_UI_ROOT ?? '';

test('a class of one’s own is declared, in Python and in the view, and taken back', async ({ page }) => {
  runKeras('customs.py', served);
  const keras = JSON.parse(readFileSync(join(served, 'customs.json'), 'utf8')) as number[];
  writeNotebook(
    'customs.ipynb',
    'import gradlens\nimport numpy as np',
    'gradlens.show("customs.keras", np.load("customs.npy"), preprocess="scale", layers={"Swish": {"class": "Activation", "activation": "silu"}})'
  );
  await refresh(page);
  await openNotebook(page, 'customs.ipynb');
  await runAll(page);
  const of = await view(page, 0);
  await expect(of.getByText(/The layer drop \(FixedDropout\) is of a class of your own/)).toContainText(
    'layers={"FixedDropout": "identity"}'
  );
  await expect(of.getByText('Computed as Activation, as you declared: swish (Swish).')).toBeVisible();

  await of.getByRole('button', { name: 'Treat FixedDropout as the identity' }).click();
  await expect(of.getByText('Taken as the identity, as you declared: drop (FixedDropout).')).toBeVisible();
  const best = keras.indexOf(Math.max(...keras));
  await expect(of.getByRole('img', { name: `Grad-CAM of class ${best} at conv` })).toBeVisible();
  const score = await of
    .getByRole('group', { name: 'Top classes' })
    .getByRole('button', { name: new RegExp(`^class ${best}`) })
    .innerText();
  expect(Math.abs(Number(score.match(/\d\.\d+/)?.[0]) - keras[best])).toBeLessThan(1e-4);

  await test.step('declared in the view, it stays declared when the notebook is opened again', async () => {
    await save(page, 'customs.ipynb');
    await close(page, 'customs.ipynb');
    await openNotebook(page, 'customs.ipynb');
    const again = await view(page, 0);
    await expect(again.getByText('Taken as the identity, as you declared: drop (FixedDropout).')).toBeVisible();
    await expect(again.getByRole('img', { name: `Grad-CAM of class ${best} at conv` })).toBeVisible();
  });

  await of.getByRole('button', { name: 'Take back: FixedDropout' }).click();
  await expect(of.getByText(/The layer drop \(FixedDropout\) is of a class of your own/)).toBeVisible();
});
