import { expect, it } from 'vitest';
import { heapsAreSound } from './hdf5-heaps';

/** A heap of 64 bytes at 8: one object of 5 bytes (padded to 8), then free space. */
function heap(freeSize: number, objectSize = 5): Uint8Array {
  const bytes = new Uint8Array(80);
  const view = new DataView(bytes.buffer);
  bytes.set([0x47, 0x43, 0x4f, 0x4c, 1], 8);
  view.setUint32(16, 64, true);
  view.setUint16(24, 1, true);
  view.setUint32(32, objectSize, true);
  view.setUint32(56, freeSize, true);
  return bytes;
}

it('tells sound heaps from those on which the HDF5 library would not end', () => {
  expect(heapsAreSound(heap(24))).toBe(true);
  expect(heapsAreSound(heap(0))).toBe(false);
  expect(heapsAreSound(heap(32))).toBe(false);
  expect(heapsAreSound(heap(24, 60))).toBe(false);
  expect(heapsAreSound(heap(24).slice(0, 60))).toBe(true);
  expect(heapsAreSound(new Uint8Array(100).fill(0x47))).toBe(true);
});
