import { copyFileSync, existsSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { IJupyterLabPageFixture } from '@jupyterlab/galata';
import type { Locator } from '@playwright/test';
import { writeDeepModel } from '../../headless/deep-model.mjs';
import { expect, heatmap, openNotebook, runAll, runKeras, test, view } from './fixtures';
import { openWith, pickTestPicture } from './opened';

const served = process.env.GRADLENS_UI_ROOT ?? '';
const sidebarOf = (page: IJupyterLabPageFixture): Locator => page.locator('.jp-GradLens-sidebar');
const treeOf = (page: IJupyterLabPageFixture): Locator => sidebarOf(page).getByRole('tree');

async function showSidebar(page: IJupyterLabPageFixture): Promise<Locator> {
  const sidebar = sidebarOf(page);
  if (!(await sidebar.isVisible())) {
    await page.getByRole('tab', { name: /^GradLens: layers/ }).click();
  }
  await expect(sidebar).toBeVisible();
  return sidebar;
}

test('the sidebar steers the view in use and follows it', async ({ page }) => {
  const sidebar = await showSidebar(page);
  await expect(sidebar.getByText('No GradLens view is open.')).toBeVisible();
  await openNotebook(page, 'demo.ipynb');
  await runAll(page);
  const first = await view(page, 0);
  await expect(heatmap(first)).toHaveAccessibleName('Grad-CAM of tank at conv4');
  const tree = treeOf(page);
  await first.getByRole('heading', { name: 'tank.keras' }).click();

  await test.step('a click on a layer sets that of the view', async () => {
    await expect(tree.getByRole('treeitem', { name: /^conv4/ })).toHaveAttribute('aria-selected', 'true');
    await tree.getByRole('treeitem', { name: /^conv3/ }).click();
    await expect(heatmap(first)).toHaveAccessibleName('Grad-CAM of tank at conv3');
  });

  await test.step('the view’s own control moves the tree', async () => {
    const layer = first.getByRole('combobox', { name: 'Layer', exact: true });
    await layer.click();
    await layer.fill('conv4');
    await page.getByRole('option', { name: /^conv4/ }).click();
    await expect(tree.getByRole('treeitem', { name: /^conv4/ })).toHaveAttribute('aria-selected', 'true');
  });

  await test.step('keyboard: / searches, arrows go, Enter chooses', async () => {
    await tree.focus();
    await page.keyboard.press('/');
    const search = sidebar.getByRole('searchbox', { name: 'Search layers' });
    await expect(search).toBeFocused();
    await search.fill('conv 3');
    await page.keyboard.press('ArrowDown');
    await expect(tree).toBeFocused();
    await page.keyboard.press('Home');
    await page.keyboard.press('Enter');
    await expect(heatmap(first)).toHaveAccessibleName('Grad-CAM of tank at conv3');
    await search.fill('');
  });

  await test.step('a slider goes through depth; layers have thumbnails', async () => {
    const depth = sidebar.getByRole('slider', { name: 'Depth' });
    await depth.focus();
    await page.keyboard.press('ArrowRight');
    await expect(depth).toHaveAttribute('aria-valuetext', /^pool3/);
    await page.keyboard.press('ArrowLeft');
    await expect(heatmap(first)).toHaveAccessibleName('Grad-CAM of tank at conv3');
    await expect(tree.getByRole('treeitem', { name: /^conv3/ }).locator('canvas')).toHaveCount(2);
  });

  await test.step('classes: searched and explained', async () => {
    await sidebar.getByRole('searchbox', { name: 'Search classes' }).fill('no ta');
    await sidebar.getByRole('list', { name: 'Classes' }).getByRole('button').click();
    await expect(heatmap(first)).toHaveAccessibleName('Grad-CAM of no tank at conv3');
    await sidebar.getByRole('button', { name: 'Highest' }).click();
    await expect(heatmap(first)).toHaveAccessibleName('Grad-CAM of tank at conv3');
  });

  await test.step('controls, closed at first: the same state as in the cell', async () => {
    await expect(sidebar.getByRole('checkbox', { name: 'Smooth' })).toBeHidden();
    await sidebar.locator('.jp-AccordionPanel-title', { hasText: 'Controls' }).click();
    await sidebar.getByRole('checkbox', { name: 'Smooth' }).uncheck();
    await expect(first.getByRole('checkbox', { name: 'Smooth' })).not.toBeChecked();
    await sidebar.getByRole('combobox', { name: 'Method' }).selectOption('layer-cam');
    await expect(first.getByRole('img', { name: /^Layer-CAM of tank at conv3/ })).toBeVisible();
  });

  await test.step('the histogram of the range is that of the cell, and moves it', async () => {
    await sidebar.getByRole('button', { name: 'Display' }).click();
    const panel = page.getByRole('dialog', { name: 'Display' });
    await panel.getByRole('slider', { name: 'Lower bound' }).press('ArrowRight');
    await expect(panel.getByRole('combobox', { name: 'Bounds' })).toHaveValue('typed');
    const lower = await panel.getByRole('slider', { name: 'Lower bound' }).getAttribute('aria-valuetext');
    await page.keyboard.press('Escape');
    await first.getByRole('button', { name: 'Display' }).click();
    await expect(panel.getByRole('slider', { name: 'Lower bound' })).toHaveAttribute('aria-valuetext', lower ?? '');
    await panel.getByRole('combobox', { name: 'Bounds' }).selectOption('min-max');
    await page.keyboard.press('Escape');
  });

  await test.step('another view used: the sidebar follows; a cell without a view: it stays', async () => {
    const third = await view(page, 2);
    await third.getByRole('heading', { name: 'model.h5' }).click();
    await expect(sidebar.getByRole('combobox', { name: 'View in use' })).toHaveValue(/./);
    await expect(sidebar.getByText(/of 598|598 layers/)).toBeVisible();
    await page.getByRole('heading', { name: 'Any tensor' }).click();
    await expect(sidebar.getByText('598 layers')).toBeVisible();
  });

  await test.step('blocks collapse and open by keyboard', async () => {
    const block = tree.getByRole('treeitem', { name: /^conv5_block32 / });
    await expect(block).toHaveAttribute('aria-expanded', 'true');
    await tree.focus();
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    await expect(block).toHaveAttribute('aria-expanded', 'false');
    await page.keyboard.press('ArrowRight');
    await expect(block).toHaveAttribute('aria-expanded', 'true');
  });

  await test.step('pinned, it keeps its view', async () => {
    await sidebar.getByRole('button', { name: 'Keep this view' }).click();
    await (await view(page, 0)).getByRole('heading', { name: 'tank.keras' }).click();
    await expect(sidebar.getByText('598 layers')).toBeVisible();
    await sidebar.getByRole('button', { name: 'Keep this view' }).click();
    await expect(sidebar.getByText('598 layers')).toHaveCount(0);
  });

  await test.step('commands act on the view in use', async () => {
    await page.evaluate(() => window.jupyterapp.commands.execute('gradlens:set-layer', { layer: 'conv1' }));
    await expect(first.getByRole('img', { name: /^Layer-CAM of tank at conv1/ })).toBeVisible();
    await page.evaluate(() => window.jupyterapp.commands.execute('gradlens:next-layer'));
    await expect(tree.getByRole('treeitem', { selected: true })).not.toHaveAccessibleName(/^conv1 /);
    await page.evaluate(() => window.jupyterapp.commands.execute('gradlens:show-summary'));
    const table = page.getByRole('table', { name: 'Layers of tank.keras' });
    await expect(table.getByRole('row')).toHaveCount(12);
  });

  await test.step('Ctrl-click compares layers side by side, linked but for the layer', async () => {
    await tree.getByRole('treeitem', { name: /^conv4/ }).click({ modifiers: ['Control'] });
    const beside = page.getByRole('tabpanel', { name: 'tank.keras · conv4' });
    await expect(beside.getByRole('img', { name: /at conv4$/ })).toBeVisible();
    await beside.getByRole('combobox', { name: 'Method' }).selectOption('grad-cam');
    await expect(heatmap(beside)).toHaveAccessibleName('Grad-CAM of tank at conv4');
    await expect(first.getByRole('combobox', { name: 'Method' })).toHaveValue('grad-cam');
    await expect(first.getByRole('combobox', { name: 'Layer', exact: true })).not.toHaveValue('conv4');
  });

  await test.step('the structure, linked with the view', async () => {
    await first.getByRole('heading', { name: 'tank.keras' }).click();
    await sidebar
      .getByRole('heading', { name: 'Structure' })
      .or(sidebar.locator('.jp-AccordionPanel-title', { hasText: 'Structure' }))
      .first()
      .click();
    await expect(sidebar.getByRole('img', { name: 'Structure of tank.keras' })).toBeVisible();
    await expect(sidebar.getByText('11 nodes')).toBeVisible();
  });

  await test.step('closing the notebook leaves no view behind', async () => {
    await page.evaluate(() => window.jupyterapp.commands.execute('application:close-all'));
    await page
      .getByRole('button', { name: 'Discard' })
      .click({ timeout: 5000 })
      .catch(() => undefined);
    await expect(sidebar.getByText('No GradLens view is open.')).toBeVisible();
  });
});

test('a model is shown before a picture; its structure opens large, its layers beside each other', async ({ page }) => {
  const sidebar = await showSidebar(page);
  await openWith(page, 'models', 'tank.keras');
  const tab = page.locator('.jp-GradLens-opened');
  const use = sidebar.getByRole('combobox', { name: 'View in use' });
  const structureIn = (of: Locator | IJupyterLabPageFixture): Locator =>
    of.getByRole('group', { name: 'Structure of tank.keras' });

  await test.step('structure, layers and summary, then the picture', async () => {
    await expect(structureIn(tab).getByRole('button', { name: /^conv1 Conv2D/ })).toBeVisible();
    await expect(tab.getByRole('table', { name: 'Layers of tank.keras' }).getByRole('row')).toHaveCount(12);
    await expect(tab.getByText('Total parameters')).toBeVisible();
    await expect(use.locator('option')).toHaveText(['tank.keras']);
    await pickTestPicture(page, 'test_tank_grey.png');
    await expect(heatmap(tab)).toBeVisible();
    await expect(structureIn(tab)).toHaveCount(0);
    await expect(use.locator('option')).toHaveText(['tank.keras · test_tank_grey.png']);
  });

  await test.step('large: shapes, live thumbnails, and the view follows', async () => {
    await page.evaluate(() => window.jupyterapp.commands.execute('gradlens:show-structure'));
    const large = structureIn(page);
    const box = large.getByRole('button', { name: /^conv2 / });
    await expect(large.getByText('64×64×16')).toBeVisible();
    await expect(box.locator('canvas')).toHaveCount(2);
    await box.click();
    await page.getByRole('tab', { name: 'tank.keras', exact: true }).click();
    await expect(heatmap(tab)).toHaveAccessibleName(/at conv2$/);
  });

  await test.step('from a row’s menu, twice: three panes of one width', async () => {
    const tree = treeOf(page);
    for (const name of ['conv3', 'conv4']) {
      await tree.getByRole('treeitem', { name: new RegExp(`^${name} `) }).click({ button: 'right' });
      await page.getByRole('menuitem', { name: 'Compare beside' }).click();
      const pane = page.getByRole('tabpanel', { name: `tank.keras · ${name}` });
      await expect(heatmap(pane)).toHaveAccessibleName(new RegExp(`at ${name}$`));
    }
    const widths = await page
      .locator('#jp-main-dock-panel > .lm-DockPanel-widget:visible')
      .evaluateAll(panes => panes.map(pane => pane.getBoundingClientRect().width));
    expect(widths).toHaveLength(3);
    expect(Math.max(...widths) - Math.min(...widths)).toBeLessThanOrEqual(1);
  });
});

test('a thousand layers: only rows in sight exist, and the search answers within a frame', async ({ page }) => {
  const model = resolve('test-results', '..', '..', '.work', 'nasnet.keras');
  if (!existsSync(model)) {
    runKeras('nasnet.py', model);
  }
  copyFileSync(model, join(served, 'models', 'nasnet.keras'));
  const sidebar = await showSidebar(page);
  await openWith(page, 'models', 'nasnet.keras');
  await expect(sidebar.getByText('1,041 layers')).toBeVisible();
  const tree = treeOf(page);
  await tree.focus();
  await page.keyboard.press('*');
  expect(await tree.getByRole('treeitem').count()).toBeLessThan(80);

  const times = await sidebar.getByRole('searchbox', { name: 'Search layers' }).evaluate(async input => {
    const box = input as HTMLInputElement;
    const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set;
    const measured: number[] = [];
    for (const text of ['s', 'se', 'sep', 'separable', 'separable conv_2', '11x11', 'bn']) {
      const start = performance.now();
      set?.call(box, text);
      box.dispatchEvent(new Event('input', { bubbles: true }));
      measured.push(performance.now() - start);
      await new Promise(requestAnimationFrame);
    }
    return measured;
  });
  await test.step('keyboard: to the end and back, letters, pages', async () => {
    await sidebar.getByRole('searchbox', { name: 'Search layers' }).fill('');
    await tree.focus();
    const active = (): Promise<string | null> =>
      tree.evaluate(
        element =>
          document.getElementById(element.getAttribute('aria-activedescendant') ?? '')?.getAttribute('aria-label') ??
          null
      );
    await page.keyboard.press('End');
    await expect.poll(active).toMatch(/^predictions/);
    await page.keyboard.press('Home');
    await expect.poll(active).toMatch(/^input/);
    await page.keyboard.press('PageDown');
    await expect.poll(active).not.toMatch(/^input/);
    await page.keyboard.type('global');
    await expect.poll(active).toMatch(/^global_average_pooling2d/);
    expect(await tree.getByRole('treeitem').count()).toBeLessThan(80);
  });
  await test.step('axe finds nothing in the tree and the graph, light and dark', async () => {
    await sidebar.locator('.jp-AccordionPanel-title', { hasText: 'Structure' }).click();
    for (const theme of ['JupyterLab Light', 'JupyterLab Dark']) {
      await page.theme.setTheme(theme);
      await expect(sidebar.getByRole('img', { name: 'Structure of nasnet.keras' })).toBeVisible();
      const { violations } = await new AxeBuilder({ page: page }).include('.jp-GradLens-sidebar').analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(node => node.html).join(' ')}`)).toEqual([]);
    }
  });
  console.log(`Keystroke to list at 1,041 layers: ${times.map(time => time.toFixed(1)).join(', ')} ms`);
  times.sort((a, b) => a - b);
  expect(times[Math.floor(times.length / 2)]).toBeLessThan(16);
});

test('every open section has its share of the height, however they are opened and closed', async ({ page }) => {
  const sidebar = await showSidebar(page);
  const title = (name: string): Locator => sidebar.locator('.jp-AccordionPanel-title', { hasText: name });
  const heightOf = async (name: string): Promise<number> => {
    const section = sidebar.getByRole('region', { name: `${name} Section` });
    return (await section.isVisible()) ? ((await section.boundingBox())?.height ?? 0) : 0;
  };
  await expect.poll(() => heightOf('Layers')).toBeGreaterThan(200);
  await expect.poll(() => heightOf('Classes')).toBeGreaterThan(120);
  await expect.poll(async () => (await heightOf('Layers')) / (await heightOf('Classes'))).toBeGreaterThan(2);
  await title('Structure').click();
  await expect.poll(() => heightOf('Structure')).toBeGreaterThan(120);
  await expect.poll(() => heightOf('Layers')).toBeGreaterThan(200);
  for (const name of ['Classes', 'Structure']) {
    await title(name).click();
  }
  await expect.poll(() => heightOf('Layers')).toBeGreaterThan(600);
  await title('Classes').click();
  await expect.poll(() => heightOf('Classes')).toBeGreaterThan(200);
});

test('a graph of three thousand nodes is zoomed at the cursor, and says what it is over', async ({ page }) => {
  writeDeepModel(join(served, 'models', 'deep'), 1000);
  const sidebar = await showSidebar(page);
  await page.evaluate(() =>
    window.jupyterapp.commands.execute('gradlens:open-file', { path: 'models/deep/model.json' }).then(() => undefined)
  );
  await expect(sidebar.getByText('3,001 layers')).toBeVisible();
  await sidebar.locator('.jp-AccordionPanel-title', { hasText: 'Structure' }).click();
  const graph = sidebar.getByRole('img', { name: 'Structure of model.json' });
  await expect(sidebar.getByText('21 nodes')).toBeVisible();
  await test.step('a click opens a block', async () => {
    const box = await graph.boundingBox();
    // The last one, where the view is: a block of the stage's fifty.
    await graph.click({ position: { x: 12, y: (box?.height ?? 0) - 10 } });
    await expect(sidebar.getByText('70 nodes')).toBeVisible();
    await sidebar.getByRole('button', { name: 'Close blocks' }).click();
    await expect(sidebar.getByText('21 nodes')).toBeVisible();
    await sidebar.getByRole('button', { name: 'Open blocks' }).click();
    await expect(sidebar.getByText('3,001 nodes')).toBeVisible();
    await sidebar.getByRole('button', { name: 'Close blocks' }).click();
  });
  await test.step('the row under the cursor stays there', async () => {
    await graph.hover({ position: { x: 40, y: 50 } });
    const before = await graph.getAttribute('title');
    expect(before).toMatch(/^stage\d+: click to open$/);
    await page.keyboard.down('Control');
    for (let i = 0; i < 3; i++) {
      await page.mouse.wheel(0, -100);
    }
    await page.keyboard.up('Control');
    await graph.hover({ position: { x: 41, y: 50 } });
    await expect(graph).toHaveAttribute('title', before ?? '');
  });
  await test.step('buttons zoom until all is in sight', async () => {
    const smaller = sidebar.getByRole('button', { name: 'Smaller' });
    await expect(async () => {
      await smaller.click({ timeout: 500 });
      expect(await smaller.isDisabled()).toBe(true);
    }).toPass();
    const scroller = sidebar.getByRole('group', { name: /^Graph of the model/ });
    expect(await scroller.evaluate(element => element.scrollHeight - element.clientHeight)).toBeLessThanOrEqual(1);
  });
  rmSync(join(served, 'models', 'deep'), { recursive: true });
});

for (const theme of ['JupyterLab Light', 'JupyterLab Dark']) {
  test(`axe finds nothing in the sidebar, ${theme}`, async ({ page }) => {
    await page.theme.setTheme(theme);
    await showSidebar(page);
    await openWith(page, 'models', 'tank.keras');
    await pickTestPicture(page, 'test_tank_grey.png');
    await expect(heatmap(page.locator('.jp-GradLens-opened'))).toBeVisible();
    await expect(treeOf(page)).toBeVisible();
    for (const part of ['.jp-GradLens-sidebar', '.jp-GradLens-opened']) {
      const { violations } = await new AxeBuilder({ page: page }).include(part).analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(node => node.html).join(' ')}`)).toEqual([]);
    }
  });
}
