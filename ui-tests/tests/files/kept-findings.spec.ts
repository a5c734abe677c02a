/** What checks and sets found, and what was found of several models: kept in the notebook, without kernel and model. */
import { copyFileSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, heatmap, openNotebook, test, view } from '../fixtures';
import { close, onDisk, runNotebook, save } from '../saved';

const served = (name: string): string => join(process.env.GRADLENS_UI_ROOT ?? '', name);
const PICTURES = '["data/test_tank_blue.png", "data/test_tank_grey.png"]';

test('ranked channels, feature health and the maps of a set are there without the model', async ({ page }) => {
  const name = 'findings.ipynb';
  copyFileSync(served('models/tank.keras'), served('models/leaves.keras'));
  const show = `gradlens.show("models/leaves.keras", ${PICTURES}, labels=["no tank", "tank"], mask=[[1, 1], [0, 0]])`;
  const first = await runNotebook(page, name, show);
  await expect(heatmap(first)).toBeVisible();
  const said: string[] = [];
  await test.step('find them, and save', async () => {
    await first.getByRole('button', { name: 'Examine channels' }).click();
    const panel = first.getByRole('group', { name: 'Channels', exact: true });
    await panel.getByRole('button', { name: 'Rank channels by effect' }).click();
    said.push(await panel.getByText(/^The score of .* falls most without channel/).innerText());
    await panel.getByRole('button', { name: 'Check over 2 images' }).click();
    said.push(await panel.getByText(/^Of \d+ channels in \d+ layers/).innerText());
    await first.getByText('All images together').click();
    await first.getByRole('button', { name: 'Compute the maps of 2 images' }).click();
    said.push(await first.getByText(/On average .* of the map lies inside/).innerText());
    await expect.poll(async () => (await save(page, name), onDisk(name))).toMatch(/"kind": ?"set"/);
    await page.evaluate(() => window.jupyterapp.commands.execute('kernelmenu:shutdown'));
    await close(page, name);
  });
  const before = onDisk(name);
  renameSync(served('models/leaves.keras'), served('models/left.keras'));
  await openNotebook(page, name);
  const again = await view(page, 0);
  await expect(again.getByText('as stored with the notebook')).toBeVisible();
  const kept = again.getByRole('group', { name: 'Kept checks of channels' });
  await expect(kept.getByText(said[0], { exact: true })).toBeVisible();
  await expect(kept.getByText(said[1], { exact: true })).toBeVisible();
  await expect(kept.getByRole('button', { name: /^Check over|^Rank channels/ })).toHaveCount(0);
  await again.getByText('All images together').click();
  await expect(again.getByText(said[2], { exact: true })).toBeVisible();
  await expect(again.getByRole('button', { name: 'Compute the maps of 2 images' })).toBeDisabled();
  await save(page, name);
  expect(onDisk(name)).toBe(before);
});

test('what was found of each of several models is there without them', async ({ page }) => {
  const name = 'several.ipynb';
  for (const one of ['first', 'second']) {
    copyFileSync(served('models/tank.keras'), served(`models/${one}.keras`));
  }
  // The same network in another file is another model: a comment at the end of its zip.
  const bytes = readFileSync(served('models/second.keras'));
  bytes.writeUInt16LE(1, bytes.length - 2);
  writeFileSync(served('models/second.keras'), Buffer.concat([bytes, Buffer.from('x')]));
  const show = `gradlens.show(["models/first.keras", "models/second.keras"], ${PICTURES}, labels=["no tank", "tank"])`;
  const first = await runNotebook(page, name, show);
  await expect(heatmap(first)).toBeVisible();
  const slider = first.getByRole('slider', { name: 'Model' });
  await slider.focus();
  await page.keyboard.press('Home');
  await expect(first.getByRole('group', { name: /^GradLens: first/ })).toHaveAttribute('aria-busy', 'false');
  await page.keyboard.press('End');
  await expect(first.getByRole('group', { name: /^GradLens: second/ })).toHaveAttribute('aria-busy', 'false');
  await expect.poll(async () => (await save(page, name), onDisk(name))).toMatch(/"others"/);
  await page.evaluate(() => window.jupyterapp.commands.execute('kernelmenu:shutdown'));
  await close(page, name);
  for (const one of ['first', 'second']) {
    renameSync(served(`models/${one}.keras`), served(`models/${one}-left.keras`));
  }
  await openNotebook(page, name);
  const again = await view(page, 0);
  await expect(again.getByText('as stored with the notebook')).toBeVisible();
  await expect(heatmap(again)).toBeVisible();
  await again.getByRole('slider', { name: 'Model' }).focus();
  await page.keyboard.press('Home');
  await expect(again.getByRole('group', { name: /^GradLens: first/ })).toBeVisible();
  await expect(again.getByText('as stored with the notebook')).toBeVisible();
  await expect(heatmap(again)).toBeVisible();
});
