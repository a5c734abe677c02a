import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { galata } from '@jupyterlab/galata';
import { expect, heatmap, openNotebook, refresh, runAll, runKeras, test, view } from './fixtures';
import { dragFile, dropFiles, fileNamed, goTo, openedTab, openWith, pickTestPicture } from './opened';
import { reload } from './saved';

const served = process.env.GRADLENS_UI_ROOT ?? '';
const picture = (name: string): Buffer => readFileSync(join(served, 'data', name));
const imagesOf = (tab: ReturnType<typeof openedTab>) =>
  tab.getByRole('listbox', { name: 'Images' }).getByRole('option');

test('pictures come by dropping, pasting, the file browser and the camera, and are there after a reload', async ({
  page,
  context
}) => {
  await goTo(page, 'models');
  await fileNamed(page, 'tank.keras').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Open in GradLens' }).click();
  const tab = openedTab(page);
  await expect(tab.getByRole('heading', { name: 'tank.keras' })).toBeVisible();

  await test.step('pixel values can be chosen before there is a picture', async () => {
    const values = tab.getByRole('combobox', { name: 'Pixel values' });
    await expect(values).toHaveValue('none');
    await values.selectOption('tf');
    await expect(values).toHaveValue('tf');
    await values.selectOption('none');
  });

  await test.step('dropped from the computer', async () => {
    await dropFiles(tab, [{ name: 'dropped.png', type: 'image/png', bytes: picture('test_tank_grey.png') }]);
    await expect(heatmap(tab)).toHaveAccessibleName('Grad-CAM of class 1 at conv4');
  });

  await test.step('pasted from the clipboard', async () => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.evaluate(async base64 => {
      const bytes = Uint8Array.from(atob(base64), char => char.charCodeAt(0));
      await navigator.clipboard.write([new ClipboardItem({ 'image/png': new Blob([bytes], { type: 'image/png' }) })]);
    }, picture('test_field_blue.png').toString('base64'));
    await page.getByRole('tab', { name: 'tank.keras' }).click();
    await page.keyboard.press('Control+V');
    await expect(imagesOf(tab)).toHaveCount(2);
    await expect(imagesOf(tab).last()).toHaveAccessibleName(/^pasted image/);
    await expect(heatmap(tab)).toHaveAccessibleName('Grad-CAM of class 0 at conv4');
  });

  await test.step('dragged from the file browser', async () => {
    await goTo(page, 'data');
    await dragFile(page, 'test_tank_grey.png', tab);
    await expect(imagesOf(tab)).toHaveCount(3);
    await expect(heatmap(tab)).toHaveAccessibleName('Grad-CAM of class 1 at conv4');
  });

  await test.step('from the menu of the file browser', async () => {
    await fileNamed(page, 'test_field_blue.png').click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Explain with tank.keras in GradLens' }).click();
    await expect(imagesOf(tab)).toHaveCount(4);
    await expect(heatmap(tab)).toHaveAccessibleName('Grad-CAM of class 0 at conv4');
  });

  await test.step('what is no picture is named; JupyterLab stays', async () => {
    await dropFiles(tab, [{ name: 'notes.txt', type: 'text/plain', bytes: Buffer.from('notes') }]);
    await expect(tab.getByRole('alert')).toHaveText(/^This browser cannot read “notes.txt” as a picture/);
    await expect(imagesOf(tab)).toHaveCount(4);
    await dragFile(page, 'expected.json', tab);
    await expect(tab.getByRole('alert')).toHaveText(/^This browser cannot read “data\/expected.json” as a picture/);
  });

  await test.step('the camera, refused', async () => {
    await context.clearPermissions();
    await tab.getByRole('button', { name: 'Camera' }).click();
    const camera = tab.getByRole('region', { name: 'Camera' });
    await expect(camera.getByRole('alert')).toHaveText(
      /^The camera cannot be used: .*Allow it in the browser’s address bar/
    );
    await expect(camera.getByRole('button', { name: 'Take the picture' })).toHaveCount(0);
    await camera.getByRole('button', { name: 'Close' }).click();
  });

  await test.step('the camera, allowed', async () => {
    await context.grantPermissions(['camera']);
    await tab.getByRole('button', { name: 'Camera' }).click();
    await tab.getByRole('button', { name: 'Take the picture' }).click();
    await expect(imagesOf(tab)).toHaveCount(5);
    await expect(imagesOf(tab).last()).toHaveAccessibleName(/^camera 1/);
    await tab.getByRole('button', { name: 'Turn the camera off' }).click();
    await expect(tab.getByRole('region', { name: 'Camera' })).toHaveCount(0);
  });

  await test.step('one is taken off', async () => {
    await imagesOf(tab).first().click();
    await tab.getByRole('button', { name: 'Remove' }).click();
    await expect(imagesOf(tab)).toHaveCount(4);
    await expect(heatmap(tab)).toHaveAccessibleName('Grad-CAM of class 0 at conv4');
  });

  await test.step('after a reload all are there, from the server or not', async () => {
    const names = await imagesOf(tab).evaluateAll(images =>
      images.map(image => image.getAttribute('aria-label')?.split(':')[0])
    );
    await imagesOf(tab).nth(1).click();
    await expect(heatmap(tab)).toHaveAccessibleName('Grad-CAM of class 1 at conv4');
    await expect(async () => {
      const kept = await page.evaluate(() =>
        window.jupyterapp.serviceManager.workspaces
          .fetch('default')
          .then(({ data }) => JSON.stringify(data['gradlens:opened:models/tank.keras']))
      );
      expect(kept).toContain('"image":1');
    }).toPass();
    await reload(page);
    const again = openedTab(page);
    await expect(imagesOf(again)).toHaveCount(4);
    expect(
      await imagesOf(again).evaluateAll(images => images.map(image => image.getAttribute('aria-label')?.split(':')[0]))
    ).toEqual(names);
    await expect(heatmap(again)).toHaveAccessibleName('Grad-CAM of class 1 at conv4');
    await expect(again.getByRole('alert')).toHaveCount(0);
  });
});

