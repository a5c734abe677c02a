import { type CacheKey, findKept, forget, keeping } from './model-cache';
import type { ServedFile } from './served-file';
import { after, partsOf } from './stream-chunks';

/**
 * A file whose bytes come from the browser's cache when it has them, and are
 * kept there when it has not.
 *
 * @param budget - Bytes that the cache may hold; 0: it is neither read nor written.
 * @param isStill - Whether the file has not changed since `file` was made.
 */
export function keptFile(file: ServedFile, key: CacheKey, budget: number, isStill: () => Promise<boolean>): ServedFile {
  const { size } = file;
  if (size === null || budget <= 0) {
    return file;
  }
  return {
    ...file,
    stream: signal => stream(file, size, key, budget, isStill, signal),
    head: async (bytes, signal) => (await keptHead(key, bytes)) ?? file.head(bytes, signal)
  };
}

async function* stream(
  file: ServedFile,
  size: number,
  key: CacheKey,
  budget: number,
  isStill: () => Promise<boolean>,
  signal: AbortSignal
): AsyncGenerator<Uint8Array> {
  const kept = await findKept(key);
  if (!kept) {
    yield* keeping(file.stream(signal), key, size, budget, isStill);
    return;
  }
  let done = 0;
  try {
    for await (const part of partsOf(kept)) {
      signal.throwIfAborted();
      done += part.byteLength;
      yield part;
    }
    if (done === size) {
      return;
    }
  } catch (error) {
    if (signal.aborted) {
      throw error;
    }
  }
  // The disk failed, or the browser took the file away meanwhile: the rest comes from where all of it came from.
  await forget(key);
  yield* after(done, file.stream(signal));
}

async function keptHead(key: CacheKey, count: number): Promise<Uint8Array | null> {
  const kept = await findKept(key);
  if (!kept) {
    return null;
  }
  try {
    for await (const part of partsOf(kept)) {
      return part.slice(0, count);
    }
  } catch {
    // Reading the file itself will report it.
  }
  return null;
}
