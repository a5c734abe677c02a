/** The cache in a real browser: second openings read nothing from the server, and nothing stale is served. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CHROMIUM_ARGS, findChromium } from '../../headless/chromium.mjs';
import type { Content, Reading, ReadOptions } from './testing/cache-page';

declare const delivery: typeof import('./testing/cache-page');

const MEGABYTE = 1_000_000;

let browser: Browser;
let server: Server;
let port: number;
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('testing/cache-page.ts', import.meta.url))],
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'delivery',
    target: 'es2022',
    logLevel: 'error'
  });
  server = createServer((request, response) => {
    response.writeHead(200, { 'Content-Type': request.url === '/page.js' ? 'text/javascript' : 'text/html' });
    response.end(
      request.url === '/page.js' ? outputFiles[0].contents : '<!doctype html><script src="/page.js"></script>'
    );
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
  browser = await chromium.launch({
    executablePath: findChromium(),
    args: [...CHROMIUM_ARGS, '--host-resolver-rules=MAP insecure.test 127.0.0.1']
  });
}, 60_000);

afterAll(async () => {
  await browser.close();
  server.close();
});

beforeEach(async () => {
  context = await browser.newContext();
  page = await context.newPage();
  await page.goto(`http://127.0.0.1:${port}/`);
});

afterEach(() => context.close());

const read = (place: string, version: number, size: number, options: ReadOptions = {}): Promise<Reading> =>
  page.evaluate(([p, v, s, o]) => delivery.read(p, v, s, o), [place, version, size, options] as const);

/** A copy reaches the disk a little after its reader has all. */
async function settled(expected: Content): Promise<void> {
  await expect.poll(() => page.evaluate(() => delivery.content()), { timeout: 5000 }).toEqual(expected);
}

const FIRST: (size: number) => Reading = size => ({ fromServer: size, isRight: true });
const FROM_CACHE: Reading = { fromServer: 0, isRight: true };

describe('a file read again', () => {
  it('comes from the browser, also after a reload, whole and in part', async () => {
    expect(await read('a', 1, MEGABYTE)).toEqual(FIRST(MEGABYTE));
    await settled({ files: 1, bytes: MEGABYTE });
    expect(await read('a', 1, MEGABYTE)).toEqual(FROM_CACHE);
    await page.reload();
    expect(await read('a', 1, MEGABYTE)).toEqual(FROM_CACHE);
    expect(await read('a', 1, MEGABYTE, { head: 1024 })).toEqual(FROM_CACHE);
  });

  it('comes from the server when it changed, and the old version goes', async () => {
    await read('a', 1, MEGABYTE);
    await settled({ files: 1, bytes: MEGABYTE });
    expect(await read('a', 2, 2 * MEGABYTE)).toEqual(FIRST(2 * MEGABYTE));
    await settled({ files: 1, bytes: 2 * MEGABYTE });
    expect(await read('a', 2, 2 * MEGABYTE)).toEqual(FROM_CACHE);
    expect(await read('a', 1, MEGABYTE)).toEqual(FIRST(MEGABYTE));
  });

  it('is not kept when it changed while it was read', async () => {
    expect(await read('a', 1, MEGABYTE, { changes: true })).toEqual(FIRST(MEGABYTE));
    await read('b', 1, MEGABYTE);
    await settled({ files: 1, bytes: MEGABYTE });
    expect(await read('a', 1, MEGABYTE)).toEqual(FIRST(MEGABYTE));
  });

  it('is not kept when only a part was read', async () => {
    await read('a', 1, MEGABYTE, { leaveAt: MEGABYTE / 2 });
    await read('b', 1, MEGABYTE, { breakAt: MEGABYTE / 2 });
    await read('c', 1, MEGABYTE);
    await settled({ files: 1, bytes: MEGABYTE });
    expect((await read('a', 1, MEGABYTE)).fromServer).toBe(MEGABYTE);
    expect((await read('b', 1, MEGABYTE)).fromServer).toBe(MEGABYTE);
  });

  it('is completed by the server when the disk gives half of it', async () => {
    await read('a', 1, MEGABYTE);
    await settled({ files: 1, bytes: MEGABYTE });
    await page.evaluate(() => delivery.truncate());
    expect((await read('a', 1, MEGABYTE)).isRight).toBe(true);
    // A damaged entry is not used again.
    expect((await read('a', 1, MEGABYTE)).fromServer).toBe(MEGABYTE);
  });
});

describe('the budget', () => {
  it('evicts the least recently used file', async () => {
    const budget = 2.5 * MEGABYTE;
    for (const [place, files] of [
      ['a', 1],
      ['b', 2]
    ] as const) {
      await read(place, 1, MEGABYTE, { budget });
      await settled({ files, bytes: files * MEGABYTE });
    }
    expect(await read('a', 1, MEGABYTE, { budget })).toEqual(FROM_CACHE);
    await read('c', 1, MEGABYTE, { budget });
    await expect.poll(async () => (await read('c', 1, MEGABYTE, { budget })).fromServer).toBe(0);
    expect(await read('a', 1, MEGABYTE, { budget })).toEqual(FROM_CACHE);
    expect((await read('b', 1, MEGABYTE, { budget })).fromServer).toBe(MEGABYTE);
  });

  it('keeps nothing that is larger, and nothing at all at 0', async () => {
    await read('a', 1, MEGABYTE, { budget: MEGABYTE / 2 });
    await read('b', 1, MEGABYTE, { budget: 0 });
    await read('c', 1, 1000);
    await settled({ files: 1, bytes: 1000 });
  });

  it('holds when it shrinks', async () => {
    await read('a', 1, MEGABYTE);
    await settled({ files: 1, bytes: MEGABYTE });
    await page.evaluate(() => delivery.prune(0));
    await settled({ files: 0, bytes: 0 });
  });
});

it('can be cleared, and says how many bytes that freed', async () => {
  await read('a', 1, MEGABYTE);
  await read('b', 1, MEGABYTE);
  await settled({ files: 2, bytes: 2 * MEGABYTE });
  expect(await page.evaluate(() => delivery.clearKept())).toBe(2 * MEGABYTE);
  expect((await read('a', 1, MEGABYTE)).fromServer).toBe(MEGABYTE);
});

it('a page without storage, being insecure, reads as ever', async () => {
  await page.goto(`http://insecure.test:${port}/`);
  expect(await page.evaluate(() => isSecureContext)).toBe(false);
  expect(await read('a', 1, MEGABYTE)).toEqual(FIRST(MEGABYTE));
  expect(await read('a', 1, MEGABYTE)).toEqual(FIRST(MEGABYTE));
  expect(await page.evaluate(() => delivery.clearKept())).toBe(0);
});
