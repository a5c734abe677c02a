import type { Locator } from '@playwright/test';
import { expect, heatmap, openNotebook, pointAt, refresh, runAll, test, value, writeNotebook } from './fixtures';

const NAMES = ['linked-a.ipynb', 'linked-b.ipynb'];
const SOURCE =
  'import gradlens\ngradlens.show("models/tank.keras", "data/test_tank_grey.png", labels=["no tank", "tank"])';

const bar = (of: Locator): Locator => of.getByRole('img', { name: /^Colour bar/ });

test('views of two notebooks side by side are linked, and part when the link is cut', async ({ page }) => {
  await page.setViewportSize({ width: 1800, height: 1000 });
  NAMES.forEach(name => writeNotebook(name, SOURCE));
  await refresh(page);
  const panels = page.locator('.jp-NotebookPanel');
  const [first, second] = [0, 1].map(n => panels.nth(n).locator('.jp-GradLens-output'));
  await openNotebook(page, NAMES[0]);
  await runAll(page);
  await expect(heatmap(first)).toBeVisible();
  await page.evaluate(async path => {
    type Opened = { context: { ready: Promise<void> }; sessionContext: { ready: Promise<void> } };
    const { commands } = (
      globalThis as unknown as { jupyterapp: { commands: { execute(id: string, args?: object): Promise<unknown> } } }
    ).jupyterapp;
    const opened = (await commands.execute('docmanager:open', {
      path,
      factory: 'Notebook',
      options: { mode: 'split-right' }
    })) as Opened;
    await opened.context.ready;
    await opened.sessionContext.ready;
    await commands.execute('notebook:run-all-cells');
  }, NAMES[1]);
  await expect(panels).toHaveCount(2);
  await expect(heatmap(second)).toBeVisible();

  const chooseColors = async (of: Locator, name: string): Promise<void> => {
    await of.getByRole('button', { name: /Display/ }).click();
    await page
      .getByRole('dialog', { name: /^Display/ })
      .getByRole('radio', { name, exact: true })
      .check();
    await page.keyboard.press('Escape');
  };

  await test.step('colours, cursor and layer of one are those of the other', async () => {
    await chooseColors(first, 'magma');
    await expect(bar(second)).toHaveAccessibleName(/^Colour bar, magma/);
    await pointAt(heatmap(second), 0.47, 0.22);
    for (const of of [first, second]) {
      await expect(value(of)).toContainText('row 3, column 7 of 16×16');
    }
    await second.getByRole('combobox', { name: 'Layer', exact: true }).fill('conv3');
    await page.getByRole('option', { name: /^conv3/ }).click();
    await expect(heatmap(first)).toHaveAccessibleName(/at conv3$/);
  });

  await test.step('unlinked, one keeps what it shows', async () => {
    await second.getByRole('button', { name: /^Linked: 1/ }).click();
    const scope = page.getByRole('dialog', { name: /^Linked/ });
    await scope.getByRole('combobox', { name: 'With', exact: true }).selectOption('none');
    await page.keyboard.press('Escape');
    await chooseColors(first, 'cividis');
    await expect(bar(first)).toHaveAccessibleName(/^Colour bar, cividis/);
    await expect(bar(second)).toHaveAccessibleName(/^Colour bar, magma/);
    await pointAt(heatmap(first), 0.03, 0.03);
    await expect(value(first)).toContainText('row 0, column 0 of 32×32');
    await expect(value(second)).toContainText(/^Map of/);
  });

  await test.step('what the other one changed goes back to what the cell says', async () => {
    const reset = first.getByRole('button', { name: 'Reset layer', exact: true });
    await reset.press('Enter');
    await expect(heatmap(first)).toHaveAccessibleName(/at conv4$/);
    await expect(heatmap(second)).toHaveAccessibleName(/at conv3$/);
    await expect(reset).toHaveCount(0);
  });
});
