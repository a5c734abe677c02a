import { readFileSync } from 'node:fs';
import AxeBuilder from '@axe-core/playwright';
import { expect, heatmap, openNotebook, refresh, runAll, test, value, view, writeNotebook } from '../fixtures';

const NOTEBOOK = 'sums.ipynb';
const CELL = `import gradlens
gradlens.show("models/tank.keras", "data/test_tank_grey.png", labels=["no tank", "tank"], layer="conv3", channel=5)`;

/** The number that ends a text. */
const lastNumber = (text: string): number => Number(/(-?[\d.]+(?:e-?\d+)?)\s*$/.exec(text.trim())?.[1]);

test('takes a cell of a map apart, by mouse and keyboard, down to the pixels and back', async ({ page }) => {
  writeNotebook(NOTEBOOK, CELL);
  await refresh(page);
  await openNotebook(page, NOTEBOOK);
  await runAll(page);
  const of = await view(page, 0);
  const map = of.getByRole('img', { name: 'Heatmap of channel 5 of conv3' });
  await expect(map).toBeVisible();
  const panel = of.getByRole('group', { name: 'How this value is computed' });
  const sum = panel.getByLabel('The sum');
  const trail = panel.getByRole('navigation', { name: 'From value to value' }).getByRole('button');

  await test.step('by keyboard: a cell is walked to and chosen', async () => {
    await map.focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await expect(sum).toContainText('the layer’s value');
    await expect(trail).toHaveCount(1);
    await expect(trail).toContainText('conv3 (');
  });

  await test.step('it ends with the value that the map shows', async () => {
    await expect(sum).toContainText('=');
    await expect(sum).not.toContainText('≠');
    const shown = /(-?[\d.]+(?:e-?\d+)?)/.exec((await value(of).innerText()).split('·').at(-2) ?? '');
    expect(shown).not.toBeNull();
    expect(Number.isFinite(lastNumber(await sum.innerText()))).toBe(true);
  });

  await test.step('channel by channel', async () => {
    const channel = panel.getByRole('slider', { name: 'Channel' });
    await panel.getByRole('button', { name: 'Next channel' }).click();
    await expect(channel).toHaveValue('1');
    await channel.press('End');
    const last = await channel.getAttribute('max');
    await expect(channel).toHaveValue(last ?? '');
    await channel.press('Home');
    await panel.getByRole('button', { name: 'Play' }).click();
    await expect(channel).toHaveValue('2');
    await panel.getByRole('button', { name: 'Pause' }).click();
  });

  await test.step('on to a value of the layer before, by keys, and back', async () => {
    const figure = panel.getByRole('img', { name: /^Values, weights and products of channel/ });
    await figure.focus();
    for (const key of ['ArrowRight', 'ArrowDown', 'ArrowRight']) {
      await page.keyboard.press(key);
    }
    await expect(panel.getByRole('status', { name: 'Numbers under the cursor' })).toContainText('×');
    await page.keyboard.press('Enter');
    await expect(trail).toHaveCount(2);
    await expect(sum).toContainText('the layer’s value');
    await trail.first().click();
    await expect(trail).toHaveCount(1);
  });

  await test.step('saved as a picture', async () => {
    for (const [name, begins] of [
      ['Save as PNG', '\x89PNG'],
      ['Save as SVG', '<svg']
    ]) {
      const download = page.waitForEvent('download');
      await panel.getByRole('button', { name }).click();
      const file = await (await download).path();
      const bytes = readFileSync(file, 'latin1');
      expect(bytes.startsWith(begins)).toBe(true);
      expect(bytes).toContain('model tank.keras');
    }
  });

  await test.step('with no fault for assistive technology', async () => {
    const found = await new AxeBuilder({ page }).include('.jp-GradLens-sums').analyze();
    expect(found.violations).toEqual([]);
  });

  await panel.getByRole('button', { name: 'Close', exact: true }).click();
  await expect(panel).toHaveCount(0);
});

test('shows of Grad-CAM each channel’s weight times its activation', async ({ page }) => {
  writeNotebook(NOTEBOOK, CELL.replace(', channel=5', ''));
  await refresh(page);
  await openNotebook(page, NOTEBOOK);
  await runAll(page);
  const of = await view(page, 0);
  await heatmap(of).focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  const parts = of.getByRole('group', { name: 'What makes this cell' });
  await expect(parts.getByRole('listitem').first()).toContainText('×');
  for (const text of await parts.getByRole('listitem').allInnerTexts()) {
    const [weight, activation, part] = [...text.matchAll(/-?\d[\d.]*(?:e-?\d+)?/g)].slice(-3).map(Number);
    // Three digits of each factor.
    expect(Math.abs(weight * activation - part)).toBeLessThanOrEqual(0.011 * Math.abs(part) + 1e-12);
  }
});
