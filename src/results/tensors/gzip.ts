import { message, MessageError } from '../../messages/message';

/** Deflate makes at most so many bytes of one. */
const LARGEST_RATIO = 1032;

/** A fault of stored results, in words that follow "What the notebook kept cannot be read: ". */
export class StoredError extends MessageError {
  override readonly name = 'StoredError';
}

/** The browser reads a blob in parts, so that the page has its turn between them. */
const through = (bytes: Uint8Array, by: GenericTransformStream): ReadableStreamDefaultReader<Uint8Array> =>
  new Blob([bytes as BlobPart])
    .stream()
    .pipeThrough(by as ReadableWritablePair<Uint8Array, Uint8Array>)
    .getReader();

export async function gzip(bytes: Uint8Array): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  const reader = through(bytes, new CompressionStream('gzip'));
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    parts.push(read.value);
  }
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  parts.reduce((at, part) => (all.set(part, at), at + part.length), 0);
  return all;
}

/**
 * Inflates to exactly `size` bytes. A size that so few bytes cannot hold is refused before anything is
 * allocated, and a stream that holds more as soon as it does.
 *
 * @throws StoredError
 */
export async function gunzip(bytes: Uint8Array, size: number): Promise<Uint8Array<ArrayBuffer>> {
  if (size > LARGEST_RATIO * bytes.length) {
    throw new StoredError(message('%1 bytes cannot hold the %2 that they are said to hold', bytes.length, size));
  }
  const all = new Uint8Array(size);
  const reader = through(bytes, new DecompressionStream('gzip'));
  let at = 0;
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      if (at + read.value.length > size) {
        at = Infinity;
        await reader.cancel();
        break;
      }
      all.set(read.value, at);
      at += read.value.length;
    }
  } catch {
    throw new StoredError(message('its data are not gzip, or damaged'));
  }
  if (at !== size) {
    throw new StoredError(
      message('its data hold another number of bytes than the %1 that they are said to hold', size)
    );
  }
  return all;
}
