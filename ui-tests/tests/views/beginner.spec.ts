/** What a beginner meets first: a head that reads positions, and pictures that are scaled twice. */
import { expect, openNotebook, refresh, runAll, runKeras, test, view, writeNotebook } from '../fixtures';

const served = process.env.GRADLENS_UI_ROOT ?? '';

test.beforeAll(() => runKeras('beginner.py', served));

test('a head that reads positions begins with HiResCAM; what Grad-CAM loses is told', async ({ page }) => {
  const show = (more: string): string => `gradlens.show("flat.keras", np.load("digit.npy")${more})`;
  writeNotebook('beginner.ipynb', 'import gradlens\nimport numpy as np', show(''), show(', method="grad-cam"'));
  await refresh(page);
  await openNotebook(page, 'beginner.ipynb');
  await runAll(page);
  const [of, named] = [await view(page, 0), await view(page, 1)];

  await expect(of.getByRole('img', { name: /^HiResCAM of class \d at conv$/ })).toBeVisible();
  await expect(of).not.toContainText('no positive evidence');

  await expect(named.getByRole('img', { name: /^Grad-CAM of class \d at conv$/ })).toBeVisible();
  await expect(named.getByText(/^conv: no positive evidence for this class by Grad-CAM\./)).toContainText('(flatten');
  await named.getByRole('button', { name: 'Show HiResCAM' }).click();
  await expect(named.getByRole('img', { name: /^HiResCAM of class \d at conv$/ })).toBeVisible();
  await expect(named).not.toContainText('no positive evidence');
});

test('a picture that is scaled twice is told, and can be changed or left', async ({ page }) => {
  const show = 'gradlens.show("scaling.keras", np.load("photograph.npy"), preprocess="scale")';
  writeNotebook('scaled.ipynb', 'import gradlens\nimport numpy as np', show, show);
  await refresh(page);
  await openNotebook(page, 'scaled.ipynb');
  await runAll(page);
  const [changed, left] = [await view(page, 0), await view(page, 1)];
  const told = 'The model scales its input itself (rescaling), but is given 0 … 1';

  await expect(changed).toContainText(told);
  await expect(changed).toContainText('In Python: preprocess=None.');
  await changed.getByRole('button', { name: 'Change to 0…255 as it is' }).click();
  await expect(changed).toContainText(/fed 0 … 255/);
  await expect(changed).not.toContainText(told);

  await expect(left).toContainText(told);
  await left.getByRole('button', { name: 'Ignore' }).click();
  await expect(left).not.toContainText(told);
  await expect(left).toContainText(/fed 0 … 1/);
});
