/** A page of Chromium that runs webgl-page.ts, for specs in Node. */
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { type Browser, chromium, type Page } from 'playwright';
import { CHROMIUM_ARGS, findChromium } from '../../../headless/chromium.mjs';

/** The script of webgl-page.ts, which a page calls `engine`. */
export async function bundleWebglPage(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('./webgl-page.ts', import.meta.url))],
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'engine',
    target: 'es2022',
    logLevel: 'error'
  });
  return outputFiles[0].text;
}

/** Starts WebGL in a page, where webgl-page.ts is called `engine`. Throws where another backend runs. */
export async function openWebglPage(): Promise<{ browser: Browser; page: Page }> {
  const browser = await chromium.launch({ executablePath: findChromium(), args: CHROMIUM_ARGS });
  const page = await browser.newPage();
  await page.addScriptTag({ content: await bundleWebglPage() });
  const backend: unknown = await page.evaluate('engine.start()');
  if (backend !== 'webgl') {
    throw new Error(`WebGL did not start; the backend is ${String(backend)}.`);
  }
  return { browser, page };
}
