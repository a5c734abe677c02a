import type { Browser, CDPSession } from '@playwright/test';
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, openNotebook, refresh, runAll, test, view } from './fixtures';
import { goTo, heatmap } from './opened';

const served = process.env.GRADLENS_UI_ROOT ?? '';
const NOTEBOOKS = ['many-a.ipynb', 'many-b.ipynb'];
const CELLS = 50;

/** Bytes that the one worker holds: JavaScript's heap, array buffers, and WebAssembly's memories, which those do not count. */
async function workerBytes(browser: Browser): Promise<number> {
  const devtools = await browser.newBrowserCDPSession();
  const { targetInfos } = await devtools.send('Target.getTargets', { filter: [{ type: 'worker' }] });
  const { sessionId } = await devtools.send('Target.attachToTarget', { targetId: targetInfos[0].targetId });
  const ask = askerOf(devtools, sessionId);
  await ask('HeapProfiler.collectGarbage');
  const { usedSize, backingStorageSize } = await ask('Runtime.getHeapUsage');
  const prototype = await ask('Runtime.evaluate', { expression: 'WebAssembly.Memory.prototype' });
  const memories = await ask('Runtime.queryObjects', { prototypeObjectId: prototype.result.objectId });
  const sum = await ask('Runtime.callFunctionOn', {
    functionDeclaration: 'function () { return this.reduce((total, memory) => total + memory.buffer.byteLength, 0); }',
    objectId: memories.objects.objectId,
    returnByValue: true
  });
  await devtools.detach();
  return usedSize + backingStorageSize + sum.result.value;
}

interface Answer {
  usedSize: number;
  backingStorageSize: number;
  result: { objectId: string; value: number };
  objects: { objectId: string };
}

/** Sends commands to a target through the session that is attached to it. */
function askerOf(devtools: CDPSession, sessionId: string): (method: string, params?: object) => Promise<Answer> {
  let id = 0;
  return (method, params = {}) =>
    new Promise(resolve => {
      const own = ++id;
      const listener = ({ message }: { message: string }): void => {
        const answer = JSON.parse(message) as { id: number; result: Answer };
        if (answer.id === own) {
          devtools.off('Target.receivedMessageFromTarget', listener);
          resolve(answer.result);
        }
      };
      devtools.on('Target.receivedMessageFromTarget', listener);
      void devtools.send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id: own, method, params }) });
    });
}

test('a hundred outputs in two notebooks share one model: read once, in memory once', async ({ page, browser }) => {
  test.setTimeout(400_000);
  const made = resolve('..', '.work', 'wide.keras');
  if (!existsSync(made)) {
    execFileSync(resolve('..', '.venv-keras/bin/python'), ['wide.py', made], { stdio: 'ignore' });
  }
  const model = join(served, 'models', 'wide.keras');
  copyFileSync(made, model);
  const bytes = statSync(model).size;
  const source = 'import gradlens\ngradlens.show("models/wide.keras", "data/test_tank_grey.png")';
  const metadata = { kernelspec: { name: 'python3', display_name: 'Python 3', language: 'python' } };
  for (const name of NOTEBOOKS) {
    const cells = Array.from({ length: CELLS }, (_, i) => ({ cell_type: 'code', execution_count: null, id: `cell-${i}`, metadata: {}, outputs: [], source }));
    writeFileSync(join(served, name), JSON.stringify({ cells, metadata, nbformat: 4, nbformat_minor: 5 }));
  }
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
    for (let i = 0; i < CELLS; i++) {
      await expect(heatmap(await view(page, i))).toBeVisible();
      first ||= await workerBytes(browser);
    }
  }
  const all = await workerBytes(browser);
  const megabytes = (value: number): string => `${(value / 1e6).toFixed(0)} MB`;
  console.log(`The worker holds ${megabytes(first)} after one view, ${megabytes(all)} after ${NOTEBOOKS.length * CELLS}; the file has ${megabytes(bytes)}.`);
  expect(reads).toBe(1);
  expect(page.workers()).toHaveLength(1);
  expect(first).toBeGreaterThan(bytes);
  // Even a second copy of the weights would be more.
  expect(all - first).toBeLessThan(bytes);
  NOTEBOOKS.forEach(name => rmSync(join(served, name)));
  rmSync(model);
});
