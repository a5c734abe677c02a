/**
 * The orientation in a picture's EXIF data: of JPEG (JEITA CP-3451 4.5.2), PNG (its
 * eXIf chunk) and WebP files. Browsers turn a picture by it and do not tell;
 * createImageBitmap can no longer be asked not to.
 */
const ORIENTATION = 0x0112;
const UPRIGHT = 1;

/** A picture's file that no reader turns, and the orientation that it asked for, 2 to 8. */
export interface StoredPicture {
  bytes: Uint8Array;
  orientation?: number;
}

/** Takes the orientation out of a file; the bytes themselves of one that is upright, or does not say. */
export function asStored(bytes: Uint8Array): StoredPicture {
  const start = startOfExif(bytes);
  const entry =
    start === null ? null : entryOf(new DataView(bytes.buffer, bytes.byteOffset + start, bytes.length - start), start);
  if (!entry || entry.value <= UPRIGHT || entry.value > 8) {
    return { bytes };
  }
  const upright = bytes.slice();
  // The sum of a PNG's chunk no longer fits: readers pass over such a chunk.
  new DataView(upright.buffer).setUint16(entry.at, UPRIGHT, entry.isLittle);
  return { bytes: upright, orientation: entry.value };
}

const textAt = (bytes: Uint8Array, at: number, length: number): string =>
  String.fromCharCode(...bytes.subarray(at, at + length));

/** Where the TIFF block of the EXIF data begins. */
function startOfExif(bytes: Uint8Array): number | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (view.byteLength > 2 && view.getUint16(0) === 0xffd8) {
    // A segment: its marker, its length (without the marker), its bytes.
    for (let at = 2; at + 10 <= bytes.length && bytes[at] === 0xff && bytes[at + 1] !== 0xda;) {
      if (bytes[at + 1] === 0xe1 && textAt(bytes, at + 4, 6) === 'Exif\0\0') {
        return at + 10;
      }
      at += 2 + view.getUint16(at + 2);
    }
  } else if (textAt(bytes, 1, 3) === 'PNG') {
    // A chunk: length, type, bytes, check sum.
    for (let at = 8; at + 8 <= bytes.length; at += 12 + view.getUint32(at)) {
      if (textAt(bytes, at + 4, 4) === 'eXIf') {
        return at + 8;
      }
    }
  } else if (textAt(bytes, 0, 4) === 'RIFF' && textAt(bytes, 8, 4) === 'WEBP') {
    for (let at = 12; at + 8 <= bytes.length;) {
      const length = view.getUint32(at + 4, true);
      if (textAt(bytes, at, 4) === 'EXIF') {
        // Some writers put JPEG's own mark before the block.
        return textAt(bytes, at + 8, 6) === 'Exif\0\0' ? at + 14 : at + 8;
      }
      at += 8 + length + (length % 2);
    }
  }
  return null;
}

/** The orientation among the tags of the first directory of a TIFF block, which begins at `start` of the file. */
function entryOf(tiff: DataView, start: number): { value: number; at: number; isLittle: boolean } | null {
  if (tiff.byteLength < 8) {
    return null;
  }
  const isLittle = tiff.getUint16(0) === 0x4949;
  const directory = tiff.getUint32(4, isLittle);
  const count = directory + 2 <= tiff.byteLength ? tiff.getUint16(directory, isLittle) : 0;
  for (let i = 0; i < count; i++) {
    const at = directory + 2 + 12 * i;
    if (at + 12 > tiff.byteLength) {
      return null;
    }
    if (tiff.getUint16(at, isLittle) === ORIENTATION) {
      return { value: tiff.getUint16(at + 8, isLittle), at: start + at + 8, isLittle };
    }
  }
  return null;
}
