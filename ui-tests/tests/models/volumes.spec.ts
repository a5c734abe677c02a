/** Volumes and videos in a real JupyterLab: slice by slice, beside Keras' numbers. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from '@playwright/test';
import {
  expect,
  inFront,
  openNotebook,
  pointAt,
  refresh,
  runAll,
  runKeras,
  test,
  view,
  writeNotebook
} from '../fixtures';

const served = process.env.GRADLENS_UI_ROOT ?? '';

interface Expected {
  target: number;
  probability: number;
  shape: [number, number, number];
  peak: [number, number, number];
  max: number;
}

const heatmap = (of: Locator): Locator => of.getByRole('img', { name: /^Grad-CAM .* at [^ ]+$/ });

/** Goes to a slice, and compares the class and the map's highest cell with Keras'. */
async function expectKeras(of: Locator, keras: Expected, layer: string, slice: number): Promise<void> {
  await expect(heatmap(of)).toHaveAccessibleName(`Grad-CAM of class ${keras.target} at ${layer}`);
  const best = of
    .getByRole('group', { name: 'Top classes' })
    .getByRole('button', { name: /^class/ })
    .first();
  expect(Math.abs(Number((await best.innerText()).match(/\d\.\d+/)?.[0]) - keras.probability)).toBeLessThan(1e-4);
  await of.getByRole('slider', { name: /^(Slice|Frame)$/ }).fill(String(slice));
  const [, row, column] = keras.peak;
  const [, height, width] = keras.shape;
  const value = of.getByRole('status', { name: 'Value under the cursor' });
  await pointAt(heatmap(of), (column + 0.5) / width, (row + 0.5) / height);
  await expect(value).toContainText(`row ${row}, column ${column} of ${height}×${width}`);
  const shown = Number((await value.innerText()).match(/Grad-CAM (\S+)/)?.[1]);
  expect(Math.abs(shown / keras.max - 1)).toBeLessThan(1e-3);
}

/** Compares a result with Keras' numbers, within the limits of README.md. */
const COMPARE = `
def compare(name, r):
    keras = np.load("volumes.npz")
    for kind in ("map", "activations", "gradients"):
        ours, theirs = getattr(r, kind), keras[f"{name}_{kind}"]
        cosine = (ours * theirs).sum() / np.sqrt((ours**2).sum() * (theirs**2).sum())
        yield ours.dtype == "float32" and ours.shape == theirs.shape and cosine >= 0.99999
    yield np.abs(r.activations - keras[f"{name}_activations"]).max() < 1e-5 * np.abs(r.activations).max()
    yield np.abs(r.scores - keras[f"{name}_scores"]).max() < 1e-5
`;

test('a volume and a video are seen slice by slice, with the numbers of Keras', async ({ page }) => {
  runKeras('volumes.py', served);
  const keras = JSON.parse(readFileSync(join(served, 'volumes.json'), 'utf8')) as Record<'scan' | 'clip', Expected>;
  writeNotebook(
    'volumes.ipynb',
    `import gradlens\nimport numpy as np\n${COMPARE}`,
    'scan = gradlens.show("scan.keras", np.load("scan.npy")[None], slice_index=3)\nscan',
    'r = scan.result(gradients=True)\nprint(r.layer, r.input_size, all(compare("scan", r)))',
    'gradlens.show("clip.keras", np.load("clip.npy")[None], preprocess="tf")',
    'gradlens.show("scan.keras", np.load("scan.npy"))'
  );
  await refresh(page);
  await openNotebook(page, 'volumes.ipynb');
  await runAll(page);

  await test.step('Python gets all slices', async () => {
    const printed = inFront(page).locator('.jp-CodeCell').nth(2).locator('.jp-OutputArea-output');
    await expect(printed).toHaveText('parts (12, 20, 24) True');
  });

  await test.step('Conv3D: begins at the slice asked for; its layers have fewer slices', async () => {
    const scan = await view(page, 0);
    const slider = scan.getByRole('slider', { name: 'Slice' });
    await expect(slider).toHaveAttribute('aria-valuetext', '3 of 0–11');
    await expectKeras(scan, keras.scan, 'parts', 2 * keras.scan.peak[0]);
    await expect(scan.getByRole('img', { name: /in 6 slices$/ })).toBeVisible();
    await slider.press('ArrowRight');
    await expect(slider).toHaveAttribute('aria-valuetext', `${2 * keras.scan.peak[0] + 1} of 0–11`);
    await slider.press('Home');
    await expect(slider).toHaveAttribute('aria-valuetext', '0 of 0–11');
  });

  await test.step('TimeDistributed: a layer of the network for frames, each frame in its picture', async () => {
    const clip = await view(page, 1);
    await expectKeras(clip, keras.clip, 'frames/frame/edges', keras.clip.peak[0]);
    await expect(clip.getByRole('img', { name: '5 feature maps of frames/frame/edges' })).toBeVisible();
    await expect(clip.getByRole('slider', { name: 'Frame' })).toBeVisible();
    await expect(clip.getByText('is not known, so its maps are stretched')).toHaveCount(0);
  });

  await test.step('a volume without an axis before it is one, as the file says', async () => {
    await expect((await view(page, 2)).getByRole('img', { name: /in 6 slices$/ })).toBeVisible();
  });
});
