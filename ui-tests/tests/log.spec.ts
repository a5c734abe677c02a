import { expect, openNotebook, refresh, runAll, test, view, writeNotebook } from './fixtures';

test('the view says one sentence of a failure; JupyterLab’s log has where it happened', async ({ page }) => {
  writeNotebook('log.ipynb', 'import gradlens\n\ngradlens.show("data/bad/text.h5", "data/test_tank_grey.png")');
  await refresh(page);
  await openNotebook(page, 'log.ipynb');
  await runAll(page);
  const alert = (await view(page, 0)).getByRole('alert');
  await expect(alert).toContainText('text.h5 is not a Keras model: it starts like a text file.');
  await expect(alert).not.toContainText('ModelError');

  await page.getByRole('menuitem', { name: 'View', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Show Log Console' }).click();
  const log = page.locator('.jp-LogConsolePanel');
  await expect(log.getByText('text.h5: text.h5 is not a Keras model: it starts like a text file.')).toBeVisible();
  await expect(log.getByText(/^\s*at .*\.js.*:\d+:\d+/m).first()).toBeVisible();
});
