import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from '@playwright/test';
import { expect, heatmap, openNotebook, refresh, runAll, runKeras, test, view, writeNotebook } from '../fixtures';

const NOTEBOOK = 'experiment.ipynb';
const CELL = `import gradlens
gradlens.show("models/tank.keras", "data/test_tank_grey.png", labels=["no tank", "tank"])`;

/** Rows and columns of the demo's pictures. */
const SIDE = 128;
/** As (top, left, bottom, right): the sky, as far as the pointer is dragged, and the tank, as far as keys walk. */
const SKY = [0, 0, 52, SIDE];
const TANK = [64, 24, 95, 103];

/** Keras gives four digits of the class's probability as the table shows them; the last one may be rounded otherwise. */
const LAST_DIGIT = 1.01e-4;

/** The scores of "tank" before and after. */
async function scores(panel: Locator): Promise<number[]> {
  const cells = panel
    .getByRole('row', { name: /^tank / })
    .first()
    .getByRole('cell');
  return (await cells.allInnerTexts()).slice(0, 2).map(Number);
}

/** Waits for them: while a shape grows, scores of smaller ones come first. */
async function expectScores(panel: Locator, wanted: readonly number[]): Promise<void> {
  await expect
    .poll(async () => {
      const seen = await scores(panel);
      return Math.max(...wanted.map((score, i) => Math.abs(score - seen[i])));
    })
    .toBeLessThan(LAST_DIGIT);
}

test('covering the sky flips the class, covering the tank does not, as Keras says', async ({ page }) => {
  const root = process.env.GRADLENS_UI_ROOT ?? '';
  const out = join(root, 'covered.json');
  const boxes = JSON.stringify([[0, 0, 0, 0], SKY, TANK]);
  runKeras('covered.py', join(root, 'models/tank.keras'), join(root, 'data/test_tank_grey.png'), out, boxes);
  const [plain, sky, tank] = (JSON.parse(readFileSync(out, 'utf8')) as number[][]).map(
    ([, probability]) => probability
  );
  expect(sky).toBeLessThan(0.5);
  expect(tank).toBeGreaterThan(0.5);

  writeNotebook(NOTEBOOK, CELL);
  await refresh(page);
  await openNotebook(page, NOTEBOOK);
  await runAll(page);
  const first = await view(page, 0);
  await expect(heatmap(first)).toBeVisible();
  await first.getByRole('button', { name: 'Cover or change the picture' }).click();
  const panel = first.getByRole('group', { name: 'Experiment', exact: true });
  const canvas = panel.getByRole('img', { name: 'Picture to cover' });
  await panel.getByRole('button', { name: 'Rectangle' }).click();

  await test.step('the sky, by the pointer', async () => {
    await canvas.hover({ position: { x: 1, y: 1 } });
    const box = (await canvas.boundingBox()) as { x: number; y: number; width: number; height: number };
    await page.mouse.down();
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 4);
    await page.mouse.move(box.x + box.width + 20, box.y + (box.height * SKY[2]) / SIDE);
    await page.mouse.up();
    await expect(panel.getByText('tank becomes no tank')).toBeVisible();
    await expect(panel.getByRole('img', { name: /^Difference: Grad-CAM of tank/ })).toBeVisible();
    await expectScores(panel, [plain, sky]);
    await expect(panel.getByLabel('Latency')).toHaveText(/^scores after \d+ ms · map \d+ ms$/);
    await panel.getByLabel('Name').fill('the sky');
    await panel.getByRole('button', { name: 'Keep', exact: true }).click();
  });

  await test.step('the tank, by keys', async () => {
    await canvas.focus();
    await page.keyboard.press('Control+z');
    await expect(panel.getByText('Draw over the picture to cover a part of it.')).toBeVisible();
    const walk = async (key: string, times: number): Promise<void> => {
      for (let i = 0; i < times; i++) {
        await page.keyboard.press(key);
      }
    };
    // From the sky's corner, where the pointer is: to the tank's first corner, and to its last.
    await page.mouse.move(0, 0);
    await walk('ArrowLeft', 21);
    await page.keyboard.press('Enter');
    await walk('ArrowRight', 39);
    await walk('ArrowDown', 15);
    await page.keyboard.press('Enter');
    await expect(panel.getByText('It is still tank')).toBeVisible();
    await expectScores(panel, [plain, tank]);
    await panel.getByLabel('Name').fill('the tank');
    await page.keyboard.press('Enter');
    const kept = panel.getByRole('table', { name: 'Kept experiments' });
    await expect(kept.getByRole('row', { name: /^the sky .*no tank/ })).toBeVisible();
    await expect(kept.getByRole('row', { name: /^the tank / })).toBeVisible();
  });
});
