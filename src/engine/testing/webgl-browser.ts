/** A page of Chromium that runs webgl-page.ts, for specs in Node. */
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { type Browser, chromium, type Page } from 'playwright';
import { CHROMIUM_ARGS, findChromium } from '../../../headless/chromium.mjs';

/** Starts WebGL in a page, where webgl-page.ts is called `engine`. Throws where another backend runs. */
export async function openWebglPage(): Promise<{ browser: Browser; page: Page }> {
  const bundle = await build({
    entryPoints: [fileURLToPath(new URL('./webgl-page.ts', import.meta.url))],
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'engine',
    target: 'es2022',
    logLevel: 'error'
  });
  const browser = await chromium.launch({ executablePath: findChromium(), args: CHROMIUM_ARGS });
  const page = await browser.newPage();
  await page.addScriptTag({ content: bundle.outputFiles[0].text });
  const backend: unknown = await page.evaluate('engine.start()');
  if (backend !== 'webgl') {
    throw new Error(`WebGL did not start; the backend is ${String(backend)}.`);
  }
  return { browser, page };
}
