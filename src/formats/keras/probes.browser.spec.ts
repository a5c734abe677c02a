/** The probes of probes.spec.ts on WebGL, in Chromium (its software renderer, where there is no GPU). */
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { decode } from '../../engine/testing/numbers';
import { storeGraph } from '../../engine/testing/stored-graph';
import { openWebglPage } from '../../engine/testing/webgl-browser';
import { expectProbe, probes, readProbe } from '../testing/probes';

declare const engine: typeof import('../../engine/testing/webgl-page');

let browser: Browser;
let page: Page;

beforeAll(async () => {
  ({ browser, page } = await openWebglPage());
}, 60000);

afterAll(() => browser.close());

// Files of one probe hold the same graph, and calls are the reader's alone: probes.spec.ts reads them all.
const distinct = probes().filter(([, { file, table }]) => table !== 'calls' && !file.endsWith('keras3.h5'));

describe('on webgl', () => {
  it.each(distinct)('%s', { timeout: 30000 }, async (_, probe) => {
    const graph = await readProbe(probe);
    const { output, gradients } = await page.evaluate(
      text => engine.runStored(text),
      JSON.stringify({ graph: storeGraph(graph), inputs: probe.inputs, seed: probe.seed })
    );
    expectProbe(probe, { shape: output.shape, data: decode(output) }, gradients.map(decode), true);
    graph.dispose();
  });
});
