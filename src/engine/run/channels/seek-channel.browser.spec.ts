/** What channels and classes look for on WebGL, in Chromium, beside Keras on TensorFlow: seek-channel.spec.ts has WASM and CPU. */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Target } from '../../../explain/names';
import type { AscentParams } from '../../protocol/ascent';
import { decode, type StoredTensor } from '../../testing/numbers';
import { readReference } from '../../testing/references';
import { openWebglPage } from '../../testing/webgl-browser';

declare const engine: typeof import('../../testing/webgl-page');

interface Reference {
  settings: AscentParams;
  cases: { target: Target; pictures: StoredTensor; scores: number[][] }[];
}

const folder = join(dirname(fileURLToPath(import.meta.url)), '../../../../conformance');
const { settings, cases } = readReference<Reference>(
  join(folder, 'data/explain/ascent.json'),
  'conformance/explain/ascent.py'
);
const SIZE = 16 * 20 * 3;

let browser: Browser;
let page: Page;

beforeAll(async () => {
  ({ browser, page } = await openWebglPage());
}, 60000);

afterAll(() => browser.close());

const distance = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  expect(a).toHaveLength(b.length);
  return Array.from(a).reduce((most, value, i) => Math.max(most, Math.abs(value - b[i])), 0);
};

describe.each(cases.map(one => [JSON.stringify(one.target), one] as const))(
  'on webgl: %s',
  (_, { target, pictures, scores }) => {
    it('grows the pictures of Keras, with its scores at each step', { timeout: 120_000 }, async () => {
      const asked = JSON.stringify({ target, ascent: settings });
      const found = await page.evaluate(given => engine.seek(given), asked);
      const [grown, expected] = [decode(found.pictures), decode(pictures)];
      settings.seeds.forEach((_, seed) => {
        const last = ((seed + 1) * (settings.steps + 1) - 1) * SIZE;
        expect(distance(grown.slice(seed * SIZE, (seed + 1) * SIZE), expected.slice(last, last + SIZE))).toBeLessThan(
          1e-4
        );
        const from = seed * (settings.steps + 1);
        expect(distance(found.scores.slice(from, from + settings.steps + 1), scores[seed])).toBeLessThan(1e-4);
      });
    });
  }
);
