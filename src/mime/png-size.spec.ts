import { expect, test } from 'vitest';
import { pngSize } from './png-size';

/** The first 33 bytes of a PNG, as the specification has them. */
function png(width: number, height: number, kind = 'IHDR'): string {
  const bytes = Buffer.alloc(33);
  bytes.write('\x89PNG\r\n\x1a\n', 0, 'latin1');
  bytes.writeUInt32BE(13, 8);
  bytes.write(kind, 12, 'latin1');
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  return bytes.toString('base64');
}

test('reads width and height from the header', () => {
  expect(pngSize(png(1280, 7))).toEqual({ width: 1280, height: 7 });
  expect(pngSize(png(1, 70_000))).toEqual({ width: 1, height: 70_000 });
});

test.each([
  ['another file', Buffer.from('GIF89a, and more of it than the 24 bytes').toString('base64')],
  ['a cut file', png(3, 4).slice(0, 20)],
  ['a PNG that begins with something else', png(3, 4, 'tEXt')],
  ['an empty size', png(0, 4)],
  ['no base64', '"<not base64>"'.repeat(4)],
  ['nothing', '']
])('%s has none', (_, text) => {
  expect(pngSize(text)).toBeNull();
});
