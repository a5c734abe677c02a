/** Numbers for tests: stored tensors and how near two of them are. */
import { existsSync, readFileSync } from 'node:fs';

export interface StoredTensor {
  shape: number[];
  /** Little-endian float32 in base64. */
  data: string;
}

export function decode({ data }: StoredTensor): Float32Array {
  const bytes = Buffer.from(data, 'base64');
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
}

/** Reads JSON made by a generator; says how to make it where it is missing. */
export function readReference<T>(path: string, generator: string): T {
  if (!existsSync(path)) {
    throw new Error(`${path} is missing. Make it with: .venv-keras/bin/python ${generator}`);
  }
  return JSON.parse(readFileSync(path, 'utf8')) as T;
}

/** max |a - b| / max |b|; infinite where the lengths differ or something is NaN. */
export function relativeError(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) {
    return Infinity;
  }
  let [difference, size] = [0, 1e-12];
  for (let i = 0; i < b.length; i++) {
    const d = Math.abs(a[i] - b[i]);
    if (!(d <= Infinity)) {
      return Infinity;
    }
    difference = Math.max(difference, d);
    size = Math.max(size, Math.abs(b[i]));
  }
  return difference / size;
}
