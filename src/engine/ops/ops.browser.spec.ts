/** The cases of ops.spec.ts on WebGL, in Chromium (its software renderer, where there is no GPU). */
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { type Browser, chromium, type Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHROMIUM_ARGS, findChromium } from '../../../headless/chromium.mjs';
import { expectCase } from '../testing/expect-case';
import { OP_GROUPS, type OpCase } from '../testing/op-case';
import { readReference } from '../testing/references';

declare const engine: typeof import('../testing/webgl-page');

let browser: Browser;
let page: Page;

beforeAll(async () => {
  const bundle = await build({
    entryPoints: [fileURLToPath(new URL('../testing/webgl-page.ts', import.meta.url))],
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'engine',
    target: 'es2022',
    logLevel: 'error'
  });
  browser = await chromium.launch({
    executablePath: findChromium(),
    args: CHROMIUM_ARGS
  });
  page = await browser.newPage();
  await page.addScriptTag({ content: bundle.outputFiles[0].text });
  expect(await page.evaluate(() => engine.start())).toBe('webgl');
}, 60000);

afterAll(() => browser.close());

describe.each(OP_GROUPS)('on webgl: %s', group => {
  const cases = readReference<OpCase[]>(`conformance/data/ops/${group}.json`, 'conformance/ops/generate.py');

  it.each(cases.map(test => [test.name, test] as const))('%s', { timeout: 30000 }, async (_, test) => {
    expectCase(test, await page.evaluate(given => engine.run(given), test));
  });
});
