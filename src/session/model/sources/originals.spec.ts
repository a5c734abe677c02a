import { expect, it, vi } from 'vitest';
import { Originals } from './originals';

const original = { width: 8, height: 8, size: 3, hash: 'a'.repeat(64) };
const image = (path: string) => ({ name: path, path, picture: 'AAAA', original });

it('reads the file of a preview, and keeps those used last', async () => {
  const read = vi.fn(async (path: string) => new TextEncoder().encode(path));
  const originals = new Originals(read);
  for (const path of ['a', 'b', 'c', 'd', 'a', 'e', 'a', 'b']) {
    expect(new TextDecoder().decode(await originals.bytesOf(image(path)))).toBe(path);
  }
  expect(read.mock.calls.map(([path]) => path)).toEqual(['a', 'b', 'c', 'd', 'e', 'b']);
});

it('takes other pictures from the payload', async () => {
  const originals = new Originals(() => Promise.reject(new Error('no file is asked for')));
  expect([...(await originals.bytesOf({ name: 'a', picture: 'AQID' }))]).toEqual([1, 2, 3]);
});

it('takes the copy of a file that cannot be read, where that may be computed on, and the file again', async () => {
  const read = vi.fn(async (): Promise<Uint8Array> => Promise.reject(new Error('gone')));
  const originals = new Originals(read);
  const single = { ...image('a.png'), picture: 'AQID', original: { ...original, copy: true as const } };
  expect(await originals.bytesOrCopy(single)).toEqual({ bytes: Uint8Array.of(1, 2, 3), isCopy: true });
  expect(originals.isCopied(single)).toBe(true);
  await expect(originals.bytesOrCopy(image('a.png'))).rejects.toThrow('cannot be read');
  await expect(originals.bytesOf(single)).rejects.toThrow('cannot be read');
  read.mockResolvedValueOnce(Uint8Array.of(7));
  expect(await originals.bytesOrCopy(single)).toEqual({ bytes: Uint8Array.of(7), isCopy: false });
  expect(originals.isCopied(single)).toBe(false);
});

it('says which file cannot be read, and tries again when asked again', async () => {
  const read = vi.fn(async (): Promise<Uint8Array> => Promise.reject(new Error('gone')));
  const originals = new Originals(read);
  await expect(originals.bytesOf(image('a.png'))).rejects.toThrow(/^The file of the picture “a.png” cannot be read/);
  const alone = { ...image('a.png'), picture: '' };
  await expect(originals.bytesOf(alone)).rejects.toThrow('“a.png” cannot be read: put it back');
  read.mockResolvedValueOnce(Uint8Array.of(7));
  expect([...(await originals.bytesOf(image('a.png')))]).toEqual([7]);
});
