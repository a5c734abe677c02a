import { copyFileSync, existsSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { IJupyterLabPageFixture } from '@jupyterlab/galata';
import type { Browser, CDPSession } from '@playwright/test';
import { expect, heatmap, inFront, openNotebook, refresh, runAll, runKeras, test, view } from './fixtures';
import { goTo } from './opened';

const served = process.env.GRADLENS_UI_ROOT ?? '';
const NOTEBOOKS = ['many-a.ipynb', 'many-b.ipynb'];
const CELLS = 50;

/** Makes a worker remember its WebAssembly memories, which no tool of the browser counts. */
const REMEMBER = `
self.memories = [];
for (const name of ['instantiate', 'instantiateStreaming']) {
  const original = WebAssembly[name];
  WebAssembly[name] = async (...args) => {
    const made = await original(...args);
    const values = Object.values((made.instance ?? made).exports);
    self.memories.push(...values.filter(value => value instanceof WebAssembly.Memory));
    return made;
  };
}
`;

/** Bytes that the one worker holds: JavaScript's heap, array buffers, and WebAssembly's memories. */
async function workerBytes(page: IJupyterLabPageFixture, browser: Browser): Promise<number> {
  const devtools = await browser.newBrowserCDPSession();
  const { targetInfos } = await devtools.send('Target.getTargets', { filter: [{ type: 'worker' }] });
  const { sessionId } = await devtools.send('Target.attachToTarget', { targetId: targetInfos[0].targetId });
  await ask(devtools, sessionId, 'HeapProfiler.collectGarbage');
  const { usedSize = NaN, backingStorageSize = NaN } = await ask(devtools, sessionId, 'Runtime.getHeapUsage');
  await devtools.detach();
  const memories = await page
    .workers()[0]
    .evaluate(() =>
      (self as unknown as { memories: WebAssembly.Memory[] }).memories.map(({ buffer }) => buffer.byteLength)
    );
  expect(memories.length).toBeGreaterThan(0);
  return memories.reduce((sum, size) => sum + size, usedSize + backingStorageSize);
}

let lastId = 0;

/** Sends a command to a target through the session that is attached to it. */
function ask(devtools: CDPSession, sessionId: string, method: string): Promise<Partial<Record<string, number>>> {
  return new Promise(resolve => {
    const id = ++lastId;
    const listener = ({ message }: { message: string }): void => {
      const answer = JSON.parse(message) as { id: number; result: Partial<Record<string, number>> };
      if (answer.id === id) {
        devtools.off('Target.receivedMessageFromTarget', listener);
        resolve(answer.result);
      }
    };
    devtools.on('Target.receivedMessageFromTarget', listener);
    void devtools.send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id, method }) });
  });
}

test('a hundred outputs in two notebooks share one model: read once, in memory once', async ({ page, browser }) => {
  test.setTimeout(400_000);
  const made = resolve('..', '.work', 'wide.keras');
  if (!existsSync(made)) {
    runKeras('wide.py', made);
  }
  const model = join(served, 'models', 'wide.keras');
  copyFileSync(made, model);
  const bytes = statSync(model).size;
  const source = 'import gradlens\ngradlens.show("models/wide.keras", "data/test_tank_grey.png")';
  const metadata = { kernelspec: { name: 'python3', display_name: 'Python 3', language: 'python' } };
  for (const name of NOTEBOOKS) {
    const cells = Array.from({ length: CELLS }, (_, i) => ({
      cell_type: 'code',
      execution_count: null,
      id: `cell-${i}`,
      metadata: {},
      outputs: [],
      source
    }));
    writeFileSync(join(served, name), JSON.stringify({ cells, metadata, nbformat: 4, nbformat_minor: 5 }));
  }
  await page.route(/gradlens-engine\.[^/]*\.js/, async route => {
    const response = await route.fetch();
    await route.fulfill({ response, body: REMEMBER + (await response.text()) });
  });
  let reads = 0;
  page.on('request', request => {
    reads += /\/files\/models\/wide\.keras/.test(request.url()) ? 1 : 0;
  });
  await goTo(page);
  await refresh(page);

  let first = 0;
  for (const name of NOTEBOOKS) {
    await openNotebook(page, name);
    await runAll(page);
    // JupyterLab goes to the last cell when all have run, which may be later than their numbers.
    await expect(inFront(page).locator('.jp-CodeCell').last()).toBeInViewport();
    for (let i = 0; i < CELLS; i++) {
      await expect(heatmap(await view(page, i))).toBeVisible();
      first ||= await workerBytes(page, browser);
    }
  }
  const all = await workerBytes(page, browser);
  const megabytes = (value: number): string => `${(value / 1e6).toFixed(0)} MB`;
  console.log(
    `The worker holds ${megabytes(first)} after one view, ${megabytes(all)} after ${NOTEBOOKS.length * CELLS}; the file has ${megabytes(bytes)}.`
  );
  expect(reads).toBe(1);
  expect(page.workers()).toHaveLength(1);
  expect(first).toBeGreaterThan(bytes);
  // Even a second copy of the weights would be more.
  expect(all - first).toBeLessThan(bytes);
  NOTEBOOKS.forEach(name => rmSync(join(served, name)));
  rmSync(model);
});
