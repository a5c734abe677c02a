/** Numbers for tests: stored tensors and how near two of them are. */

export interface StoredTensor {
  shape: number[];
  /** Little-endian float32 in base64. */
  data: string;
}

export function decode({ data }: StoredTensor): Float32Array {
  return new Float32Array(Uint8Array.from(atob(data), character => character.charCodeAt(0)).buffer);
}

export function encode(shape: number[], values: Float32Array): StoredTensor {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  return { shape, data: btoa(Array.from(bytes, byte => String.fromCharCode(byte)).join('')) };
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
