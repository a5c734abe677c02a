import type { IJupyterLabPageFixture } from '@jupyterlab/galata';
import type { Locator } from '@playwright/test';
import { expect, expectedPicture, openNotebook, pointAt, refresh, runAll, test, view, writeNotebook } from './fixtures';

const heatmap = (of: Locator): Locator => of.getByRole('img', { name: /at conv4$/ });

/** The choice of the backend in the Settings Editor: GradLens' first; JupyterLab gives its choices no names. */
async function backendChoice(page: IJupyterLabPageFixture): Promise<Locator> {
  await page.evaluate(() => window.jupyterapp.commands.execute('settingeditor:open', { query: 'GradLens' }));
  const form = page.getByRole('group', { name: 'GradLens', exact: true });
  await expect(form.getByText('Backend')).toBeVisible();
  return form.getByRole('combobox').first();
}

/** A setting changed as another extension or a second window does it. */
const set = (page: IJupyterLabPageFixture, name: string, value: unknown): Promise<void> =>
  page.evaluate(
    async ([setting, to]) => {
      const registry = await window.galata.getPlugin('@jupyterlab/apputils-extension:settings');
      await registry?.set('gradlens:settings', setting, to as never);
    },
    [name, value] as const
  );

test('the backend is changed in the Settings Editor: the view computes again, to the same numbers', async ({
  page
}) => {
  writeNotebook(
    'one-view.ipynb',
    'import gradlens\n\ngradlens.show("models/tank.keras", "data/test_tank_grey.png", labels=["no tank", "tank"])'
  );
  await refresh(page);
  await openNotebook(page, 'one-view.ipynb');
  await runAll(page);
  const first = await view(page, 0);
  await expect(first.getByText(/^WASM · /)).toBeVisible();
  const { target, probabilities } = expectedPicture('test_tank_grey.png');
  const top = first.getByRole('group', { name: 'Top classes' }).getByRole('listitem').first();
  const isRight = async (): Promise<void> => {
    await expect(top).toContainText('tank');
    const shown = Number(/[\d.]+$/.exec((await top.textContent()) ?? '')?.[0]);
    expect(Math.abs(shown - probabilities[target])).toBeLessThan(1e-4);
  };
  await isRight();

  const choice = await backendChoice(page);
  for (const [backend, label] of [
    ['cpu', /^CPU · /],
    ['wasm', /^WASM · /]
  ] as const) {
    await choice.selectOption(backend);
    await page.getByRole('tab', { name: 'one-view.ipynb' }).click();
    await expect(first.getByText(label)).toBeVisible();
    await isRight();
    await expect(heatmap(first)).toBeVisible();
    await page.getByRole('tab', { name: 'Settings' }).click();
  }
});

test('the wheel scrolls the page or zooms the map, at once', async ({ page }) => {
  await openNotebook(page, 'demo.ipynb');
  await runAll(page);
  const first = await view(page, 0);
  const reset = first.getByRole('button', { name: 'Reset zoom' });
  await pointAt(heatmap(first), 0.5, 0.5);
  await page.mouse.wheel(0, -20);
  await expect(reset).toBeDisabled();
  await set(page, 'wheel', 'zoom');
  await expect(async () => {
    await pointAt(heatmap(first), 0.5, 0.5);
    await page.mouse.wheel(0, -20);
    await expect(reset).toBeEnabled({ timeout: 1000 });
  }).toPass();
});

test('new views begin as the settings say; what a cell asks for goes before', async ({ page }) => {
  await set(page, 'method', 'eigen-cam');
  await set(page, 'colormap', 'inferno');
  await set(page, 'links', { layer: 'unlinked' });
  await openNotebook(page, 'demo.ipynb');
  await runAll(page);
  const first = await view(page, 0);
  await expect(
    first
      .getByRole('img', { name: 'Eigen-CAM at conv4' })
      .or(first.getByRole('img', { name: /^Eigen-CAM.* at conv4$/ }))
      .first()
  ).toBeVisible();
  await first.getByRole('combobox', { name: 'Layer', exact: true }).fill('conv3');
  await page.getByRole('option', { name: /^conv3/ }).click();
  await expect(first.getByRole('img', { name: /^Eigen-CAM.* at conv3$/ })).toBeVisible();
  const second = await view(page, 1);
  await expect(second.getByRole('img', { name: /^Eigen-CAM.* at conv4$/ })).toBeVisible();
});

test('many passes are shared by as many workers as the settings say, and Cancel stops them', async ({ page }) => {
  await set(page, 'workers', 3);
  await openNotebook(page, 'demo.ipynb');
  await runAll(page);
  const first = await view(page, 0);
  await expect(heatmap(first)).toBeVisible();
  expect(page.workers()).toHaveLength(1);
  const choose = (method: string): Promise<string[]> =>
    first.getByRole('combobox', { name: 'Method', exact: true }).selectOption(method);
  const map = first.getByRole('img', { name: 'Occlusion of tank', exact: true });
  const cancel = first.getByRole('button', { name: 'Cancel' });

  await choose('Occlusion');
  await expect.poll(() => page.workers().length).toBe(3);
  await expect(map).toBeVisible();
  await expect(cancel).toBeHidden();

  await choose('Saliency');
  await expect(first.getByRole('img', { name: 'Saliency of tank', exact: true })).toBeVisible();
  // Amid the 225 passes; steps of the model are far fewer.
  await first.evaluate(of =>
    new MutationObserver((_, watching) => {
      const progress = of.querySelector('progress');
      if (progress && progress.max > 200 && progress.value > 0) {
        watching.disconnect();
        progress.parentElement?.querySelector('button')?.click();
      }
    }).observe(of, { subtree: true, childList: true, attributes: true })
  );
  await choose('Occlusion');
  await expect(first.getByText(/^Cancelled/)).toBeVisible();
  await expect(map).toBeHidden();
  // Nothing of it is in the way of the next one.
  await first.getByRole('button', { name: 'Try again' }).click();
  await expect(map).toBeVisible();

  await set(page, 'workers', 1);
  await choose('Integrated gradients');
  await expect(first.getByRole('img', { name: 'Integrated gradients of tank', exact: true })).toBeVisible();
  await expect.poll(() => page.workers().length).toBe(1);
});
