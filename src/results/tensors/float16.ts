/**
 * Half-precision floats (IEEE 754 binary16), rounded to nearest, ties to even. By hand, because
 * neither Node 20 nor browsers of before 2025 have `Float16Array`.
 */

const float = new Float32Array(1);
const bits = new Uint32Array(float.buffer);

/** The 16 bits nearest to a float32. */
export function halfOf(value: number): number {
  float[0] = value;
  const sign = (bits[0] >>> 16) & 0x8000;
  const magnitude = bits[0] & 0x7fffffff;
  if (magnitude > 0x7f800000) {
    return sign | 0x7e00;
  }
  if (magnitude >= 0x47800000) {
    return sign | 0x7c00;
  }
  if (magnitude >= 0x38800000) {
    // A carry goes on into the exponent, and from the largest exponent to infinity: as it should.
    const rounded = magnitude + 0x0fff + ((magnitude >>> 13) & 1);
    return sign | ((rounded - 0x38000000) >>> 13);
  }
  if (magnitude <= 0x33000000) {
    return sign;
  }
  const shift = 126 - (magnitude >>> 23);
  const mantissa = (magnitude & 0x7fffff) | 0x800000;
  const half = mantissa >>> shift;
  const rest = mantissa & ((1 << shift) - 1);
  const tie = 1 << (shift - 1);
  return sign | (rest > tie || (rest === tie && half & 1) ? half + 1 : half);
}

function valueOf(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >>> 10) & 0x1f;
  const mantissa = half & 0x3ff;
  if (exponent === 0x1f) {
    return mantissa === 0 ? sign * Infinity : NaN;
  }
  return sign * (exponent === 0 ? mantissa * 2 ** -24 : (1 + mantissa / 1024) * 2 ** (exponent - 15));
}

let table: Float32Array | null = null;

/** The values of all 65,536 halves. */
function values(): Float32Array {
  table ??= Float32Array.from({ length: 0x10000 }, (_, half) => valueOf(half));
  return table;
}

/** Halves times a power of two. */
export interface ScaledHalves {
  halves: Uint16Array;
  /** A value is its half times 2 to this. */
  exponent: number;
}

/**
 * Values as halves. The power of two puts the largest magnitude just below what a half can hold, so that
 * neither gradients of 1e-9 nor activations of 1e6 are lost: each value down to 2⁻²⁹ of the largest keeps 11 bits.
 */
export function toHalves(data: Float32Array): ScaledHalves {
  let largest = 0;
  for (const value of data) {
    const magnitude = Math.abs(value);
    if (magnitude > largest && magnitude < Infinity) {
      largest = magnitude;
    }
  }
  const exponent = largest > 0 ? Math.floor(Math.log2(largest)) - 14 : 0;
  const factor = 2 ** -exponent;
  return { halves: Uint16Array.from(data, value => halfOf(value * factor)), exponent };
}

export function fromHalves({ halves, exponent }: ScaledHalves): Float32Array {
  const known = values();
  const factor = 2 ** exponent;
  return Float32Array.from(halves, half => known[half] * factor);
}
