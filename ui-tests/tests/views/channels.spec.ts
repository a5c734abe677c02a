import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, heatmap, openNotebook, refresh, runAll, runKeras, test, view, writeNotebook } from '../fixtures';

const NOTEBOOK = 'channels.ipynb';
const PICTURES = ['tank_grey', 'tank_blue', 'field_grey', 'field_blue'].map(name => `data/test_${name}.png`);
const CELL = `import gradlens
gradlens.show("models/tank.keras", ${JSON.stringify(PICTURES)}, labels=["no tank", "tank"])`;
const LAYER = 'conv4';
const CHANNELS = 32;

interface Said {
  probabilities: number[][];
  logits: number[][];
  dead: number[];
}

/** Keras gives four digits of what the tables show; the last one may be rounded otherwise. */
const LAST_DIGIT = 1.01e-4;

test('switches channels off, ranks them and judges their health, as Keras says', async ({ page }) => {
  const root = process.env.GRADLENS_UI_ROOT ?? '';
  const out = join(root, 'without.json');
  runKeras('without.py', join(root, 'models/tank.keras'), PICTURES.map(one => join(root, one)).join(','), LAYER, out);
  const { probabilities, logits, dead } = JSON.parse(readFileSync(out, 'utf8')) as Said;
  const changes = logits.slice(0, CHANNELS).map(([, logit]) => logit - logits[CHANNELS][1]);
  const most = changes.indexOf(Math.min(...changes));

  writeNotebook(NOTEBOOK, CELL);
  await refresh(page);
  await openNotebook(page, NOTEBOOK);
  await runAll(page);
  const of = await view(page, 0);
  await expect(heatmap(of)).toBeVisible();
  const panel = of.getByRole('group', { name: 'Channels', exact: true });
  const tiles = of.getByRole('img', { name: `${CHANNELS} feature maps of ${LAYER}`, exact: true });
  const tank = panel.getByRole('row', { name: /^tank / }).getByRole('cell');
  const seen = async (): Promise<number[]> => (await tank.allInnerTexts()).slice(0, 2).map(Number);
  const expectTank = async (without: number): Promise<void> => {
    await expect
      .poll(async () => {
        const [before, after] = await seen();
        return Math.max(Math.abs(before - probabilities[CHANNELS][1]), Math.abs(after - without));
      })
      .toBeLessThan(LAST_DIGIT);
  };

  await test.step('by keyboard, on the feature maps', async () => {
    await tiles.focus();
    for (const key of ['Home', 'ArrowRight', 'ArrowRight', 'o']) {
      await page.keyboard.press(key);
    }
    await expect(panel.getByRole('button', { name: `Switch channel 2 of ${LAYER} on again` })).toBeVisible();
    await expectTank(probabilities[2][1]);
    await expect(panel.getByRole('img', { name: `After: Heatmap of channel 2 of ${LAYER}` })).toBeVisible();
    await tiles.focus();
    await page.keyboard.press('o');
    await expect(panel.getByRole('group', { name: 'Channels that are off' })).toHaveCount(0);
    await page.keyboard.press('Escape');
  });

  await test.step('ranks all channels; the first one is shown at a click', async () => {
    await panel.getByRole('button', { name: 'Rank channels by effect' }).click();
    const rows = panel.getByRole('region', { name: 'Channels by effect' }).getByRole('row');
    await expect(rows.nth(1).getByRole('rowheader')).toHaveText(String(most));
    const [score, change] = (await rows.nth(1).getByRole('cell').allInnerTexts()).map(text =>
      Number(text.replace('−', '-'))
    );
    expect(score).toBeCloseTo(logits[most][1], 3);
    expect(change).toBeCloseTo(changes[most], 3);
    await rows
      .nth(1)
      .getByRole('button', { name: `Show channel ${most}` })
      .click();
    await expect(of.getByRole('img', { name: `Heatmap of channel ${most} of ${LAYER}` }).first()).toBeVisible();
  });

  await test.step('the map follows, and all are switched on again', async () => {
    await panel.getByRole('button', { name: `Switch channel ${most} off` }).click();
    await expectTank(probabilities[most][1]);
    await tiles.focus();
    await page.keyboard.press('Escape');
    await expect(panel.getByRole('img', { name: /^Difference: Grad-CAM of tank at conv4/ })).toBeVisible();
    await panel.getByRole('combobox', { name: 'A channel that is off is' }).selectOption('its mean over this image');
    await expect(panel.getByText('Off, set to their mean:')).toBeVisible();
    await panel.getByRole('button', { name: 'All on again' }).click();
    await expect(panel.getByRole('img', { name: /^Difference/ })).toHaveCount(0);
  });

  await test.step('judges the channels of all layers over the images of the view', async () => {
    await panel.getByRole('button', { name: 'Check over 4 images' }).click();
    const bars = panel.getByRole('toolbar', { name: 'Layers, from the input to the output' }).getByRole('button');
    await expect(bars).toHaveCount(4);
    await expect(bars.last()).toHaveAccessibleName(
      dead.length > 0 ? new RegExp(`^${LAYER}: of 32 channels ${dead.length} dead`) : new RegExp(`^${LAYER}: `)
    );
    await bars.last().click();
    const health = panel.getByRole('region', { name: `Health of ${LAYER}` });
    if (dead.length > 0) {
      await expect(health.getByText(`${dead.length} of 32 channels of ${LAYER} are dead`)).toBeVisible();
    }
    const { violations } = await new AxeBuilder({ page }).include('.jp-GradLens-channels').analyze();
    expect(violations).toEqual([]);
    await page.keyboard.press('Home');
    await expect(panel.getByRole('region', { name: 'Health of conv1' })).toBeVisible();
    await expect(of.getByRole('img', { name: /^Grad-CAM of tank at conv1/ }).first()).toBeVisible();
  });
});
