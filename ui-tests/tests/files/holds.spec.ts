/** Misfortune in a real JupyterLab: namesakes of a model, and a computation that never ends. */
import { copyFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, heatmap, openNotebook, runAll, test, view, writeNotebook } from '../fixtures';

const served = process.env.GRADLENS_UI_ROOT ?? '';
const tank = join(served, 'models', 'tank.keras');
const PICTURE = '"data/test_tank_grey.png"';

test('a model above the served folder is not mistaken for one of that name inside it', async ({ page }) => {
  const outside = join(served, '..', 'namesake.keras');
  copyFileSync(tank, outside);
  // What is no model would be said, were it read.
  writeFileSync(join(served, 'namesake.keras'), 'another file of that name');
  try {
    writeNotebook('above.ipynb', `import gradlens\ngradlens.show("../namesake.keras", ${PICTURE})`);
    await openNotebook(page, 'above.ipynb');
    await runAll(page);
    await expect(heatmap(await view(page, 0)).first()).toBeVisible();
  } finally {
    rmSync(outside);
    rmSync(join(served, 'namesake.keras'));
  }
});

test('a computation that never ends is ended by Cancel, and the other view opens its model again', async ({ page }) => {
  for (const name of ['endless', 'ordinary']) {
    copyFileSync(tank, join(served, 'models', `${name}.keras`));
  }
  await page.route(/gradlens-engine.*\.js/, async route => {
    const response = await route.fetch();
    const endless =
      "addEventListener('message', ({ data }) => { if (data.call === 'end' && self.isEndless) setTimeout(() => { for (;;); }); if (data.call === 'open') self.isEndless = data.params.name === 'endless.keras'; });";
    await route.fulfill({ response, body: `${endless}\n${await response.text()}` });
  });
  writeNotebook(
    'endless.ipynb',
    `import gradlens\ngradlens.show("models/ordinary.keras", ${PICTURE})`,
    `gradlens.show("models/endless.keras", ${PICTURE})`
  );
  await openNotebook(page, 'endless.ipynb');
  await runAll(page);
  const ordinary = await view(page, 0);
  const endless = await view(page, 1);
  // Its bytes are there, and it is at them.
  await expect(endless.getByRole('progressbar', { name: /^(?:Parsing the model|No answer)/ })).toBeVisible();
  await endless.getByRole('button', { name: 'Cancel' }).click();
  await expect(endless.getByRole('alert')).toContainText('Cancelled');
  await view(page, 0);
  await expect(heatmap(ordinary).first()).toBeVisible();
});
