import type { IJupyterLabPageFixture } from '@jupyterlab/galata';
import type { CDPSession } from '@playwright/test';
import { expect, heatmap, openNotebook, runAll, test, view } from './fixtures';
import { openedTab } from './opened';
import { reload } from './saved';

/** Counts of what a page holds after a garbage collection. */
interface Held {
  nodes: number;
  listeners: number;
  widgets: number;
  workers: number;
}

const TIMES = 20;
const PARTS = 4;

const execute = (page: IJupyterLabPageFixture, command: string, args = {}): Promise<unknown> =>
  page.evaluate(
    ([id, given]) => window.jupyterapp.commands.execute(id as string, given as never).then(() => undefined),
    [command, args]
  );

async function held(page: IJupyterLabPageFixture, devtools: CDPSession): Promise<Held> {
  // Twice: what finalizers and weak references let go of is collected the second time.
  await devtools.send('HeapProfiler.collectGarbage');
  await devtools.send('HeapProfiler.collectGarbage');
  const { metrics } = await devtools.send('Performance.getMetrics');
  const metric = (name: string): number => metrics.find(entry => entry.name === name)?.value ?? NaN;
  return {
    nodes: metric('Nodes'),
    listeners: metric('JSEventListeners'),
    widgets: await countWidgets(devtools),
    workers: page.workers().length
  };
}

/** Lumino widgets that are alive, attached or not. */
async function countWidgets(devtools: CDPSession): Promise<number> {
  const { result } = await devtools.send('Runtime.evaluate', {
    expression: `(() => {
      let prototype = Object.getPrototypeOf(window.jupyterapp.shell);
      while (Object.getPrototypeOf(Object.getPrototypeOf(prototype))) prototype = Object.getPrototypeOf(prototype);
      return prototype;
    })()`,
    objectGroup: 'leaks'
  });
  const { objects } = await devtools.send('Runtime.queryObjects', {
    prototypeObjectId: result.objectId ?? '',
    objectGroup: 'leaks'
  });
  const { result: length } = await devtools.send('Runtime.callFunctionOn', {
    functionDeclaration: 'function () { return this.length; }',
    objectId: objects.objectId,
    returnByValue: true
  });
  await devtools.send('Runtime.releaseObjectGroup', { objectGroup: 'leaks' });
  return length.value as number;
}

/**
 * Repeats something until it costs nothing new, then many times, in parts; says
 * what more is held after that. A leak grows in each part, so the smallest growth
 * counts for all of them: JupyterLab loads parts of itself late, once, and at any
 * time. What it is compared with may take what a usual part takes.
 */
async function growth(page: IJupyterLabPageFixture, once: () => Promise<void>): Promise<{ steady: Held; usual: Held }> {
  // Galata's page is a wrapper, which a CDP session does not take.
  const devtools = await page.context().newCDPSession(page.context().pages()[0]);
  await devtools.send('Performance.enable');
  const times = async (count: number): Promise<Held> => {
    for (let i = 0; i < count; i++) {
      await once();
    }
    return held(page, devtools);
  };
  const counts = [await times(3)];
  for (let part = 0; part < PARTS; part++) {
    counts.push(await times(TIMES / PARTS));
  }
  await devtools.detach();
  const grown = (name: keyof Held): number[] => counts.slice(1).map((held, part) => held[name] - counts[part][name]);
  const each = (of: (name: keyof Held) => number): Held => ({
    nodes: of('nodes'),
    listeners: of('listeners'),
    widgets: of('widgets'),
    workers: of('workers')
  });
  console.log(`${TIMES} times more, in ${PARTS} parts: ${counts.map(at => JSON.stringify(at)).join(' ')}`);
  return {
    steady: each(name => PARTS * Math.min(...grown(name))),
    // Half of the parts took more, at most: what a tab let go of late counts in none of the others.
    usual: each(name => PARTS * grown(name).sort((a, b) => a - b)[PARTS / 2])
  };
}

/** One leaked view would be hundreds of nodes and dozens of listeners each time. */
function expectNothing(grown: Held, own: Held = { nodes: 0, listeners: 0, widgets: 0, workers: 0 }): void {
  expect(grown.widgets).toBeLessThanOrEqual(0);
  expect(grown.workers).toBe(0);
  expect(grown.nodes - own.nodes).toBeLessThan(5 * TIMES);
  expect(grown.listeners - own.listeners).toBeLessThan(TIMES);
}

