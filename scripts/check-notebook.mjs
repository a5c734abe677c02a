/** Runs a notebook in headless Chromium as a user would, and looks at its GradLens views. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { CHROMIUM_ARGS } from '../headless/chromium.mjs';

/**
 * Opens the notebook, runs all cells, waits until every view shows its heatmap.
 * Throws with one sentence when one does not.
 *
 * @returns {Promise<string[]>} the screenshots' paths, one a view
 */
export async function runNotebook({ url, chromium, folder, timeout = 180_000, theme = 'light' }) {
  const { chromium: playwright } = await import('playwright');
  const browser = await playwright.launch({ executablePath: chromium, args: CHROMIUM_ARGS });
  try {
    const page = await browser.newPage({
      viewport: { width: 1280, height: 1000 },
      deviceScaleFactor: 1,
      colorScheme: theme === 'dark' ? 'dark' : 'light'
    });
    await page.goto(url);
    await page.locator('.jp-CodeCell').first().waitFor({ timeout: 60_000 });
    await page.getByText(/\| Idle$/).waitFor({ timeout: 60_000 });
    await page.getByRole('menuitem', { name: 'Run', exact: true }).click({ timeout: 60_000 });
    await page.getByRole('menuitem', { name: 'Run All Cells', exact: true }).click();
    // JupyterLab puts the number of a cell's run into its prompt when it has ended.
    const cells = page.locator('.jp-CodeCell');
    const cellCount = await cells.count();
    await page
      .locator('.jp-CodeCell .jp-InputPrompt', { hasText: /\[\d+\]/ })
      .nth(cellCount - 1)
      .waitFor({ timeout });
    const views = page.locator('.jp-Notebook .jp-GradLens-output');
    const count = await views.count();
    if (count === 0) {
      throw new Error('The notebook ran, but no GradLens view appeared.');
    }
    mkdirSync(folder, { recursive: true });
    const pictures = [];
    for (let i = 0; i < count; i++) {
      const view = views.nth(i);
      // By its cell: JupyterLab hides what cells out of sight hold
      // (content-visibility), which then cannot be scrolled to.
      await view.evaluate(element => element.closest('.jp-Cell')?.scrollIntoView({ block: 'start' }));
      await view.waitFor({ timeout });
      const heatmap = view.getByRole('img', { name: /^(Grad-CAM|Heatmap)/ }).first();
      const problem = view.getByRole('alert');
      await heatmap.or(problem).first().waitFor({ timeout });
      if (!(await heatmap.isVisible())) {
        throw new Error(
          `View ${i + 1} of the notebook shows a problem instead of a heatmap: ${await problem.innerText()}`
        );
      }
      if (!(await isDrawn(heatmap))) {
        throw new Error(`The heatmap of view ${i + 1} of the notebook is blank.`);
      }
      const path = join(folder, `demo-${i + 1}.png`);
      await view.screenshot({ path });
      pictures.push(path);
    }
    return pictures;
  } finally {
    await browser.close();
  }
}

/** True if the canvas shows more than one colour. */
async function isDrawn(canvas) {
  return canvas.evaluate(async element => {
    // A frame later than the one that named it.
    await new Promise(resolve => window.requestAnimationFrame(() => window.requestAnimationFrame(resolve)));
    const { data } = element.getContext('2d').getImageData(0, 0, element.width, element.height);
    const colours = new Set(new Uint32Array(data.buffer));
    return colours.size > 16;
  });
}
