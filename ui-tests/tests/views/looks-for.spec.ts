import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, heatmap, openNotebook, refresh, runAll, runKeras, test, view, writeNotebook } from '../fixtures';

const NOTEBOOK = 'looks-for.ipynb';
const CELL = `import gradlens
gradlens.show("models/tank.keras", "data/test_tank_grey.png", layer="conv1", labels=["no tank", "tank"])`;
const CHANNEL = 2;
const STEPS = 24;

interface Said {
  means: number[];
  range: [number, number];
  shape: number[];
  kernel: number[][][];
}

test('grows pictures that a channel looks for, as Keras scores them, and shows its kernels', async ({ page }) => {
  const root = process.env.GRADLENS_UI_ROOT ?? '';
  const out = join(root, 'grown.json');
  writeNotebook(NOTEBOOK, CELL);
  await refresh(page);
  await openNotebook(page, NOTEBOOK);
  await runAll(page);
  const of = await view(page, 0);
  await expect(heatmap(of)).toBeVisible();
  await of.getByRole('button', { name: 'Examine channels' }).click();
  const panel = of.getByRole('group', { name: 'Channels', exact: true });
  const part = panel.getByRole('region', { name: 'What it looks for' });
  const tiles = of.getByRole('img', { name: '12 feature maps of conv1', exact: true });
  const patterns = part.getByRole('group', { name: `Patterns that make channel ${CHANNEL} of conv1 large` });
  let said: Said;

  await test.step('of the channel that is chosen, from several seeds', async () => {
    await expect(part.getByRole('button', { name: 'What a channel looks for' })).toBeDisabled();
    await tiles.focus();
    for (const key of ['Home', 'ArrowRight', 'ArrowRight', 'Enter']) {
      await page.keyboard.press(key);
    }
    await part.getByText('Settings', { exact: true }).click();
    await part.getByRole('spinbutton', { name: 'Steps', exact: true }).fill(String(STEPS));
    await part.getByRole('button', { name: `What channel ${CHANNEL} looks for` }).click();
    await expect(part.getByRole('button', { name: 'Save values as .npy' })).toBeVisible();
    await expect(patterns.getByRole('img')).toHaveCount(4);
    await expect(
      part.getByText(`To repeat: channel ${CHANNEL} of conv1 of tank.keras; seeds 1, 2, 3, 4, ${STEPS} steps`)
    ).toBeVisible();
  });

  await test.step('their numbers are what Keras makes of the values saved', async () => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      part.getByRole('button', { name: 'Save values as .npy' }).click()
    ]);
    expect(download.suggestedFilename()).toBe(`Looks_for_channel_${CHANNEL}_of_conv1_tank.keras_seed_1.npy`);
    runKeras('grown.py', join(root, 'models/tank.keras'), await download.path(), 'conv1', String(CHANNEL), out);
    said = JSON.parse(readFileSync(out, 'utf8')) as Said;
    expect(said.shape.slice(0, 1)).toEqual([4]);
    expect(said.range[0]).toBeGreaterThanOrEqual(0);
    expect(said.range[1]).toBeLessThanOrEqual(255);
    for (const [i, mean] of said.means.entries()) {
      const caption = await patterns.getByRole('figure').nth(i).innerText();
      const [first, last] = /([\d.e-]+) → ([\d.e-]+)/.exec(caption)!.slice(1).map(Number);
      expect(last).toBeGreaterThan(first);
      expect(Math.abs(last - mean)).toBeLessThan(2e-4 * Math.max(Math.abs(mean), 1));
    }
  });

  await test.step('of the class explained; cancelled, what has grown stays', async () => {
    await part.getByRole('spinbutton', { name: 'Steps', exact: true }).fill('2000');
    await part.getByRole('button', { name: 'What raises “tank”' }).click();
    const ofClass = part.getByRole('group', { name: 'Patterns that make “tank” large' });
    await expect(ofClass.getByRole('img')).toHaveCount(4);
    await part.getByRole('button', { name: 'Cancel' }).click();
    await expect(part.getByText(/^Stopped after \d+ of 2000 steps\.$/)).toBeVisible();
    await expect(ofClass.getByRole('img')).toHaveCount(4);
  });

  await test.step('the kernels, by keyboard', async () => {
    await panel.getByRole('button', { name: 'Show the kernels' }).click();
    const kernels = panel.getByRole('img', { name: '12 kernels of conv1' });
    await kernels.focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowDown');
    const read = await panel.getByRole('status', { name: 'Weight under the cursor' }).innerText();
    const [, weights] = read.split(`kernel ${CHANNEL}, row 1, column 1: `);
    weights.split(', ').forEach((weight, c) => {
      expect(Number(weight)).toBeCloseTo(said.kernel[1][1][c], 3);
    });
    const { violations } = await new AxeBuilder({ page }).include('.jp-GradLens-channels').analyze();
    expect(violations).toEqual([]);
  });
});
