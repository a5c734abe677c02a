/** Measures the distance of two arrays. Pure; sums in float64. */

/** The limits that the project promises: relative error of values, and 1 - cosine of gradients and maps. */
export const LIMITS = { relative: 1e-5, angle: 1e-5, cosine: 1 - 1e-5 };

/** Largest absolute difference; NaN on one side only, or a different length, is Infinity. */
export function absoluteError(actual, expected) {
  let scale = 0;
  for (const value of expected) {
    scale = Math.max(scale, Math.abs(value) || 0);
  }
  const error = relativeError(actual, expected);
  return error === 0 || error === Infinity ? error : error * scale;
}

/**
 * Largest absolute difference over the reference's largest absolute value.
 * NaN on one side only, or a different length, is Infinity.
 *
 * @param {Float32Array} actual
 * @param {Float32Array} expected
 * @returns {number} 0 or more
 */
export function relativeError(actual, expected) {
  if (actual.length !== expected.length) {
    return Infinity;
  }
  let difference = 0;
  let scale = 0;
  for (let index = 0; index < expected.length; index++) {
    const a = actual[index];
    const b = expected[index];
    if (Number.isNaN(a) !== Number.isNaN(b)) {
      return Infinity;
    }
    if (a !== b && !Number.isNaN(a)) {
      difference = Math.max(difference, Math.abs(a - b));
    }
    scale = Math.max(scale, Math.abs(b) || 0);
  }
  return difference === 0 ? 0 : difference / scale;
}

/**
 * Cosine of the angle between two arrays seen as vectors. Two zero vectors
 * agree (1); a zero vector and another do not (0).
 *
 * @returns {number} -1..1, or NaN where a value is NaN or lengths differ
 */
export function cosine(actual, expected) {
  if (actual.length !== expected.length) {
    return NaN;
  }
  const scaleA = largest(actual);
  const scaleB = largest(expected);
  if (scaleA === 0 || scaleB === 0) {
    return scaleA === scaleB ? 1 : 0;
  }
  let [product, squareA, squareB] = [0, 0, 0];
  for (let index = 0; index < expected.length; index++) {
    // Scaled, so that squares of tiny gradients do not vanish.
    const a = actual[index] / scaleA;
    const b = expected[index] / scaleB;
    product += a * b;
    squareA += a * a;
    squareB += b * b;
  }
  return Math.min(1, product / Math.sqrt(squareA * squareB));
}

/** True if two arrays hold the same float32 numbers bit for bit. */
export function sameBits(a, b) {
  const bytes = ({ buffer, byteOffset, byteLength }) => Buffer.from(buffer, byteOffset, byteLength);
  return bytes(a).equals(bytes(b));
}

/** Share (0..1) of cells further apart than `tolerance` times the reference's largest absolute value. */
export function mismatchShare(actual, expected, tolerance = LIMITS.relative) {
  if (actual.length !== expected.length) {
    return 1;
  }
  const limit = tolerance * largest(expected);
  let count = 0;
  for (let index = 0; index < expected.length; index++) {
    if (!(Math.abs(actual[index] - expected[index]) <= limit)) {
      count++;
    }
  }
  return expected.length ? count / expected.length : 0;
}

function largest(values) {
  let result = 0;
  for (const value of values) {
    result = Number.isNaN(value) ? NaN : Math.max(result, Math.abs(value));
  }
  return result;
}
