/** In a real browser: IndexedDB, and that what is kept stays within its bounds. */
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { type Browser, chromium, type Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CHROMIUM_ARGS, findChromium } from '../../../headless/chromium.mjs';
import { MOST_OF_A_TAB, MOST_TABS } from './stored-pictures';

declare const kept: typeof import('./stored-pictures');

let browser: Browser;
let page: Page;

beforeAll(async () => {
  const bundle = await build({
    entryPoints: [fileURLToPath(new URL('stored-pictures.ts', import.meta.url))],
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'kept',
    target: 'es2022'
  });
  browser = await chromium.launch({ executablePath: findChromium(), args: CHROMIUM_ARGS });
  page = await browser.newPage();
  // A blank page has no origin, and so no database.
  await page.route('http://jupyter.test/**', route =>
    route.fulfill({ contentType: 'text/html', body: '<!doctype html>' })
  );
  await page.goto('http://jupyter.test/');
  await page.addScriptTag({ content: bundle.outputFiles[0].text });
}, 60_000);

afterAll(() => browser.close());

const load = (tab: string, scope = '/'): Promise<string[]> =>
  page.evaluate(async ([of, at]) => (await new kept.KeptPictures(at).load(of)).map(({ name }) => name), [tab, scope]);
const save = (tab: string, names: string[], length = 4): Promise<void> =>
  page.evaluate(
    ([of, all, size]) =>
      new kept.KeptPictures('/').save(
        of as string,
        (all as string[]).map(name => ({ name, picture: 'A'.repeat(size as number) }))
      ),
    [tab, names, length]
  );

test('pictures come back in their order, by tab and server', async () => {
  await save('a.keras', ['one', 'two']);
  await save('a.keras', ['two', 'three', 'one']);
  expect(await load('a.keras')).toEqual(['two', 'three', 'one']);
  expect(await load('b.keras')).toEqual([]);
  expect(await load('a.keras', '/user/other/')).toEqual([]);
});

test('what is forgotten, or saved empty, is gone', async () => {
  await save('c.keras', ['one']);
  await page.evaluate(() => new kept.KeptPictures('/').forget('c.keras'));
  expect(await load('c.keras')).toEqual([]);
  await save('c.keras', ['one']);
  await save('c.keras', []);
  expect(await load('c.keras')).toEqual([]);
});

test('too much for one tab is not kept, and does not leave older pictures in its place', async () => {
  await save('d.keras', ['small']);
  await save('d.keras', ['large'], MOST_OF_A_TAB + 1);
  expect(await load('d.keras')).toEqual([]);
});

test('the tabs saved longest ago make room', async () => {
  for (let i = 0; i <= MOST_TABS; i++) {
    await save(`tab ${i}`, ['one']);
    // Entries of one millisecond would have no order.
    await page.waitForFunction(then => Date.now() > then, await page.evaluate(() => Date.now()));
  }
  expect(await load('tab 0')).toEqual([]);
  expect(await load('tab 1')).toEqual(['one']);
  expect(await load(`tab ${MOST_TABS}`)).toEqual(['one']);
});