test('a picture that is gone after a reload is named; the others are there', async ({ page }) => {
  copyFileSync(join(served, 'data', 'test_tank_grey.png'), join(served, 'data', 'gone.png'));
  const explain = (): Promise<void> =>
    page.evaluate(async () => {
      await window.jupyterapp.commands.execute('gradlens:open-file', { path: 'models/tank.keras' });
      await window.jupyterapp.commands.execute('gradlens:explain-image', {
        paths: ['data/test_field_blue.png', 'data/gone.png']
      });
    });
  await explain();
  await expect(imagesOf(openedTab(page))).toHaveCount(2);
  await expect(async () => {
    const workspace = await page.evaluate(() =>
      window.jupyterapp.serviceManager.workspaces.fetch('default').then(({ data }) => JSON.stringify(data))
    );
    expect(workspace).toContain('data/gone.png');
    expect(workspace).toContain('gradlens-open:models/tank.keras');
  }).toPass();
  rmSync(join(served, 'data', 'gone.png'));
  await reload(page);
  const tab = openedTab(page);
  await expect(tab.getByRole('alert')).toHaveText(
    '“data/gone.png” could not be brought back after the reload: add it again.'
  );
  await expect(heatmap(tab)).toHaveAccessibleName('Grad-CAM of class 0 at conv4');
});

test('a TensorFlow.js model opens with its shards; other JSON files are not ours', async ({ page }) => {
  const folder = join(served, 'models', 'tfjs');
  runKeras('tfjs.py', join(served, 'models', 'tank.h5'), folder);
  writeFileSync(join(folder, 'other.json'), '{"a": 1}');
  await goTo(page, 'models', 'tfjs');
  await refresh(page);
  const openers = (path: string): Promise<string[]> =>
    page.evaluate(of => window.jupyterapp.docRegistry.preferredWidgetFactories(of).map(({ name }) => name), path);
  expect(await openers('models/tfjs/other.json')).not.toContain('GradLens');
  expect((await openers('models/tfjs/model.json'))[0]).toBe((await openers('models/tfjs/other.json'))[0]);
  await openWith(page, null, 'model.json');
  const tab = openedTab(page);
  await expect(tab.getByText('12,570 parameters')).toBeVisible();
  await dropFiles(tab, [{ name: 'a.png', type: 'image/png', bytes: picture('test_tank_grey.png') }]);
  await expect(heatmap(tab)).toHaveAccessibleName('Grad-CAM of class 1 at conv4');
  rmSync(folder, { recursive: true });
});

test('the copied Python code shows the same view in a notebook', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await openWith(page, 'models', 'tank.keras');
  const tab = openedTab(page);
  await tab.getByRole('combobox', { name: 'Pixel values' }).selectOption('scale');
  await pickTestPicture(page, 'test_field_blue.png');
  await expect(heatmap(tab)).toBeVisible();
  await tab.getByRole('combobox', { name: 'Method' }).selectOption('hires-cam');
  await tab.getByRole('combobox', { name: 'Layer', exact: true }).click();
  await tab.getByRole('combobox', { name: 'Layer', exact: true }).fill('conv3');
  await page.getByRole('option', { name: /^conv3/ }).click();
  const shown = tab.getByRole('img', { name: /^HiResCAM of .* at conv3$/ });
  const title = (await shown.getAttribute('aria-label')) ?? '';
  const scores = await tab.getByRole('group', { name: 'Top classes' }).innerText();
  await shown.click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Copy Python Code' }).click();
  const clipboard = (): Promise<string> => page.evaluate(() => navigator.clipboard.readText());
  await expect.poll(clipboard).toContain('gradlens.show(');
  const source = await clipboard();

  const cell = { cell_type: 'code', execution_count: null, id: 'copied', metadata: {}, outputs: [], source };
  const metadata = { kernelspec: { name: 'python3', display_name: 'Python 3', language: 'python' } };
  writeFileSync(
    join(served, 'copied.ipynb'),
    JSON.stringify({ cells: [cell], metadata, nbformat: 4, nbformat_minor: 5 })
  );
  await goTo(page);
  await refresh(page);
  await openNotebook(page, 'copied.ipynb');
  await runAll(page);
  const copy = await view(page, 0);
  await expect(copy.getByRole('img', { name: title, exact: true })).toBeVisible();
  expect(await copy.getByRole('group', { name: 'Top classes' }).innerText()).toBe(scores);
  rmSync(join(served, 'copied.ipynb'));
});

