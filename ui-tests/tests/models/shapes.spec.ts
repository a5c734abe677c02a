/** Models whose values are no pictures with channels last, through the whole view, beside Keras. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  expect,
  heatmap,
  openNotebook,
  pointAt,
  readPeak,
  refresh,
  runAll,
  runKeras,
  test,
  value,
  view
} from '../fixtures';

const served = process.env.GRADLENS_UI_ROOT ?? '';

interface Expected {
  target: number;
  probability: number;
  shape: [number, number];
  peak: [number, number];
  max: number;
}

test('a signal is shown as one row, channels-first layers are told of, and gray may have no channels', async ({
  page
}) => {
  runKeras('shapes.py', served);
  const keras = JSON.parse(readFileSync(join(served, 'shapes.json'), 'utf8')) as Record<
    'signal' | 'first' | 'gray',
    Expected
  >;
  await refresh(page);
  await openNotebook(page, 'shapes.ipynb');
  await runAll(page);

  await test.step('Conv1D: the class, a map of one row, and its feature maps', async () => {
    const signal = await view(page, 0);
    await expect(heatmap(signal)).toHaveAccessibleName(`Grad-CAM of class ${keras.signal.target} at conv2`);
    const shown = Number(
      (
        await signal
          .getByRole('group', { name: 'Top classes' })
          .getByRole('listitem')
          .getByRole('button')
          .first()
          .innerText()
      ).match(/\d\.\d+/)?.[0]
    );
    expect(Math.abs(shown - keras.signal.probability)).toBeLessThan(1e-4);
    expect(keras.signal.shape[0]).toBe(1);
    expect(Math.abs((await readPeak(signal, keras.signal)) / keras.signal.max - 1)).toBeLessThan(1e-3);
    await expect(signal.getByRole('img', { name: '8 feature maps of conv2' })).toBeVisible();
  });

  await test.step('channels first: what cannot be drawn is said, the rest is Keras’', async () => {
    const first = await view(page, 1);
    await expect(
      first.getByText(
        /keeps its channels first \(data_format="channels_first"\).*maps are drawn only of layers with channels last/
      )
    ).toBeVisible();
    await expect(heatmap(first)).toHaveAccessibleName(`Grad-CAM of class ${keras.first.target} at seen`);
    expect(Math.abs((await readPeak(first, keras.first)) / keras.first.max - 1)).toBeLessThan(1e-3);
    const layer = first.getByRole('combobox', { name: 'Layer', exact: true });
    await layer.click();
    await expect(page.getByRole('option', { name: /^seen/ })).toBeVisible();
    await expect(page.getByRole('option', { name: /^hidden/ })).toHaveCount(0);
  });

  await test.step('a picture without an axis of channels: its map lies on it', async () => {
    const gray = await view(page, 2);
    await expect(heatmap(gray)).toHaveAccessibleName(`Grad-CAM of class ${keras.gray.target} at seen`);
    expect(Math.abs((await readPeak(gray, keras.gray)) / keras.gray.max - 1)).toBeLessThan(1e-3);
    await gray.getByRole('combobox', { name: 'Method' }).selectOption({ label: 'Saliency' });
    // As readPeak does: the notebook may scroll to the choice, and the view away under the pointer.
    await expect(async () => {
      await pointAt(gray.getByRole('img', { name: /^Saliency of class/ }), 0.5, 0.5);
      await expect(value(gray)).toContainText(/of 24×24 · Saliency/, { timeout: 2000 });
    }).toPass();
  });
});
