/** The checksum of zip archives and of PNG: CRC-32 of ISO 3309, reflected, polynomial 0xEDB88320. */

/** Bytes that are taken at once (Kounavis and Berry 2005, "slicing by 8"). */
const SLICE = 8;

/** TABLES[256 k + b]: the checksum of the byte b with k zeros behind it. */
const TABLES = new Uint32Array(SLICE * 256);
for (let byte = 0; byte < 256; byte++) {
  let rest = byte;
  for (let bit = 0; bit < 8; bit++) {
    rest = rest & 1 ? 0xedb88320 ^ (rest >>> 1) : rest >>> 1;
  }
  TABLES[byte] = rest;
}
for (let i = 256; i < TABLES.length; i++) {
  TABLES[i] = (TABLES[i - 256] >>> 8) ^ TABLES[TABLES[i - 256] & 0xff];
}

/** The CRC-32 of some bytes, 0..2³² - 1. */
export function crc32(bytes: Uint8Array): number {
  const t = TABLES;
  let rest = 0xffffffff;
  let at = 0;
  for (const last = bytes.length - SLICE; at <= last; at += SLICE) {
    rest ^= bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24);
    rest =
      t[0x700 + (rest & 0xff)] ^
      t[0x600 + ((rest >>> 8) & 0xff)] ^
      t[0x500 + ((rest >>> 16) & 0xff)] ^
      t[0x400 + (rest >>> 24)] ^
      t[0x300 + bytes[at + 4]] ^
      t[0x200 + bytes[at + 5]] ^
      t[0x100 + bytes[at + 6]] ^
      t[bytes[at + 7]];
  }
  for (; at < bytes.length; at++) {
    rest = (rest >>> 8) ^ t[(rest ^ bytes[at]) & 0xff];
  }
  return (rest ^ 0xffffffff) >>> 0;
}
