/** Stored numbers of any type as float32. */
import { named } from '../../graph/named';
import { message, MessageError } from '../../messages/message';

/** Value of an IEEE 754 half-precision number given by its 16 bits. */
function halfToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) {
    return sign * fraction * 2 ** -24;
  }
  if (exponent === 31) {
    return fraction ? NaN : sign * Infinity;
  }
  return sign * (1024 + fraction) * 2 ** (exponent - 25);
}

type Reader = (view: DataView, at: number) => number;

const READERS: Readonly<Record<string, [size: number, read: Reader]>> = {
  float64: [8, (view, at) => view.getFloat64(at, true)],
  float32: [4, (view, at) => view.getFloat32(at, true)],
  float16: [2, (view, at) => halfToNumber(view.getUint16(at, true))],
  int64: [8, (view, at) => Number(view.getBigInt64(at, true))],
  uint64: [8, (view, at) => Number(view.getBigUint64(at, true))],
  int32: [4, (view, at) => view.getInt32(at, true)],
  uint32: [4, (view, at) => view.getUint32(at, true)],
  int16: [2, (view, at) => view.getInt16(at, true)],
  uint16: [2, (view, at) => view.getUint16(at, true)],
  int8: [1, (view, at) => view.getInt8(at)],
  uint8: [1, (view, at) => view.getUint8(at)]
};

/** A fresh array with the little-endian numbers of type `stored` in `bytes` (anything in READERS, or bfloat16). */
export function toFloat32(bytes: Uint8Array, stored: string): Float32Array {
  if (stored === 'float32') {
    return new Float32Array(bytes.slice().buffer);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (stored === 'bfloat16') {
    // The upper half of a float32. Its bytes are opaque to HDF5, which
    // so knows no order; Keras runs on little-endian machines.
    const halves = Uint32Array.from({ length: bytes.length / 2 }, (_, i) => view.getUint16(2 * i, true) << 16);
    return new Float32Array(halves.buffer);
  }
  const reader = named(READERS, stored);
  if (!reader) {
    throw new MessageError(message('numbers of type %1 are not known', stored));
  }
  const [size, read] = reader;
  return Float32Array.from({ length: Math.floor(bytes.length / size) }, (_, i) => read(view, i * size));
}
