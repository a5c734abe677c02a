import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { FileReading } from './fingerprint';
import { sha256 } from './sha256';

const BLOCK = 1024 * 1024;
const noise = (size: number): Uint8Array => Uint8Array.from({ length: size }, (_, i) => (i * 2654435761) >>> 13);
const digest = (...parts: Uint8Array[]): Uint8Array => createHash('sha256').update(Buffer.concat(parts)).digest();

afterEach(() => vi.unstubAllGlobals());

describe.each(['the browser', 'a page that is not secure'])('fingerprint by %s', by => {
  const read = (bytes: Uint8Array): FileReading => {
    if (by !== 'the browser') {
      vi.stubGlobal('crypto', {});
    }
    return new FileReading(bytes);
  };

  it.each([0, 5, BLOCK, 2 * BLOCK + 7])('is the hash over the hashes of each MiB, of %i bytes', async size => {
    const bytes = noise(size);
    const blocks = Array.from({ length: Math.ceil(size / BLOCK) }, (_, i) =>
      digest(bytes.subarray(i * BLOCK, (i + 1) * BLOCK))
    );
    const hash = Buffer.from(digest(...blocks)).toString('hex');
    expect(await read(bytes).fingerprint()).toEqual({ size, hash });
  });

  it('counts the files of weights, each once, in the order of their paths', async () => {
    const [model, a, b] = [noise(9), noise(3), noise(4)];
    const reading = read(model);
    reading.add('b.bin', b);
    reading.add('a.bin', a);
    reading.add('a.bin', a);
    const whole = digest(...[model, a, b].map(bytes => digest(digest(bytes))));
    expect(await reading.fingerprint()).toEqual({ size: 16, hash: Buffer.from(whole).toString('hex') });
  });
});

it.each([0, 1, 55, 56, 63, 64, 65, 1000])('SHA-256 of %i bytes is that of OpenSSL', size => {
  expect(Buffer.from(sha256(noise(size))).toString('hex')).toBe(Buffer.from(digest(noise(size))).toString('hex'));
});
