/**
 * WebGL caches its shaders. One that serves a shape that it was not made for
 * reads wrong cells, so here many shapes meet in one page: every op case, and
 * models with batches of 1, 2 and 3, in shuffled order.
 */
import { type Browser, chromium, type Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHROMIUM_ARGS, findChromium } from '../../../headless/chromium.mjs';
import { useBackend } from '../testing/backends';
import { engineOf, request } from '../testing/engines';
import { expectCase } from '../testing/expect-case';
import { noise } from '../testing/graphs';
import { relativeError } from '../testing/numbers';
import { OP_GROUPS, type OpCase } from '../testing/op-case';
import { readReference } from '../testing/references';
import { SHAPE_MODELS } from '../testing/shape-models';
import { bundleWebglPage } from '../testing/webgl-browser';

declare const engine: typeof import('../testing/webgl-page');

let browser: Browser;
let page: Page;
let bundle: string;

beforeAll(async () => {
  bundle = await bundleWebglPage();
  browser = await chromium.launch({ executablePath: findChromium(), args: CHROMIUM_ARGS });
}, 60000);

afterAll(() => browser.close());

/** A page with empty caches. */
async function freshPage(): Promise<void> {
  await page?.close();
  page = await browser.newPage();
  await page.addScriptTag({ content: bundle });
  expect(await page.evaluate(() => engine.start())).toBe('webgl');
  await page.evaluate(() => engine.compareCachedShaders());
}

/** Fisher and Yates' shuffle by Mulberry32, the same for the same seed. */
function shuffled<T>(items: readonly T[], seed: number): T[] {
  const result = [...items];
  let state = seed;
  for (let i = result.length - 1; i > 0; i--) {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    const j = ((t ^ (t >>> 14)) >>> 0) % (i + 1);
    [result[i], result[j]] = [result[j], result[i]];
  }
  return result;
}

/** The same model on the CPU backend, which has no shaders. */
async function onCpu(name: string, batch: number): Promise<Float32Array> {
  await useBackend('cpu');
  const reference = await engineOf(SHAPE_MODELS[name]());
  const data = noise(batch * 28 * 28, 17);
  const { outputs } = await reference.run(request({ shape: [batch, 28, 28, 1], data }));
  reference.close('model');
  return Object.values(outputs)[0].data;
}

const runs = Object.keys(SHAPE_MODELS).flatMap(name => [1, 2, 3].map(batch => ({ name, batch })));

describe.each([1, 2, 3])('shaders serve only the shapes that they were made for, order %i', seed => {
  it('with models that change', { timeout: 120_000 }, async () => {
    await freshPage();
    for (const { name, batch } of shuffled(runs, seed)) {
      const output = await page.evaluate(([model, size]) => engine.runModel(model, size), [name, batch] as const);
      expect(relativeError(output, await onCpu(name, batch)), `${name}, batch of ${batch}`).toBeLessThan(1e-5);
    }
    expect(await page.evaluate(() => engine.mismatchedShaders())).toEqual([]);
  });
});

it('with every op case in shuffled order', { timeout: 600_000 }, async () => {
  await freshPage();
  const cases = OP_GROUPS.filter(group => group !== 'wide').flatMap(group =>
    readReference<OpCase[]>(`conformance/data/ops/${group}.json`, 'conformance/ops/generate.py')
  );
  for (const test of shuffled(cases, 4)) {
    expectCase(test, await page.evaluate(given => engine.run(given), test));
  }
  expect(await page.evaluate(() => engine.mismatchedShaders())).toEqual([]);
});
