/** What the bytes of a file may come from, as parts for the worker. */

export type ByteSource = ReadableStream<Uint8Array> | AsyncIterable<Uint8Array> | Uint8Array;

/** Parts of this size are copied out of an array that its owner keeps. */
const COPY_SIZE = 4 * 1024 * 1024;

/** The source in parts whose buffers may be transferred whole. */
export async function* chunksOf(source: ByteSource): AsyncGenerator<Uint8Array> {
  if (source instanceof Uint8Array) {
    for (let at = 0; at < source.length; at += COPY_SIZE) {
      yield source.slice(at, at + COPY_SIZE);
    }
    return;
  }
  for await (const chunk of iterate(source)) {
    yield chunk.byteLength === chunk.buffer.byteLength ? chunk : chunk.slice();
  }
}

async function* iterate(source: ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  if (Symbol.asyncIterator in source) {
    yield* source;
    return;
  }
  // Safari's streams cannot be iterated.
  const reader = source.getReader();
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      yield part.value;
    }
  } finally {
    await reader.cancel();
  }
}
