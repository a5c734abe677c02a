import type { Locator } from '@playwright/test';
import { expect, openNotebook, refresh, runAll, test, view, writeNotebook } from '../fixtures';

test.use({ deviceScaleFactor: 2 });

/** The colour at the top left, and a sum that tells one drawing from another. */
const drawn = (canvas: Locator): Promise<{ corner: number[]; sum: number }> =>
  canvas.evaluate(element => {
    const { width, height } = element as HTMLCanvasElement;
    const { data } = (element as HTMLCanvasElement).getContext('2d')!.getImageData(0, 0, width, height);
    return { corner: [...data.slice(0, 3)], sum: data.reduce((all, band, i) => (all * 31 + band * (i % 7)) % 1e9, 0) };
  });

test('colours that fit the data, long work from coarse to fine, and themes', async ({ page }) => {
  writeNotebook(
    'colour.ipynb',
    'import gradlens',
    'gradlens.show("models/tank.keras", "data/test_tank_grey.png", labels=["no tank", "tank"])'
  );
  await refresh(page);
  await openNotebook(page, 'colour.ipynb');
  await runAll(page);
  const first = await view(page, 0);
  const map = (name: string): Locator => first.getByRole('img', { name, exact: true });
  const method = (name: string): Promise<string[]> =>
    first.getByRole('combobox', { name: 'Method', exact: true }).selectOption(name);
  await expect(map('Grad-CAM of tank at conv4')).toBeVisible();

  await test.step('a map without evidence for a place leaves the picture its colours; a key held shows it bare', async () => {
    await expect(first.getByRole('img', { name: /^Colour bar, viridis, from 0/ })).toBeVisible();
    const canvas = map('Grad-CAM of tank at conv4');
    const before = await drawn(canvas);
    await canvas.focus();
    await page.keyboard.down('b');
    await expect.poll(async () => (await drawn(canvas)).sum).not.toBe(before.sum);
    await page.keyboard.up('b');
    await expect.poll(async () => (await drawn(canvas)).sum).toBe(before.sum);
  });

  await test.step('a signed map opens diverging and symmetric', async () => {
    await method('Input x gradient');
    await expect(map('Input x gradient of tank')).toBeVisible();
    const bar = first.getByRole('img', { name: /^Colour bar, coolwarm/ });
    const [, low, high] = /from -(\S+) to (\S+)$/.exec((await bar.getAttribute('aria-label')) ?? '') ?? [];
    expect(low).toBe(high);
  });

  await test.step('occlusion shows what it knows so far, which nobody can take for the map', async () => {
    await method('Occlusion');
    await expect(map('Occlusion of tank, so far')).toBeVisible();
    await expect(first.getByText(/^Explaining: pass \d+ of 225/)).toBeVisible();
    await expect(map('Occlusion of tank')).toBeVisible();
    await expect(first.getByRole('button', { name: 'Save' })).toBeVisible();
  });

  await test.step('the grid follows the theme', async () => {
    const grid = first.getByRole('img', { name: '32 feature maps of conv4' });
    await grid.scrollIntoViewIfNeeded();
    const before = (await drawn(grid)).corner;
    expect(Math.min(...before)).toBeGreaterThan(200);
    await page.theme.setTheme('JupyterLab Dark');
    await expect.poll(async () => Math.max(...(await drawn(grid)).corner)).toBeLessThan(100);
  });
});
