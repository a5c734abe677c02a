import AxeBuilder from '@axe-core/playwright';
import { expect, openNotebook, runAll, test, view } from './fixtures';

for (const theme of ['JupyterLab Light', 'JupyterLab Dark']) {
  test(`axe finds nothing in a view, ${theme}`, async ({ page }) => {
    await page.theme.setTheme(theme);
    await openNotebook(page, 'demo.ipynb');
    await runAll(page);
    await expect((await view(page, 0)).getByRole('img', { name: /^Grad-CAM/ })).toBeVisible();
    const { violations } = await new AxeBuilder({ page: page }).include('.jp-GradLens-view').analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(node => node.html).join(' ')}`)).toEqual([]);
  });
}
