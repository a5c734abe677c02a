import { type Contents, ServerConnection } from '@jupyterlab/services';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { servedFile, serverPathOf } from './jupyter-file';
import type { Resolver } from './resolver';

const FILE = Uint8Array.from({ length: 1000 }, (_, i) => i % 251);
const baseUrl = 'http://jupyter.test/lens/';

/** The server's address of a file, or that of a drive which keeps it elsewhere. */
function services(url: string) {
  const contents = {
    get: async () => ({ type: 'file', size: FILE.length, last_modified: '2026' }),
    getDownloadUrl: async () => url
  };
  return {
    contents: contents as unknown as Contents.IManager,
    serverSettings: ServerConnection.makeSettings({ baseUrl, token: 'secret' }),
    keepBytes: () => 0
  };
}

async function bytesOf(stream: AsyncIterable<Uint8Array>): Promise<number[]> {
  const bytes: number[] = [];
  for await (const part of stream) {
    bytes.push(...part);
  }
  return bytes;
}

const { signal } = new AbortController();

describe('a file that a drive keeps in the browser', () => {
  const urls: [kind: string, make: () => string][] = [
    ['blob:', () => URL.createObjectURL(new Blob([FILE]))],
    ['data:', () => `data:application/octet-stream;base64,${Buffer.from(FILE).toString('base64')}`]
  ];

  it.each(urls)('is read from its %s URL', async (_, make) => {
    const file = await servedFile('models/tank.keras', services(make()));
    expect(await bytesOf(file.stream(signal))).toEqual([...FILE]);
    expect([...(await file.head(8, signal))]).toEqual([...FILE.subarray(0, 8)]);
  });
});

describe('who is asked for a file', () => {
  afterEach(() => vi.unstubAllGlobals());

  /** The address asked for, and whether the server's token went with it. */
  async function asked(url: string): Promise<[url: string, hasToken: boolean]> {
    const fetched: [string, boolean][] = [];
    const answer = async (input: RequestInfo, init?: RequestInit): Promise<Response> => {
      const { url: address, headers } = new Request(input, init);
      fetched.push([address, headers.has('Authorization')]);
      return new Response(FILE);
    };
    vi.stubGlobal('fetch', answer);
    const all = services(url);
    const file = await servedFile('a.h5', { ...all, serverSettings: { ...all.serverSettings, fetch: answer } });
    expect(await bytesOf(file.stream(signal))).toEqual([...FILE]);
    return fetched[0];
  }

  it('is the server, with its token and past all caches', async () => {
    const [url, hasToken] = await asked(`${baseUrl}files/a.h5`);
    expect(url).toMatch(/\/lens\/files\/a\.h5\?\d+$/);
    expect(hasToken).toBe(true);
  });

  it('is another host without the token, by the very address that its drive gave', async () => {
    const signed = 'https://bucket.test/a.h5?signature=1';
    expect(await asked(signed)).toEqual([signed, false]);
  });
});

describe('a file that is written while it is read', () => {
  afterEach(() => vi.unstubAllGlobals());

  /** Reads a file that the server describes so, once and again. */
  async function read(before: object, after: object): Promise<number> {
    const answer = async (): Promise<Response> => new Response(FILE);
    vi.stubGlobal('fetch', answer);
    const all = services(`${baseUrl}files/a.h5`);
    let looks = 0;
    const contents = {
      ...all.contents,
      get: async () => ({ type: 'file', size: FILE.length, last_modified: '2026', ...(looks++ ? after : before) })
    } as unknown as Contents.IManager;
    const file = await servedFile('a.h5', {
      ...all,
      contents,
      serverSettings: { ...all.serverSettings, fetch: answer }
    });
    return (await bytesOf(file.stream(signal))).length;
  }

  it('is refused, though the connection never broke and it is as long as before', async () => {
    await expect(read({}, { last_modified: '2027' })).rejects.toThrow('“a.h5” changed while it was being read.');
  });

  it('is refused where it has become longer or shorter than it was said to be', async () => {
    await expect(read({ size: 999 }, { size: 999 })).rejects.toThrow('“a.h5” changed while it was being read.');
  });

  it('is read where it stayed, also on a drive that tells no sizes', async () => {
    expect(await read({}, {})).toBe(FILE.length);
    expect(await read({ size: null }, { size: null })).toBe(FILE.length);
  });
});

describe('a path that leads out of the folder that is served', () => {
  /** As JupyterLab's: it stops at the top, and names another file. */
  const resolver = (path: string): Resolver =>
    ({
      path,
      resolveUrl: async (url: string) => new URL(url, `http://server/${path}`).pathname.slice(1)
    }) as unknown as Resolver;

  it.each([
    ['demo.ipynb', '../m.keras'],
    ['a/demo.ipynb', '../../m.keras'],
    ['a/demo.ipynb', '../../a/m.keras'],
    ['a/b/demo.ipynb', 'c/../../../../m.keras'],
    ['drive:a/demo.ipynb', './/../../m.keras']
  ])('has no file on the server: beside %s, %s', async (notebook, path) => {
    expect(await serverPathOf(path, resolver(notebook))).toBeNull();
  });

  it.each([
    ['a/demo.ipynb', '../m.keras', 'm.keras'],
    ['a/b/demo.ipynb', '../../c/m.keras', 'c/m.keras'],
    ['demo.ipynb', 'c/../m.keras', 'm.keras']
  ])('is not one that stays inside: beside %s, %s is %s', async (notebook, path, found) => {
    expect(await serverPathOf(path, resolver(notebook))).toBe(found);
  });

  it('is not asked of a tab, whose paths the file browser made', async () => {
    expect(await serverPathOf('a/m.keras', null)).toBe('a/m.keras');
    expect(await serverPathOf('../m.keras', null)).toBeNull();
  });
});
