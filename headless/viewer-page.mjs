/**
 * Runs src/viewer in headless Chromium for the *.browser.spec.ts tests: the
 * modules are bundled into a blank page as the global `viewer`.
 */
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { chromium } from 'playwright';
import { CHROMIUM_ARGS, findChromium } from './chromium.mjs';

const VIEWER = fileURLToPath(new URL('../src/viewer', import.meta.url));

/**
 * @typedef {object} ViewerPage
 * @property {import('playwright').Page} page
 * @property {() => Promise<void>} close
 */

/**
 * Opens a page with the named modules of src/viewer as the global `viewer`.
 *
 * @param {string[]} modules - Paths without suffix, e.g. `gl/renderer`.
 * @param {number} pixelRatio - The page's devicePixelRatio.
 * @returns {Promise<ViewerPage>}
 */
export async function openViewer(modules, pixelRatio = 1) {
  const bundle = await build({
    stdin: {
      contents: modules.map(name => `export * from './${name}';`).join('\n'),
      resolveDir: VIEWER,
      loader: 'ts'
    },
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'viewer',
    target: 'es2022'
  });
  const browser = await chromium.launch({
    executablePath: findChromium(),
    args: CHROMIUM_ARGS
  });
  const context = await browser.newContext({
    hasTouch: true,
    deviceScaleFactor: pixelRatio,
    viewport: { width: 1000, height: 800 }
  });
  const page = await context.newPage();
  await page.setContent('<!doctype html><style>body { margin: 0 }</style><body></body>');
  await page.addScriptTag({ content: bundle.outputFiles[0].text });
  return { page, close: () => browser.close() };
}