test('a model opens from the file browser without a kernel, and is there again after a reload', async ({ page }) => {
  await openWith(page, 'models', 'tank.keras');
  const tab = page.locator('.jp-GradLens-opened');
  await expect(tab.getByRole('heading', { name: 'tank.keras' })).toBeVisible();
  await pickTestPicture(page, 'test_tank_grey.png');
  await expect(heatmap(tab)).toHaveAccessibleName('Grad-CAM of class 1 at conv4');
  await expect(page.getByText(/\| Idle$/)).toHaveCount(0);

  await test.step('class names from a file', async () => {
    await tab.getByLabel('File of class names').setInputFiles({
      name: 'names.json',
      mimeType: 'application/json',
      buffer: Buffer.from('["field", "tank"]')
    });
    await expect(heatmap(tab)).toHaveAccessibleName('Grad-CAM of tank at conv4');
  });

  await test.step('another picture from this computer', async () => {
    await tab.getByLabel('Picture file').setInputFiles(join(served, 'data', 'test_field_blue.png'));
    await expect(tab.getByRole('listbox', { name: 'Images' }).getByRole('option')).toHaveCount(2);
    await expect(heatmap(tab)).toHaveAccessibleName('Grad-CAM of field at conv4');
  });

  await test.step('a file that is no picture is named', async () => {
    await tab
      .getByLabel('Picture file')
      .setInputFiles({ name: 'a.png', mimeType: 'image/png', buffer: Buffer.from('no picture') });
    await expect(tab.getByRole('alert')).toContainText('This browser cannot read “a.png” as a picture');
  });

  await test.step('reload', async () => {
    await expect(async () => {
      expect(
        await page.evaluate(() =>
          window.jupyterapp.serviceManager.workspaces.fetch('default').then(({ data }) => JSON.stringify(data))
        )
      ).toContain('gradlens:opened:models/tank.keras');
    }).toPass();
    await reload(page);
    await expect(heatmap(page.locator('.jp-GradLens-opened'))).toHaveAccessibleName(/^Grad-CAM of .* at conv4$/);
  });
});

test('a file that is no model says so at once, and no other opener is replaced', async ({ page }) => {
  writeFileSync(join(served, 'models', 'notes.h5'), 'these are notes');
  await openWith(page, 'models', 'notes.h5');
  await expect(page.locator('.jp-GradLens-opened').getByRole('alert')).toContainText(
    'notes.h5 is not a Keras model: it starts like a text file'
  );
  const opener = await page.evaluate(() => window.jupyterapp.docRegistry.defaultWidgetFactory('models/tank.h5').name);
  expect(opener).not.toBe('GradLens');
  rmSync(join(served, 'models', 'notes.h5'));
});

test('a changed file is noticed and offered', async ({ page }) => {
  copyFileSync(join(served, 'models', 'tank.keras'), join(served, 'models', 'changing.keras'));
  await openWith(page, 'models', 'changing.keras');
  const tab = page.locator('.jp-GradLens-opened');
  await pickTestPicture(page, 'test_tank_grey.png');
  await expect(heatmap(tab)).toBeVisible();
  copyFileSync(join(served, 'models', 'tank.keras'), join(served, 'models', 'changing.keras'));
  await expect(async () => {
    await page.evaluate(() => window.dispatchEvent(new Event('focus')));
    await expect(tab.getByText('has changed on the server')).toBeVisible({ timeout: 1000 });
  }).toPass();
  await tab.getByRole('button', { name: 'Read it again' }).click();
  await expect(tab.getByText('has changed on the server')).toHaveCount(0);
  await expect(heatmap(tab)).toBeVisible();
  rmSync(join(served, 'models', 'changing.keras'));
});

test.describe('a large file', () => {
  test.use({ mockSettings: { ...galata.DEFAULT_SETTINGS, 'gradlens:settings': { askAbove: 0.1 } } });

  test('is read only after a question; a picture waits for the answer', async ({ page }) => {
    await openWith(page, 'models', 'tank.keras');
    const tab = openedTab(page);
    const question = tab.getByRole('group', { name: 'Large file' });
    await expect(question).toContainText('tank.keras is 199 kB');
    await dropFiles(tab, [{ name: 'a.png', type: 'image/png', bytes: picture('test_tank_grey.png') }]);
    await expect(question).toBeVisible();
    await question.getByRole('button', { name: 'Read it' }).click();
    await expect(heatmap(tab)).toHaveAccessibleName('Grad-CAM of class 1 at conv4');
  });
});

test('a double click opens a .keras file', async ({ page }) => {
  await goTo(page, 'models');
  await fileNamed(page, 'tank.keras').dblclick();
  await expect(openedTab(page).getByRole('heading', { name: 'tank.keras' })).toBeVisible();
});
