/**
 * Text in a PNG: a chunk tEXt where its characters are Latin-1, else iTXt
 * (PNG, third edition, 11.3.3), before the picture's data, as readers expect it.
 */
import { crc32 } from '../../formats/containers/crc32';

const SIGNATURE = 8;
/** IHDR, the first chunk, has 13 bytes of data; each chunk has 12 more. */
const AFTER_HEADER = SIGNATURE + 25;

/** @param keyword - One of those that the standard names: "Description", "Software". */
export function withPngText(png: Uint8Array, keyword: string, text: string): Uint8Array<ArrayBuffer> {
  const chunk = textChunk(keyword, text);
  const bytes = new Uint8Array(png.length + chunk.length);
  bytes.set(png.subarray(0, AFTER_HEADER));
  bytes.set(chunk, AFTER_HEADER);
  bytes.set(png.subarray(AFTER_HEADER), AFTER_HEADER + chunk.length);
  return bytes;
}

function textChunk(keyword: string, text: string): Uint8Array {
  const isLatin = [...text].every(letter => letter.charCodeAt(0) < 256 && letter !== '\0');
  // iTXt: not compressed, of no language, with no translated keyword.
  const head = latin(isLatin ? `tEXt${keyword}\0` : `iTXt${keyword}\0\0\0\0\0`);
  const body = isLatin ? latin(text) : new TextEncoder().encode(text);
  const bytes = new Uint8Array(4 + head.length + body.length + 4);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, head.length - 4 + body.length);
  bytes.set(head, 4);
  bytes.set(body, 4 + head.length);
  // The sum is over type and data, not over the length.
  view.setUint32(bytes.length - 4, crc32(bytes.subarray(4, -4)));
  return bytes;
}

const latin = (text: string): Uint8Array => Uint8Array.from(text, letter => letter.charCodeAt(0));
