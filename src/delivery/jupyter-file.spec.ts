import { type Contents, ServerConnection } from '@jupyterlab/services';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { servedFile } from './jupyter-file';

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
