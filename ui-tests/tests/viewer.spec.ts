import { readFileSync } from 'node:fs';
import AxeBuilder from '@axe-core/playwright';
import type { Locator } from '@playwright/test';
import {
  expect,
  expectedPicture,
  heatmap,
  openNotebook,
  openPanel,
  pointAt,
  refresh,
  runAll,
  test,
  value,
  view,
  writeNotebook
} from './fixtures';

const NOTEBOOK = 'viewer.ipynb';

const CELLS = [
  'import gradlens\nlabels = ["no tank", "tank"]',
  'gradlens.show("models/tank.keras", "data/test_tank_grey.png", labels=labels)',
  'gradlens.show("models/tank.keras", ["data/test_tank_blue.png", "data/test_field_grey.png"], labels=labels)'
];

test.beforeEach(async ({ page }) => {
  writeNotebook(NOTEBOOK, ...CELLS);
  await refresh(page);
  await openNotebook(page, NOTEBOOK);
  await runAll(page);
  await expect(heatmap(await view(page, 1))).toBeVisible();
  await expect(heatmap(await view(page, 0))).toBeVisible();
});

for (const width of [1280, 1100, 900]) {
  test(`nothing on the page moves while views load, window ${width} px wide`, async ({ page }) => {
    await page.setViewportSize({ width, height: 1000 });
    await page.getByRole('menuitem', { name: 'Kernel', exact: true }).click();
    await page.getByRole('menuitem', { name: /^Restart Kernel and Clear Outputs/ }).click();
    await page.getByRole('button', { name: 'Confirm Kernel Restart' }).click();
    await expect(page.locator('.jp-GradLens-output')).toHaveCount(0);
    await page.evaluate(() => {
      const heights: number[][] = [];
      Object.assign(globalThis, { heights });
      const look = (): void => {
        // From the first frame in which there is an output at all.
        document.querySelectorAll('.jp-GradLens-output').forEach((output, i) => {
          (heights[i] ??= []).push(output.getBoundingClientRect().height);
        });
        requestAnimationFrame(look);
      };
      look();
    });
    await runAll(page);
    for (const n of [0, 1]) {
      const shown = await view(page, n);
      await expect(heatmap(shown)).toBeVisible();
      await expect(shown.getByRole('group', { name: /^GradLens/ })).toHaveAttribute('aria-busy', 'false');
    }
    const seen = await page.evaluate(() => (globalThis as unknown as { heights: number[][] }).heights);
    expect(seen.length).toBe(2);
    for (const all of seen) {
      expect(all.length).toBeGreaterThan(5);
      expect(Math.max(...all) - Math.min(...all)).toBeLessThanOrEqual(1);
      expect(all[0]).toBeGreaterThan(300);
    }
  });
}

test('views of one model share cursor, zoom and layer, and part by property', async ({ page }) => {
  // High enough for both to be in sight: the cursor stays only while the pointer does.
  await page.setViewportSize({ width: 1280, height: 1700 });
  const [first, second] = [await view(page, 0), page.locator('.jp-GradLens-output').nth(1)];
  await test.step('the cursor is at the same place of both, each with its own value', async () => {
    await pointAt(heatmap(first), 0.47, 0.22);
    await expect(value(first)).toContainText('row 3, column 7 of 16×16');
    await expect(value(second)).toContainText('row 3, column 7 of 16×16');
    const numberIn = async (of: Locator): Promise<string | undefined> =>
      (await value(of).innerText()).match(/Grad-CAM (\S+)/)?.[1];
    expect(await numberIn(first)).not.toBe(await numberIn(second));
  });

  await test.step('linked: a layer chosen in one is shown in both', async () => {
    await first.scrollIntoViewIfNeeded();
    const layer = first.getByRole('combobox', { name: 'Layer', exact: true });
    await layer.fill('conv3');
    await page.getByRole('option', { name: /^conv3/ }).click();
    await expect(heatmap(second)).toHaveAccessibleName(/at conv3$/);
  });

  await test.step('by keyboard: the link of the layer is cut, the others stay', async () => {
    await second.scrollIntoViewIfNeeded();
    await second.getByRole('button', { name: /^Linked: 1/ }).focus();
    await page.keyboard.press('Enter');
    const links = page.getByRole('dialog', { name: /^Linked/ });
    await links.getByRole('checkbox', { name: 'Layer and channel' }).focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('Escape');
    await expect(links).toHaveCount(0);
    await expect(second.getByRole('button', { name: /^Linked: 1/ })).toBeFocused();

    await first.scrollIntoViewIfNeeded();
    const layer = first.getByRole('combobox', { name: 'Layer', exact: true });
    await layer.fill('conv4');
    await page
      .getByRole('option', { name: /^conv4/ })
      .first()
      .click();
    await expect(heatmap(first)).toHaveAccessibleName(/at conv4$/);
    await heatmap(first).focus();
    await page.keyboard.press('+');
    await expect(second.getByRole('button', { name: 'Reset zoom' })).toBeEnabled();
    await expect(heatmap(second)).toHaveAccessibleName(/at conv3$/);
  });
});

