/** Bundled into a page by model-cache.browser.spec.ts: files of made-up bytes, read through the real cache. */
import { keptFile } from '../cached-file';
import { clearKept, prune } from '../model-cache';
import type { ServedFile } from '../served-file';

export interface Reading {
  /** Bytes that the server was asked for. */
  fromServer: number;
  /** True if what arrived is what the server has. */
  isRight: boolean;
}

const PART = 65_536;

/** Each version has bytes of its own. */
const byteOf = (version: number, at: number): number => (at * 31 + version * 7) % 251;

function partsOf(
  version: number,
  size: number,
  onPart: (bytes: number) => void,
  breakAt: number
): AsyncGenerator<Uint8Array> {
  return (async function* () {
    for (let at = 0; at < size; at += PART) {
      if (at >= breakAt) {
        throw new TypeError('network error');
      }
      const part = Uint8Array.from({ length: Math.min(PART, size - at) }, (_, i) => byteOf(version, at + i));
      onPart(part.length);
      yield part;
    }
  })();
}

export interface ReadOptions {
  budget?: number;
  /** The file has become another one by the end of the reading. */
  changes?: boolean;
  /** The reader leaves after so many bytes. */
  leaveAt?: number;
  /** The connection breaks for good after so many bytes. */
  breakAt?: number;
  /** Reads the head only. */
  head?: number;
}

export async function read(place: string, version: number, size: number, options: ReadOptions = {}): Promise<Reading> {
  const { budget = 1e9, changes = false, leaveAt = Infinity, breakAt = Infinity, head } = options;
  let fromServer = 0;
  const count = (bytes: number): void => void (fromServer += bytes);
  const file: ServedFile = {
    key: `${place}|${version}`,
    place,
    name: place,
    size,
    stream: () => partsOf(version, size, count, breakAt),
    sibling: () => Promise.reject(new Error('there is none')),
    head: async bytes => {
      count(bytes);
      return Uint8Array.from({ length: bytes }, (_, i) => byteOf(version, i));
    }
  };
  const kept = keptFile(file, { place, version: String(version) }, budget, async () => !changes);
  const signal = new AbortController().signal;
  const got: number[] = [];
  if (head !== undefined) {
    got.push(...(await kept.head(head, signal)));
  } else {
    try {
      for await (const part of kept.stream(signal)) {
        part.forEach(byte => got.push(byte));
        // As the engine does: the memory of a part is given away.
        structuredClone(part.buffer, { transfer: [part.buffer as ArrayBuffer] });
        if (got.length >= leaveAt) {
          break;
        }
      }
    } catch {
      // Told by isRight.
    }
  }
  const expected = head ?? size;
  return { fromServer, isRight: got.length === expected && got.every((byte, at) => byte === byteOf(version, at)) };
}

export interface Content {
  files: number;
  bytes: number;
}

/** Contents of the cache, as the browser reports them. */
export async function content(): Promise<Content> {
  const cache = await caches.open('gradlens-models');
  let files = 0;
  let bytes = 0;
  for (const request of await cache.keys()) {
    if (request.url.includes('/file?')) {
      files++;
      bytes += (await (await cache.match(request))!.arrayBuffer()).byteLength;
    }
  }
  return { files, bytes };
}

/** Damages what is kept: the browser's disk gives half of each file. */
export async function truncate(): Promise<void> {
  const cache = await caches.open('gradlens-models');
  for (const request of await cache.keys()) {
    if (request.url.includes('/file?')) {
      const bytes = await (await cache.match(request))!.arrayBuffer();
      await cache.put(request, new Response(bytes.slice(0, bytes.byteLength / 2)));
    }
  }
}

export { clearKept, prune };
