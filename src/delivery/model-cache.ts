/**
 * Model files kept by the browser, in its Cache Storage, so that opening one
 * again reads nothing from the server, also after a reload.
 *
 * A file is found by a key that changes with its content, so none is served
 * stale. Where the browser gives no storage (an insecure page, some private
 * windows) or no room, nothing is kept and everything else works as without.
 */

const CACHE = 'gradlens-models';

/** Bytes that wait for the disk; a slower disk holds the reading back beyond that. */
const BUFFER = 64 * 1024 * 1024;

/** Identifies a file and its version. */
export interface CacheKey {
  /** Location of the file: the same for all its versions. */
  place: string;
  /** Same version, same bytes. */
  version: string;
}

/** Kept beside each file. */
interface Record {
  bytes: number;
  /** Milliseconds since 1970 of the last use. */
  used: number;
}

const urlOf = (kind: 'file' | 'record', { place, version }: CacheKey): string =>
  `/gradlens-models/${kind}?place=${encodeURIComponent(place)}&version=${encodeURIComponent(version)}`;

function keyOf(request: Request): CacheKey {
  const { searchParams } = new URL(request.url);
  return { place: searchParams.get('place') ?? '', version: searchParams.get('version') ?? '' };
}

/** The cache, or null where the browser gives none. */
async function openCache(): Promise<Cache | null> {
  try {
    return await caches.open(CACHE);
  } catch {
    return null;
  }
}

/** The bytes kept of a file, or null. Counts as a use of it. */
export async function findKept(key: CacheKey): Promise<ReadableStream<Uint8Array> | null> {
  const cache = await openCache();
  try {
    const [file, record] = await Promise.all([cache?.match(urlOf('file', key)), cache?.match(urlOf('record', key))]);
    if (!cache || !file?.body || !record) {
      return null;
    }
    const { bytes } = (await record.json()) as Record;
    await write(cache, key, bytes);
    return file.body;
  } catch {
    return null;
  }
}

/**
 * Passes a file's parts on and keeps a copy of them, if they turn out complete.
 *
 * @param size - Bytes that the parts must come to.
 * @param budget - Bytes that all files kept may come to; those used longest ago go.
 * @param isStill - Asked at the end: whether the file is still of this version.
 */
export async function* keeping(
  parts: AsyncIterable<Uint8Array>,
  key: CacheKey,
  size: number,
  budget: number,
  isStill: () => Promise<boolean>
): AsyncGenerator<Uint8Array> {
  const cache = size <= budget ? await openCache() : null;
  if (!cache) {
    yield* parts;
    return;
  }
  const copy = new Copy(cache, key, size, budget);
  let done = 0;
  try {
    for await (const part of parts) {
      done += part.byteLength;
      await copy.add(part);
      yield part;
    }
  } finally {
    // Also where the reading fails or the reader leaves early. Nobody waits for the disk.
    if (done === size) {
      void copy.finish(isStill);
    } else {
      copy.discard();
    }
  }
}

/** A copy on its way into the cache. What fails in it never fails the reading. */
class Copy {
  constructor(
    private cache: Cache,
    private key: CacheKey,
    private size: number,
    budget: number
  ) {
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>(
      undefined,
      new ByteLengthQueuingStrategy({ highWaterMark: BUFFER })
    );
    this.writer = writable.getWriter();
    this.writer.closed.catch(() => undefined);
    this.stored = this.store(readable, budget).catch(async (reason: unknown) => {
      // Given up, or no room; the stream ends with it, and so does waiting for it.
      await this.writer.abort(reason).catch(() => undefined);
      if (!(await cache.match(urlOf('file', key)))) {
        await drop(cache, key);
      }
    });
    this.stored.catch(() => undefined);
  }

  /** Copies the part, since its next owner may transfer its memory. */
  async add(part: Uint8Array): Promise<void> {
    try {
      await this.writer.ready;
      this.writer.write(part.slice()).catch(() => undefined);
    } catch {
      // It ended before; the reading goes on.
    }
  }

  async finish(isStill: () => Promise<boolean>): Promise<void> {
    try {
      if (await isStill()) {
        await this.writer.close();
        return;
      }
    } catch {
      // As if it had changed.
    }
    this.discard();
  }

  discard(): void {
    this.writer.abort(new Error('the copy is not complete')).catch(() => undefined);
  }

  /** The record comes first: it reserves the room. The file is there when its stream has closed, or not at all. */
  private async store(bytes: ReadableStream<Uint8Array>, budget: number): Promise<void> {
    const { cache, key, size } = this;
    await prune(budget - size, key);
    await write(cache, key, size);
    await cache.put(
      urlOf('file', key),
      new Response(bytes, { headers: { 'Content-Type': 'application/octet-stream' } })
    );
  }

  private writer: WritableStreamDefaultWriter<Uint8Array>;
  private stored: Promise<void>;
}

async function write(cache: Cache, key: CacheKey, bytes: number): Promise<void> {
  const record: Record = { bytes, used: Date.now() };
  await cache.put(urlOf('record', key), new Response(JSON.stringify(record)));
}

interface Kept extends Record {
  key: CacheKey;
}

/** Entries of the cache, least recently used first; a file without its record is useless. */
async function listKept(cache: Cache): Promise<Kept[]> {
  const kept = new Map<string, Kept>();
  for (const request of await cache.keys()) {
    const key = keyOf(request);
    const record = request.url.includes('/record?')
      ? ((await (await cache.match(request))?.json()) as Record | undefined)
      : undefined;
    const id = urlOf('file', key);
    kept.set(id, { bytes: 0, used: 0, ...kept.get(id), ...record, key });
  }
  return [...kept.values()].sort((a, b) => a.used - b.used);
}

async function drop(cache: Cache, key: CacheKey): Promise<void> {
  await Promise.all([cache.delete(urlOf('file', key)), cache.delete(urlOf('record', key))]);
}

/**
 * Lets go of what was used longest ago until the rest fits the budget; `incoming`
 * also replaces the older versions of its file. Never rejects.
 */
export async function prune(budget: number, incoming?: CacheKey): Promise<void> {
  const cache = await openCache();
  try {
    const kept = cache ? await listKept(cache) : [];
    const isOld = ({ key, used }: Kept): boolean => used === 0 || key.place === incoming?.place;
    const valid = kept.filter(one => !isOld(one));
    let held = valid.reduce((sum, { bytes }) => sum + bytes, 0);
    const tooMuch = valid.filter(({ bytes }) => {
      const isTooMuch = held > budget;
      held -= isTooMuch ? bytes : 0;
      return isTooMuch;
    });
    await Promise.all([...kept.filter(isOld), ...tooMuch].map(async ({ key }) => cache && drop(cache, key)));
  } catch {
    // An entry that cannot be deleted now is deleted the next time.
  }
}

/** Forgets one file: its bytes could not be read to their end. */
export async function forget(key: CacheKey): Promise<void> {
  const cache = await openCache();
  if (cache) {
    await drop(cache, key).catch(() => undefined);
  }
}

/** Deletes all that is kept; the bytes that it came to. */
export async function clearKept(): Promise<number> {
  const cache = await openCache();
  const kept = cache ? await listKept(cache) : [];
  if (cache) {
    await caches.delete(CACHE);
  }
  return kept.reduce((sum, { bytes }) => sum + bytes, 0);
}
