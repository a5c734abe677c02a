/** The fingerprint of a model file as it was read: gradlens/_model/fingerprint.py finds that of the file that a cell saw. */
import { message } from '../../../messages/message';
import type { Fingerprint } from '../../../mime/payload';
import { RefusalError } from '../../protocol/errors';
import { sha256 } from './sha256';

/** Each such part is hashed by itself, so that the browser does it on its own threads. */
const BLOCK = 1024 * 1024;

/** The browser copies what it hashes: not all of a large file at once. */
const AT_ONCE = 16;

const digestOf = async (bytes: Uint8Array): Promise<Uint8Array> => {
  const subtle = (globalThis.crypto as Crypto | undefined)?.subtle as SubtleCrypto | undefined;
  return subtle ? new Uint8Array(await subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>)) : sha256(bytes);
};

function joined(digests: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(32 * digests.length);
  digests.forEach((digest, i) => all.set(digest, 32 * i));
  return all;
}

/** The hash of one file: over the hashes of its parts. */
async function hashOf(bytes: Uint8Array): Promise<Uint8Array> {
  const digests: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += AT_ONCE * BLOCK) {
    const some = bytes.subarray(at, at + AT_ONCE * BLOCK);
    const blocks = Array.from({ length: Math.ceil(some.length / BLOCK) }, (_, i) =>
      digestOf(some.subarray(i * BLOCK, (i + 1) * BLOCK))
    );
    digests.push(...(await Promise.all(blocks)));
  }
  return digestOf(joined(digests));
}

/** Finds the fingerprint of a model while it is read: of its file, and of those beside it that hold its weights. */
export class FileReading {
  constructor(bytes: Uint8Array) {
    this._size = bytes.length;
    this._file = hashOf(bytes);
  }

  /** Counts a file beside the model's. */
  add(path: string, bytes: Uint8Array): void {
    if (!this._beside.has(path)) {
      this._size += bytes.length;
      this._beside.set(path, hashOf(bytes));
    }
  }

  async fingerprint(): Promise<Fingerprint> {
    const paths = [...this._beside.keys()].sort((a, b) => (a < b ? -1 : 1));
    const digests = await Promise.all([
      this._file,
      ...paths.map(path => this._beside.get(path) as Promise<Uint8Array>)
    ]);
    const whole = digests.length === 1 ? digests[0] : await digestOf(joined(digests));
    const hash = [...whole].map(byte => byte.toString(16).padStart(2, '0')).join('');
    return { size: this._size, hash };
  }

  private _size: number;
  private _file: Promise<Uint8Array>;
  private _beside = new Map<string, Promise<Uint8Array>>();
}

/** Throws a sentence where a picture's file is not the one that the cell saw. */
export async function checkOriginal(bytes: Uint8Array, original?: { name: string } & Fingerprint): Promise<void> {
  if (!original) {
    return;
  }
  const { size, hash } = await new FileReading(bytes).fingerprint();
  if (size !== original.size || hash !== original.hash) {
    throw new RefusalError(
      message(
        'The picture “%1” is another one than the cell saw, of which the preview is kept: run the cell again.',
        original.name
      )
    );
  }
}
