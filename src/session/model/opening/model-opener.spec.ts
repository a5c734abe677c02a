import { describe, expect, it } from 'vitest';
import { type ServedFile, TornFileError } from '../../../delivery/served-file';
import type { EngineClient } from '../../../engine/page/client';
import type { ModelSummary } from '../../../graph/layer-info';
import type { Fingerprint } from '../../../mime/payload';
import { ModelOpener } from './model-opener';
import { ModelShelf } from './model-shelf';

const print = (of: string, size = 10): Fingerprint => ({ size, hash: of.repeat(64) });
const { signal } = new AbortController();

/** A file whose content is one character; an engine that reads those. */
function bench(locate: () => ServedFile) {
  const opened: string[] = [];
  const closed: string[] = [];
  const engine = {
    open: async ({ model, name }: { model: string; name: string }, stream: AsyncIterable<string>) => {
      for await (const content of stream) {
        opened.push(content);
        return { model, name, bytes: 10, fingerprint: print(content) } as unknown as ModelSummary;
      }
      throw new Error('the file is empty');
    },
    close: async (model: string) => void closed.push(model)
  } as unknown as EngineClient;
  const shelf = new ModelShelf(
    () => 0,
    model => void engine.close(model)
  );
  const opener = new ModelOpener({ locate: async () => locate(), shelf });
  const open = (fingerprint?: Fingerprint) =>
    opener.open(
      { path: 'm.keras', name: 'm.keras', ...(fingerprint && { fingerprint }) },
      {},
      engine,
      signal,
      () => {}
    );
  return { opener, open, opened, closed };
}

function fileOf(content: string, more: Partial<ServedFile> = {}): ServedFile {
  return {
    key: `of ${content}`,
    place: `at ${content}`,
    name: 'm.keras',
    size: 10,
    stream: () =>
      (async function* () {
        yield content as unknown as Uint8Array;
      })(),
    sibling: async () => new Uint8Array(),
    head: async () => new Uint8Array(),
    ...more
  };
}

/** One that is written anew whenever it is read. */
const torn = fileOf('?', {
  stream: () =>
    // eslint-disable-next-line require-yield
    (async function* () {
      throw new TornFileError('m.keras');
    })()
});

describe('the file that a notebook names', () => {
  it('is the one that the kernel means where the server has another of that name', async () => {
    const { open, opener, opened, closed } = bench(() => fileOf('b', { meant: async () => fileOf('a') }));
    expect((await open(print('a'))).model).toBe('of a');
    expect(opener.place).toBe('at a');
    expect(opened).toEqual(['b', 'a']);
    expect(closed).toEqual(['of b']);
    expect(await opener.isOutdated('m.keras')).toBe(false);
  });

  it("is the server's where the kernel has none that the cell saw either", async () => {
    const { open, opener, closed } = bench(() => fileOf('b', { meant: async () => fileOf('c') }));
    expect((await open(print('a'))).model).toBe('of b');
    expect(closed).toEqual(['of c']);
    expect(await opener.isOutdated('m.keras')).toBe(false);
  });

  it("is not asked of the kernel where it is the one that the cell saw, or the kernel's is as little", async () => {
    const meant = async (): Promise<ServedFile> => fileOf('c', { size: 11 });
    const same = bench(() => fileOf('a', { meant: () => Promise.reject(new Error('asked')) }));
    expect((await same.open(print('a'))).model).toBe('of a');
    const { open, opened } = bench(() => fileOf('b', { meant }));
    expect((await open(print('a'))).model).toBe('of b');
    expect(opened).toEqual(['b']);
  });

  it('is read again where it was written meanwhile, and said to change where that does not end', async () => {
    const files = [torn, fileOf('a')];
    const { open, opened } = bench(() => files.shift() ?? fileOf('b'));
    expect((await open()).model).toBe('of a');
    expect(opened).toEqual(['a']);
    await expect(bench(() => torn).open()).rejects.toThrow('“m.keras” changed while it was being read.');
  });
});