test('opening and closing a model tab with the sidebar leaves nothing behind', async ({ page }) => {
  // JupyterLab keeps some nodes of every document's tab that it ever had: as many as of a picture's are its own.
  const own = await growth(page, async () => {
    await execute(page, 'docmanager:open', { path: 'data/test_tank_grey.png' });
    await expect(page.locator('.jp-ImageViewer')).toBeVisible();
    await execute(page, 'application:close');
    await expect(page.locator('.jp-ImageViewer')).toHaveCount(0);
  });
  const sidebar = page.locator('.jp-GradLens-sidebar');
  const grown = await growth(page, async () => {
    await execute(page, 'gradlens:show-sidebar');
    await execute(page, 'gradlens:open-file', { path: 'models/tank.keras' });
    await expect(openedTab(page)).toBeVisible();
    await execute(page, 'gradlens:explain-image', { paths: ['data/test_tank_grey.png'] });
    await expect(heatmap(openedTab(page))).toBeVisible();
    await expect(sidebar.getByRole('treeitem', { name: /^conv4/ }).locator('canvas')).toHaveCount(2);
    await execute(page, 'application:close');
    await expect(openedTab(page)).toHaveCount(0);
    await execute(page, 'application:toggle-right-area');
    await expect(sidebar).toBeHidden();
  });
  expectNothing(grown.steady, own.usual);
});

test('running a cell again leaves nothing of the view before', async ({ page }) => {
  await openNotebook(page, 'demo.ipynb');
  await runAll(page);
  const first = await view(page, 0);
  await expect(heatmap(first)).toBeVisible();
  await first.getByRole('heading', { name: 'tank.keras' }).click();
  let id = await viewId(page);
  const grown = await growth(page, async () => {
    await execute(page, 'notebook:run-cell');
    await expect(async () => expect(await viewId(page)).not.toBe(id)).toPass();
    id = await viewId(page);
    await expect(heatmap(await view(page, 0))).toBeVisible();
  });
  expectNothing(grown.steady);
});

test('with a view open and the sidebar hidden, nothing of ours runs while nobody does anything', async ({ page }) => {
  await page.addInitScript(() => {
    const ran: string[] = ((window as unknown as { ran: string[] }).ran = []);
    const isOurs = (stack: string | undefined): boolean => /\/gradlens\//.test(stack ?? '');
    for (const name of ['requestAnimationFrame', 'setTimeout', 'setInterval', 'requestIdleCallback'] as const) {
      const original = window[name] as (callback: (...args: never[]) => unknown, ...rest: unknown[]) => number;
      const wrapped = (callback: (...args: never[]) => unknown, ...rest: unknown[]): number => {
        if (!isOurs(new Error().stack)) {
          return original.call(window, callback, ...rest);
        }
        return original.call(
          window,
          (...args: never[]) => {
            ran.push(name);
            return callback(...args);
          },
          ...rest
        );
      };
      Object.assign(window, { [name]: wrapped });
    }
  });
  await reload(page);
  await page.locator('#jupyterlab-splash').waitFor({ state: 'detached' });
  const sidebar = page.locator('.jp-GradLens-sidebar');
  const ran = (): Promise<string[]> => page.evaluate(() => (window as unknown as { ran: string[] }).ran.splice(0));
  await execute(page, 'gradlens:show-sidebar');
  await execute(page, 'gradlens:open-file', { path: 'models/tank.keras' });
  await execute(page, 'gradlens:explain-image', { paths: ['data/test_tank_grey.png'] });
  await expect(heatmap(openedTab(page))).toBeVisible();
  await expect(sidebar.getByRole('treeitem', { name: /^conv4/ }).locator('canvas')).toHaveCount(2);
  // The watch itself works: drawing and thumbnails took frames and timers.
  expect(await ran()).toEqual(expect.arrayContaining(['requestAnimationFrame', 'setTimeout']));
  await execute(page, 'application:toggle-right-area');
  await expect(sidebar).toBeHidden();
  // What hiding itself set off ends; after that, a second of page time in which nothing of ours may run.
  const second = (): Promise<unknown> => page.evaluate(() => new Promise(resolve => setTimeout(resolve, 1000)));
  await second();
  await ran();
  await second();
  await second();
  expect(await ran()).toEqual([]);
});

/** Identity of the first view's output: another one after each run. */
async function viewId(page: IJupyterLabPageFixture): Promise<string> {
  return page.evaluate(() => {
    const model = (
      window.jupyterapp.shell.currentWidget as unknown as { content: { model: { sharedModel: { toJSON(): unknown } } } }
    ).content.model;
    return /"id":"([^"]+)","model"/.exec(JSON.stringify(model.sharedModel.toJSON()).replace(/\\"/g, '"'))?.[1] ?? '';
  });
}