test('colours, range and overlay are chosen in one panel', async ({ page }) => {
  const first = await view(page, 0);
  const display = await openPanel(page, first, /Display/, /^Display/);
  const bar = first.getByRole('img', { name: /^Colour bar/ });
  const max = Number(expectedPicture('test_tank_grey.png').maps.conv4.max.toPrecision(3));
  await expect(bar).toHaveAccessibleName(new RegExp(`viridis, from 0.* to ${max}$`));

  await display.getByRole('radio', { name: 'inferno' }).check();
  await expect(bar).toHaveAccessibleName(/^Colour bar, inferno/);

  await display.getByRole('textbox', { name: 'Upper bound, typed' }).fill('0.02');
  await page.keyboard.press('Enter');
  await expect(bar).toHaveAccessibleName(/to 0\.02$/);
  await expect(display.getByRole('combobox', { name: 'Bounds' })).toHaveValue('typed');

  await display.getByRole('slider', { name: 'Lower bound' }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(bar).not.toHaveAccessibleName(/from 0 /);

  await display.getByRole('combobox', { name: 'Bounds' }).selectOption('symmetric');
  await expect(bar).toHaveAccessibleName(new RegExp(`from -${max} to ${max}$`));

  await display.getByRole('combobox', { name: 'Show' }).selectOption('divider');
  await page.keyboard.press('Escape');
  const divider = first.getByRole('slider', { name: /^Divider/ });
  await expect(divider).toHaveAttribute('aria-valuenow', '50');
  await divider.focus();
  await page.keyboard.press('ArrowRight');
  await expect(divider).toHaveAttribute('aria-valuenow', '52');
});

test('keys walk the cells and pick one, which is taken apart into its channels', async ({ page }) => {
  const first = await view(page, 0);
  await heatmap(first).focus();
  await page.keyboard.press('ArrowRight');
  await expect(value(first)).toContainText('row 8, column 8 of 16×16');
  for (let i = 0; i < 5; i++) {
    await page.keyboard.press('ArrowUp');
  }
  await expect(value(first)).toContainText('row 3, column 8 of 16×16');
  await expect(value(first)).toContainText(/percentile \d+/);
  const shown = Number((await value(first).innerText()).match(/Grad-CAM (\S+)/)?.[1]);

  await page.keyboard.press('Enter');
  const cell = first.getByRole('group', { name: 'What makes this cell' });
  await expect(cell.getByRole('heading')).toHaveText('What makes row 3, column 8');
  const sum = cell.getByText(/all sum to/);
  await expect(sum).toContainText(`Grad-CAM shows ${shown}`);
  expect(Math.abs(Number((await sum.innerText()).match(/all sum to (\S+)/)?.[1]) / shown - 1)).toBeLessThan(1e-3);
  const bars = cell.getByRole('button', { name: /^channel/ });
  const sizes = (await bars.allInnerTexts()).map(text => Math.abs(Number(text.match(/(\S+)$/)?.[1])));
  expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
  await cell.getByRole('button', { name: 'Close' }).click();
  await expect(cell).toHaveCount(0);
});

test('F takes the outline of what a cell sees away; methods without parts say why', async ({ page }) => {
  const first = await view(page, 0);
  const display = await openPanel(page, first, /Display/, /^Display/);
  const outline = display.getByRole('checkbox', { name: /^Outline what a cell sees/ });
  await expect(outline).toBeChecked();
  await page.keyboard.press('Escape');
  const overlay = first.locator('.jp-GradLens-canvas .jp-GradLens-overlay');
  /** Pixels that are drawn over the map. */
  const drawn = (): Promise<number> =>
    overlay.evaluate((canvas: HTMLCanvasElement) => {
      const { data } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] };
      return Array.from(data).filter((value, i) => i % 4 === 3 && value > 0).length;
    });
  await heatmap(first).focus();
  await page.keyboard.press('ArrowRight');
  await expect(value(first)).toContainText('row 8, column 8 of 16×16');
  await expect.poll(drawn).toBeGreaterThan(0);
  const withOutline = await drawn();
  await page.keyboard.press('f');
  await expect.poll(drawn).toBeLessThan(0.9 * withOutline);
  await openPanel(page, first, /Display/, /^Display/);
  await expect(outline).not.toBeChecked();
  await page.keyboard.press('Escape');

  const cell = first.getByRole('group', { name: 'What makes this cell' });
  const method = first.getByRole('combobox', { name: 'Method' });
  for (const [name, title] of [
    ['Eigen-CAM', /^Eigen-CAM at conv4/],
    ['Score-CAM', /^Score-CAM of tank at conv4/]
  ] as const) {
    await method.selectOption(name);
    const map = first.getByRole('img', { name: title });
    await map.focus();
    await page.keyboard.press('Enter');
    const sum = cell.getByText(/all sum to/);
    await expect(sum).toContainText(`${name} shows`);
    const [parts, shown] = [/all sum to (\S+)/, / shows (\S+)/].map(pattern =>
      sum.innerText().then(text => Number(text.match(pattern)?.[1]))
    );
    expect(Math.abs((await parts) - (await shown))).toBeLessThanOrEqual(1e-3 * Math.abs(await shown));
  }
  await method.selectOption('Saliency');
  await expect(first.getByRole('img', { name: /^Saliency/ })).toBeVisible();
  await expect(cell).toContainText(
    'Saliency is made at the model’s input, not from the channels of a layer: its cells have no parts.'
  );
});

