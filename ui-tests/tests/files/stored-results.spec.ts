/** A saved notebook without its model: interactive among what was looked at, and says what it cannot. */
import { copyFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from '@playwright/test';
import { expect, expectedPicture, heatmap, openNotebook, openPanel, readPeak, test, view } from '../fixtures';
import { close, inPage, keptIn, onDisk, runNotebook, save, savedOutput } from '../saved';

const NOTEBOOK = 'stored.ipynb';
const served = (name: string): string => join(process.env.GRADLENS_UI_ROOT ?? '', name);

/** What the cell of a map's peak says that it is made of: the sum of its parts, and what the map shows there. */
async function partsOfPeak(of: Locator, peak: [number, number]): Promise<[number, number]> {
  await heatmap(of).press('Enter');
  const cell = of.getByRole('group', { name: 'What makes this cell' });
  await expect(cell.getByRole('heading')).toHaveText(`What makes row ${peak[0]}, column ${peak[1]}`);
  const note = await cell.getByText(/all sum to/).innerText();
  return [Number(note.match(/all sum to (\S+)/)?.[1]), Number(note.match(/shows (\S+)/)?.[1])];
}

test('what was looked at is there without kernel and model, and nothing else is', async ({ page }) => {
  copyFileSync(served('models/tank.keras'), served('models/gone.keras'));
  const show = 'gradlens.show("models/gone.keras", "data/test_tank_grey.png", labels=["no tank", "tank"])';
  const first = await runNotebook(page, NOTEBOOK, show);
  const map = (name: string) => first.getByRole('img', { name, exact: true });

  const { conv3, conv4 } = expectedPicture('test_tank_grey.png').maps;
  await test.step('look at two layers, at both classes and a cell of one; save at once', async () => {
    await expect(map('Grad-CAM of tank at conv4')).toBeVisible();
    await readPeak(first, conv4);
    await partsOfPeak(first, conv4.peak);
    await first.getByRole('button', { name: 'Close', exact: true }).click();
    await first.getByRole('button', { name: /^no tank/ }).click();
    await expect(map('Grad-CAM of no tank at conv4')).toBeVisible();
    await first.getByRole('button', { name: /^tank/ }).click();
    await first.getByRole('combobox', { name: 'Layer' }).fill('conv3');
    await page.getByRole('option', { name: /^conv3 / }).click();
    // While it computes, or packs: what is found soon is in the file all the same; later, the notebook counts as changed.
    await page.keyboard.press('Control+s');
    const isLate = async (): Promise<boolean> => {
      const { dirty, text } = await inPage(page, NOTEBOOK);
      return dirty && keptIn(text).includes('conv3');
    };
    await expect.poll(async () => keptIn(onDisk(NOTEBOOK)).includes('conv3') || (await isLate())).toBe(true);
    await save(page, NOTEBOOK);
    expect(keptIn(onDisk(NOTEBOOK))).toContain('conv3');
    await page.evaluate(() => window.jupyterapp.commands.execute('kernelmenu:shutdown'));
    await close(page, NOTEBOOK);
  });
  const before = onDisk(NOTEBOOK);
  expect(JSON.stringify(savedOutput(NOTEBOOK).metadata).length).toBeLessThan(200_000);

  renameSync(served('models/gone.keras'), served('models/elsewhere.keras'));
  await openNotebook(page, NOTEBOOK);
  const again = await view(page, 0);
  const stored = (name: string) => again.getByRole('img', { name, exact: true });
  await test.step('it is interactive among what was kept', async () => {
    await expect(again.getByText('as stored with the notebook')).toBeVisible();
    await expect(again.getByRole('alert')).toContainText('gone.keras');
    await expect(stored('Grad-CAM of tank at conv3')).toBeVisible();
    // Stored to 11 bits.
    expect(Math.abs((await readPeak(again, conv3)) / conv3.max - 1)).toBeLessThan(1e-3);
    await again.getByRole('combobox', { name: 'Layer' }).click();
    await expect(page.getByRole('option', { name: /^conv2 / })).toBeDisabled();
    await page.getByRole('option', { name: /^conv4 / }).click();
    await expect(stored('Grad-CAM of tank at conv4')).toBeVisible();
    expect(Math.abs((await readPeak(again, conv4)) / conv4.max - 1)).toBeLessThan(1e-3);
    const [sum, shown] = await partsOfPeak(again, conv4.peak);
    expect(Math.abs(sum / conv4.max - 1)).toBeLessThan(1e-3);
    expect(Math.abs(shown / conv4.max - 1)).toBeLessThan(1e-3);
    await stored('Grad-CAM of tank at conv4').press('+');
    await expect(again.getByRole('button', { name: 'Reset zoom' })).toBeEnabled();
    const display = await openPanel(page, again, /Display/, /^Display/);
    await display.getByRole('textbox', { name: 'Upper bound, typed' }).fill('0.02');
    await page.keyboard.press('Enter');
    await expect(again.getByRole('img', { name: /^Colour bar.* to 0\.02$/ })).toBeVisible();
    await page.keyboard.press('Escape');
    await again.getByRole('button', { name: /^no tank/ }).click();
    await expect(stored('Grad-CAM of no tank at conv4')).toBeVisible();
    await again.getByRole('img', { name: '32 feature maps of conv4' }).focus();
    await page.keyboard.press('ArrowRight');
    await expect(stored('Heatmap of channel 0 of conv4')).toBeVisible();
    await page.keyboard.press('Escape');
  });

  await test.step('what needs the model says so', async () => {
    await expect(
      again.getByRole('combobox', { name: 'Method' }).getByRole('option', { name: 'Saliency' })
    ).toBeDisabled();
    await again.getByRole('combobox', { name: 'Layer' }).click();
    await page.getByRole('option', { name: /^conv3 / }).click();
    await expect(again.getByRole('button', { name: /^no tank/ })).toBeDisabled();
  });

  await test.step('with the model back, it computes on', async () => {
    renameSync(served('models/elsewhere.keras'), served('models/gone.keras'));
    await again.getByRole('button', { name: 'Try again' }).click();
    await expect(again.getByText('as stored with the notebook')).toBeHidden();
    await again.getByRole('button', { name: /^no tank/ }).click();
    await expect(stored('Grad-CAM of no tank at conv3')).toBeVisible();
  });

  await test.step('opened again and left alone, it stays as it is', async () => {
    await save(page, NOTEBOOK);
    await close(page, NOTEBOOK);
    const saved = onDisk(NOTEBOOK);
    expect(saved).not.toBe(before);
    await openNotebook(page, NOTEBOOK);
    await expect((await view(page, 0)).getByRole('img', { name: 'Grad-CAM of no tank at conv3' })).toBeVisible();
    await save(page, NOTEBOOK);
    expect(onDisk(NOTEBOOK)).toBe(saved);
    await close(page, NOTEBOOK);
  });
});
