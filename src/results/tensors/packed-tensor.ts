/** Tensors as JSON: at a stated precision, gzip, base64. */
import type { TensorData } from '../../engine/protocol/protocol';
import { message } from '../../messages/message';
import { decodeBase64, encodeBase64 } from '../../mime/base64';
import { fromBytes, toBytes } from './channel-bytes';
import { fromHalves, toHalves } from './float16';
import { gunzip, gzip, StoredError } from './gzip';

/**
 * `float32` bit for bit; `float16` to 11 bits of each value; `uint8` to 1/510 of each channel's range,
 * channels along the first axis.
 */
export type Precision = 'float32' | 'float16' | 'uint8';

/** Little-endian values in C order. */
export interface PackedTensor {
  precision: Precision;
  shape: number[];
  /** `float16`: a value is what is stored times 2 to this. */
  exponent?: number;
  /** `uint8`: base64 of float32, the lowest and the highest value of each channel, which 0 and 255 stand for. */
  bounds?: string;
  /** base64 of gzip. */
  data: string;
}

/** A text, such as JSON. */
export interface PackedText {
  /** Bytes of UTF-8. */
  size: number;
  /** base64 of gzip. */
  data: string;
}

/** Values that a stored tensor may have: 64 MB as float32. */
const MOST_VALUES = 1 << 24;

const BYTES: Readonly<Record<Precision, number>> = { float32: 4, float16: 2, uint8: 1 };

const bytesOf = ({ buffer, byteOffset, byteLength }: Float32Array | Uint16Array): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);

/** Values that a byte cannot say, NaN and infinities, are stored as `float16`. */
export async function packTensor({ shape, data }: TensorData, precision: Precision): Promise<PackedTensor> {
  const packed = async (bytes: Uint8Array): Promise<string> => encodeBase64(await gzip(bytes));
  if (precision === 'float32') {
    return { precision, shape, data: await packed(bytesOf(data)) };
  }
  const stepped = precision === 'uint8' ? toBytes(data, shape[0]) : null;
  if (stepped) {
    const bounds = await encodeBase64(bytesOf(stepped.bounds));
    return { precision, shape, bounds, data: await packed(stepped.bytes) };
  }
  const { halves, exponent } = toHalves(data);
  return { precision: 'float16', shape, exponent, data: await packed(bytesOf(halves)) };
}

/** True of what {@link unpackTensor} can be asked to decode: the numbers in it may still lie. */
export function isPackedTensor(value: unknown): value is PackedTensor {
  const { precision, shape, exponent, bounds, data } = (value ?? {}) as Partial<PackedTensor>;
  return (
    typeof data === 'string' &&
    typeof precision === 'string' &&
    Object.hasOwn(BYTES, precision) &&
    Array.isArray(shape) &&
    shape.length <= 5 &&
    shape.every(side => Number.isInteger(side) && side > 0) &&
    shape.reduce((product, side) => product * side, 1) <= MOST_VALUES &&
    (precision !== 'float16' || (Number.isInteger(exponent) && Math.abs(exponent as number) < 256)) &&
    (precision !== 'uint8' || (shape.length > 0 && typeof bounds === 'string'))
  );
}

/** @throws StoredError */
export async function unpackTensor(tensor: PackedTensor): Promise<TensorData> {
  const { precision, shape, exponent = 0, bounds = '', data } = tensor;
  const size = shape.reduce((product, side) => product * side, 1);
  const bytes = await gunzip(await fromBase64(data), size * BYTES[precision]);
  if (precision === 'float32') {
    return { shape, data: new Float32Array(bytes.buffer) };
  }
  if (precision === 'float16') {
    return { shape, data: fromHalves({ halves: new Uint16Array(bytes.buffer), exponent }) };
  }
  const ends = await fromBase64(bounds);
  if (ends.length !== 8 * shape[0]) {
    throw new StoredError(message('%1 channels do not have a lowest and a highest value each', shape[0]));
  }
  return { shape, data: fromBytes({ bytes, bounds: new Float32Array(ends.buffer) }) };
}

export async function packText(text: string): Promise<PackedText> {
  const bytes = new TextEncoder().encode(text);
  return { size: bytes.length, data: await encodeBase64(await gzip(bytes)) };
}

/** True of what {@link unpackText} can be asked to decode. */
export function isPackedText(value: unknown, most: number): value is PackedText {
  const { size, data } = (value ?? {}) as Partial<PackedText>;
  return typeof data === 'string' && Number.isInteger(size) && (size as number) >= 0 && (size as number) <= most;
}

/** @throws StoredError */
export async function unpackText({ size, data }: PackedText): Promise<string> {
  return new TextDecoder().decode(await gunzip(await fromBase64(data), size));
}

function fromBase64(text: string): Promise<Uint8Array<ArrayBuffer>> {
  return decodeBase64(text).catch(() => {
    throw new StoredError(message('its data are not base64'));
  });
}
