/** Ways through a file that comes in parts. */

/** A stream's parts; it is closed when the reader leaves early. */
export async function* partsOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      yield part.value;
    }
  } finally {
    reader.cancel().catch(() => undefined);
  }
}

/** The parts without their first `count` bytes, which the reader has already; none is empty. */
export async function* after(count: number, parts: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let skip = count;
  for await (const part of parts) {
    const fresh = part.subarray(Math.min(skip, part.length));
    skip -= part.length - fresh.length;
    if (fresh.length > 0) {
      yield fresh;
    }
  }
}
