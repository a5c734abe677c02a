import AxeBuilder from '@axe-core/playwright';
import type { Locator } from '@playwright/test';
import { expect, openNotebook, refresh, runAll, test, view, writeNotebook } from './fixtures';

/**
 * What views look like, beside pictures that were judged by eye (look.spec.ts-snapshots/).
 * Maps of arrays are the same everywhere; a model's are trained on each machine, so that
 * more may differ. `--update-snapshots` draws them anew: look at them before committing.
 */
const CELLS = [
  'import gradlens, numpy as np\ny, x = np.mgrid[-1:1:24j, -1:1:32j]',
  'gradlens.show("models/tank.keras", "data/test_tank_grey.png", labels=["no tank", "tank"])',
  'gradlens.heatmap(np.stack([np.sin((k % 4 + 1) * 3 * x) * np.cos((k // 4 + 1) * 2 * y) for k in range(8)], -1), name="waves", smooth=False, link="none")',
  'gradlens.show("models/tank.keras", "data/test_tank_grey.png", contours=5, opacity=0.5, colormap="inferno", link="none")',
  'odd = x * y\nodd[4:9, 4:9] = np.nan\nodd[4:9, 20:25] = np.inf\nodd[15:20, 4:9] = -np.inf\n' +
    'gradlens.heatmap(odd, name="not a number", smooth=False, range=(-0.4, 0.4), clip=True, link="none")'
];

const ARRAYS = { maxDiffPixelRatio: 0.01, threshold: 0.15 };
const TRAINED = { maxDiffPixelRatio: 0.06, threshold: 0.25 };

const map = (of: Locator): Locator => of.locator('.jp-GradLens-canvas');

async function open(page: Parameters<typeof openNotebook>[0]): Promise<void> {
  writeNotebook('look.ipynb', ...CELLS);
  await refresh(page);
  await openNotebook(page, 'look.ipynb');
  await runAll(page);
}

/** A view that is in sight and has nothing to do. */
async function settled(page: Parameters<typeof openNotebook>[0], n: number): Promise<Locator> {
  const found = await view(page, n);
  await expect(found.getByRole('img', { name: /^(Grad-CAM|Heatmap)/ })).toBeVisible();
  await expect(found.locator('.jp-GradLens-busy')).toHaveCount(0);
  await found.getByRole('group', { name: /^GradLens/ }).scrollIntoViewIfNeeded();
  await page.mouse.move(2, 2);
  return found;
}

for (const theme of ['JupyterLab Light', 'JupyterLab Dark', 'JupyterLab Dark High Contrast']) {
  test(`views look as they should, ${theme}`, async ({ page }) => {
    await page.theme.setTheme(theme);
    const name = (what: string): string =>
      `${what}-${theme.replace('JupyterLab ', '').replace(/ /g, '-').toLowerCase()}.png`;
    await open(page);
    const model = await settled(page, 0);
    // The maps are the same in every theme: one picture of them is enough.
    const same = theme.endsWith('Light') ? [] : [map(model)];
    await expect(model.locator('.jp-GradLens-view')).toHaveScreenshot(name('view'), {
      ...TRAINED,
      mask: [model.locator('.jp-GradLens-backend'), ...same]
    });
    if (theme.endsWith('Contrast')) {
      return;
    }
    const grid = (await settled(page, 1)).locator('.jp-GradLens-mapsScroll');
    await expect(grid).toHaveScreenshot(name('grid'), ARRAYS);
    if (theme.endsWith('Light')) {
      await expect(map(await settled(page, 2))).toHaveScreenshot('contours.png', TRAINED);
      await expect(map(await settled(page, 3))).toHaveScreenshot('stripes.png', ARRAYS);
    }
  });
}

test('forced colours, as Windows’ contrast themes: nothing is lost, and axe finds nothing', async ({ page }) => {
  await page.emulateMedia({ forcedColors: 'active' });
  await open(page);
  const model = await settled(page, 0);
  const color = (of: Locator, property: string): Promise<string> =>
    of.evaluate((element, name) => getComputedStyle(element).getPropertyValue(name), property);
  // The bars and ramps are what they say: they keep their colours.
  await expect(model.locator('.jp-GradLens-classBar').first()).toBeVisible();
  expect(await color(model.locator('.jp-GradLens-classBar').first(), 'forced-color-adjust')).toBe('none');
  expect(await color(model.locator('.jp-GradLens-colorBarColors'), 'background-image')).toContain('gradient');
  // What is chosen is told by more than a colour.
  const [chosen, other] = [true, false].map(pressed =>
    model.getByRole('group', { name: 'Top classes' }).getByRole('listitem').getByRole('button', { pressed })
  );
  expect(await color(chosen, 'border-top-width')).not.toBe(await color(other, 'border-top-width'));
  const { violations } = await new AxeBuilder({ page: page }).include('.jp-GradLens-view').analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(node => node.html).join(' ')}`)).toEqual([]);
});

test('nothing in a view moves by itself where less motion is asked for', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await open(page);
  const model = await settled(page, 0);
  await model.getByRole('button', { name: /Display/ }).click();
  await expect(page.getByRole('dialog', { name: /^Display/ })).toBeVisible();
  const moving = await page.evaluate(() =>
    document
      .getAnimations()
      .map(animation => (animation.effect as KeyframeEffect | null)?.target)
      .filter(target => target?.closest('.jp-GradLens-output, .jp-GradLens-popover'))
      .map(target => String((target as Element).className))
  );
  expect(moving).toEqual([]);
  const lasting = await model.locator('.jp-GradLens-view').evaluate(root =>
    [root, ...root.querySelectorAll('*')]
      .filter(element =>
        getComputedStyle(element)
          .transitionDuration.split(',')
          .some(time => parseFloat(time) > 0)
      )
      .map(element => String(element.className))
  );
  expect(lasting).toEqual([]);
});
