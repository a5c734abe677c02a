/** The cases of ops.spec.ts on WebGL, in Chromium (its software renderer, where there is no GPU). */
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { expectCase } from '../testing/expect-case';
import { OP_GROUPS, type OpCase } from '../testing/op-case';
import { readReference } from '../testing/references';
import { openWebglPage } from '../testing/webgl-browser';

declare const engine: typeof import('../testing/webgl-page');

let browser: Browser;
let page: Page;

beforeAll(async () => {
  ({ browser, page } = await openWebglPage());
}, 60000);

afterAll(() => browser.close());

describe.each(OP_GROUPS)('on webgl: %s', group => {
  const cases = readReference<OpCase[]>(`conformance/data/ops/${group}.json`, 'conformance/ops/generate.py');

  it.each(cases.map(test => [test.name, test] as const))('%s', { timeout: 30000 }, async (_, test) => {
    expectCase(test, await page.evaluate(given => engine.run(given), test));
  });
});