test('controls are explained in place, and the keys are listed', async ({ page }) => {
  const first = await view(page, 0);
  for (const [name, text] of [
    ['About the method', 'ReLU(Σₖ mean(gₖ) Aₖ)'],
    ['About the layer', /^a cell sees/]
  ] as const) {
    await first.getByRole('button', { name }).press('Enter');
    await expect(page.getByRole('dialog', { name }).getByText(text)).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(first.getByRole('button', { name })).toBeFocused();
  }
  const explain = await openPanel(page, first, /^Explain/, /^Explain/);
  await explain.getByRole('button', { name: 'About the score' }).click();
  await expect(page.getByRole('dialog', { name: 'About the score' }).getByText(/^logit: z; probability/)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(explain).toBeVisible();
  await page.keyboard.press('Escape');
  const display = await openPanel(page, first, /^Display/, /^Display/);
  await display.getByRole('button', { name: 'About the range' }).click();
  await expect(page.getByRole('dialog', { name: 'About the range' }).getByText(/^colour =/)).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');

  await heatmap(first).focus();
  await page.keyboard.press('?');
  const keys = page.getByRole('dialog').getByRole('region', { name: 'Keys' });
  await expect(keys.getByRole('row', { name: /Outline what a cell sees$/ })).toBeVisible();
  await expect(keys.getByRole('row', { name: /Next Layer$/ })).toContainText(/Page.?Down/i);
  // The dialog hears Escape once it has the focus, which comes after its text.
  await expect(page.getByRole('dialog').locator(':focus')).toHaveCount(1);
  await page.keyboard.press('Escape');
  await expect(keys).toHaveCount(0);
  await expect(heatmap(first)).toBeFocused();
});

test('channels are sorted, filtered and pinned', async ({ page }) => {
  const first = await view(page, 0);
  const grid = first.getByRole('group', { name: 'Feature maps' });
  await expect(grid.getByText(/\d+ of 32 channels never activate on this image/)).toBeVisible();
  await grid.getByRole('combobox', { name: 'Order' }).selectOption('weight');
  await grid.getByRole('checkbox', { name: 'Hide inactive' }).check();
  await grid.getByRole('img', { name: '32 feature maps of conv4' }).focus();
  await page.keyboard.press('ArrowRight');
  const enlarged = first.getByRole('img', { name: /^Heatmap of channel/ });
  const name = await enlarged.getAttribute('aria-label');
  await page.keyboard.press('p');
  const channel = name?.match(/channel (\d+)/)?.[1];
  await expect(grid.getByRole('button', { name: `Unpin channel ${channel}` })).toBeVisible();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('p');
  await expect(grid.getByRole('img', { name: '2 pinned channels' })).toBeVisible();
  await grid.getByRole('button', { name: `Unpin channel ${channel}` }).click();
  await expect(grid.getByRole('img', { name: '1 pinned channel' })).toBeVisible();
});

test('a region is drawn, measured and cleared', async ({ page }) => {
  const first = await view(page, 0);
  await first.getByRole('button', { name: 'Measure a rectangle' }).click();
  await pointAt(heatmap(first), 0.01, 0.01);
  await page.mouse.down();
  const box = await heatmap(first).boundingBox();
  if (!box) {
    throw new Error('no heatmap');
  }
  await page.mouse.move(box.x + box.width * 0.5, box.y + box.height * 0.3, { steps: 4 });
  await page.mouse.move(box.x + box.width * 0.99, box.y + box.height * 0.99, { steps: 4 });
  await page.mouse.up();
  const region = first.getByRole('group', { name: 'Region', exact: true });
  await expect(region.getByRole('status')).toContainText('256 cells');
  await expect(region.getByRole('status')).toContainText('share of the sum of all cells 100.0 %');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    region.getByRole('button', { name: 'CSV' }).click()
  ]);
  const lines = readFileSync(await download.path(), 'utf8')
    .trimEnd()
    .split('\n');
  expect([lines.length, lines[0]]).toEqual([257, 'row,column,value']);
  await region.getByRole('button', { name: 'Clear' }).click();
  await expect(region).toHaveCount(0);

  await test.step('by keyboard: two corners', async () => {
    await page.mouse.move(2, 2);
    await heatmap(first).focus();
    await page.keyboard.press('ArrowLeft');
    await expect(value(first)).toContainText('row 8, column 8');
    await page.keyboard.press('Enter');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect(region.getByRole('status')).toContainText('6 cells');
  });
});

for (const theme of ['JupyterLab Light', 'JupyterLab Dark', 'JupyterLab Dark High Contrast']) {
  test(`axe finds nothing in a view with its panels open, ${theme}`, async ({ page }) => {
    await page.theme.setTheme(theme);
    const first = await view(page, 0);
    await heatmap(first).click({ position: { x: 60, y: 60 } });
    await expect(first.getByRole('group', { name: 'What makes this cell' }).getByRole('list')).toBeVisible();
    await first.getByRole('button', { name: 'Measure with a lasso' }).click();
    const check = async (selector: string): Promise<void> => {
      const { violations } = await new AxeBuilder({ page: page }).include(selector).analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(node => node.html).join(' ')}`)).toEqual([]);
    };
    await check('.jp-GradLens-view');
    for (const [name, title] of [
      [/Display/, /^Display/],
      [/^Linked/, /^Linked/],
      [/^Save/, /^Save/]
    ]) {
      await expect(await openPanel(page, first, name, title)).toBeVisible();
      await check('.jp-GradLens-popover');
      await page.keyboard.press('Escape');
    }
  });
}
