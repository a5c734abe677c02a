import { expect, it } from 'vitest';
import { crc32 } from './crc32';

const all = Array.from({ length: 256 }, (_, i) => i);

// As Python's zlib.crc32 says; the second is the check value of the standard.
it.each<[string, number[], number]>([
  ['nothing', [], 0],
  ['123456789', [...new TextEncoder().encode('123456789')], 0xcbf43926],
  ['every byte', all, 0x29058c73],
  [
    'as many bytes as are no multiple of a slice',
    [...all, ...all, ...all, ...new TextEncoder().encode('abcde')],
    0x5ab7ef7
  ]
])('gives the checksum of %s', (_, bytes, expected) => {
  expect(crc32(Uint8Array.from(bytes))).toBe(expected);
});
