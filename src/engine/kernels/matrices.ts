/** Factors of square matrices, in double precision: `values` holds one of `size` rows, row by row. */

/** An LU factorisation with rows exchanged: Golub and Van Loan 2013, algorithm 3.4.1. */
interface Factors {
  lu: Float64Array;
  /** The row of the matrix that each row of the factors is. */
  rows: number[];
  /** 1 or -1, as rows were exchanged an even or odd number of times. */
  parity: number;
}

function factorsOf(values: ArrayLike<number>, size: number): Factors {
  const lu = Float64Array.from(values);
  const rows = Array.from({ length: size }, (_, i) => i);
  let parity = 1;
  for (let k = 0; k < size; k++) {
    let pivot = k;
    for (let i = k + 1; i < size; i++) {
      if (Math.abs(lu[i * size + k]) > Math.abs(lu[pivot * size + k])) {
        pivot = i;
      }
    }
    if (pivot !== k) {
      for (let j = 0; j < size; j++) {
        [lu[k * size + j], lu[pivot * size + j]] = [lu[pivot * size + j], lu[k * size + j]];
      }
      [rows[k], rows[pivot]] = [rows[pivot], rows[k]];
      parity = -parity;
    }
    if (lu[k * size + k] === 0) {
      continue;
    }
    for (let i = k + 1; i < size; i++) {
      const factor = (lu[i * size + k] /= lu[k * size + k]);
      for (let j = k + 1; j < size; j++) {
        lu[i * size + j] -= factor * lu[k * size + j];
      }
    }
  }
  return { lu, rows, parity };
}

/** The determinant as its sign and the logarithm of its size. */
export function determinant(values: ArrayLike<number>, size: number): { sign: number; logarithm: number } {
  const { lu, parity } = factorsOf(values, size);
  let [sign, logarithm] = [parity, 0];
  for (let k = 0; k < size; k++) {
    sign *= Math.sign(lu[k * size + k]);
    logarithm += Math.log(Math.abs(lu[k * size + k]));
  }
  return { sign, logarithm };
}

/** The inverse; null of a matrix that has none. */
export function inverse(values: ArrayLike<number>, size: number): Float64Array | null {
  const { lu, rows } = factorsOf(values, size);
  const made = new Float64Array(size * size);
  for (let column = 0; column < size; column++) {
    for (let i = 0; i < size; i++) {
      let sum = rows[i] === column ? 1 : 0;
      for (let j = 0; j < i; j++) {
        sum -= lu[i * size + j] * made[j * size + column];
      }
      made[i * size + column] = sum;
    }
    for (let i = size - 1; i >= 0; i--) {
      let sum = made[i * size + column];
      for (let j = i + 1; j < size; j++) {
        sum -= lu[i * size + j] * made[j * size + column];
      }
      made[i * size + column] = sum / lu[i * size + i];
    }
  }
  return made.every(Number.isFinite) ? made : null;
}

/** The lower factor of which the matrix is the square, by its lower half; null where it is not positive. */
export function cholesky(values: ArrayLike<number>, size: number): Float64Array | null {
  const made = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = values[i * size + j];
      for (let k = 0; k < j; k++) {
        sum -= made[i * size + k] * made[j * size + k];
      }
      if (i === j && !(sum > 0)) {
        return null;
      }
      made[i * size + j] = i === j ? Math.sqrt(sum) : sum / made[j * size + j];
    }
  }
  return made;
}
