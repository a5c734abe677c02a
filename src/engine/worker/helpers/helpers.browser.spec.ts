/** Many passes on several workers: the same numbers to the last bit, whatever happens to a helper. */
import { type Browser, chromium, type Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHROMIUM_ARGS, findChromium } from '../../../../headless/chromium.mjs';
import type { RunParams } from '../../protocol/protocol';
import type { StoredTensor } from '../../testing/numbers';
import { readReference } from '../../testing/references';
import { openPage } from '../../testing/worker-server';

declare const engine: typeof import('../../testing/worker-page');

const { layer, input } = readReference<{ layer: string; input: StoredTensor }>(
  'conformance/data/ops/small.json',
  'conformance/ops/whole_model.py'
);

/** More passes than one batch of 32 has. */
const METHODS: Record<string, Partial<RunParams>> = {
  'score-cam': { method: 'score-cam' },
  occlusion: { method: 'occlusion', settings: { patch: 3, stride: 1 } },
  'smooth-grad': { method: 'smooth-grad', settings: { samples: 200 } },
  'integrated-gradients': { method: 'integrated-gradients', settings: { steps: 200 } }
};

type Disturb = Parameters<typeof engine.runShared>[4];

const NAMED_LOSS = /^A worker stopped/;

describe.each(['wasm', 'cpu'] as const)('many passes on %s', backend => {
  let browser: Browser;
  let opened: { page: Page; close(): Promise<void> };

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: findChromium(), args: CHROMIUM_ARGS });
    opened = await openPage(browser, '../worker/worker.ts');
    await opened.page.evaluate(name => engine.setBackend(name), backend);
    await opened.page.evaluate(() => engine.open('/small.keras'));
  }, 60000);

  afterAll(() => browser.close());

  const shared = (wanted: Partial<RunParams>, workers: number, disturb: Disturb = 'nothing') =>
    opened.page.evaluate(([tensor, at, params, count, what]) => engine.runShared(tensor, at, params, count, what), [
      input,
      layer,
      wanted,
      workers,
      disturb
    ] as const);

  /** Runs until helpers are there and have a share in the work. */
  const helped = async (wanted: Partial<RunParams>, workers: number, disturb: Disturb = 'nothing') => {
    await shared(wanted, workers);
    await expect.poll(() => opened.page.evaluate(() => engine.aliveWorkers())).toBe(workers);
    for (;;) {
      // A run as short as Score-CAM's may be over before helpers have its model: a longer one gives it to them.
      await shared(METHODS.occlusion, workers);
      const answer = await shared(wanted, workers, disturb);
      if (answer.helped > 0) {
        return answer;
      }
    }
  };

  it.each(Object.keys(METHODS))('%s is the same on one, two and three workers', { timeout: 60000 }, async name => {
    const wanted = METHODS[name];
    const alone = await shared(wanted, 1);
    expect(alone.helped).toBe(0);
    expect(alone.map.some(value => value !== 0)).toBe(true);
    for (const workers of [2, 3]) {
      const { map, notices } = await helped(wanted, workers);
      expect(map).toEqual(alone.map);
      expect(notices).toEqual(alone.notices);
    }
  });

  it('goes on when a helper is lost, and says so once', { timeout: 60000 }, async () => {
    const alone = await shared(METHODS.occlusion, 1);
    const { map, notices } = await helped(METHODS.occlusion, 3, 'end a helper');
    expect(map).toEqual(alone.map);
    expect(notices.filter(notice => NAMED_LOSS.test(notice))).toHaveLength(1);
    const after = await shared(METHODS.occlusion, 3);
    expect(after.map).toEqual(alone.map);
    expect(after.notices).toEqual(alone.notices);
    // None takes the place of the lost one.
    expect(await opened.page.evaluate(() => engine.aliveWorkers())).toBe(2);
  });

  it('stops when it is told to, and works on', { timeout: 60000 }, async () => {
    const alone = await shared(METHODS.occlusion, 1);
    await expect(helped(METHODS.occlusion, 2, 'cancel')).rejects.toThrow('AbortError');
    expect((await helped(METHODS.occlusion, 2)).map).toEqual(alone.map);
  });
});
