/** Factors of matrices of any shape, in double precision: `values` holds one of `rows` by `columns`, row by row. */

/** Householder's reflections: Golub and Van Loan 2013, algorithms 5.1.1 and 5.2.1, with LAPACK's signs. */
export function qr(values: ArrayLike<number>, rows: number, columns: number): { q: Float64Array; r: Float64Array } {
  const r = Float64Array.from(values);
  // All of q, of which a reduced one is the first columns.
  const q = Float64Array.from({ length: rows * rows }, (_, at) => Number(at % (rows + 1) === 0));
  for (let k = 0; k < Math.min(rows, columns); k++) {
    const vector = Array.from({ length: rows - k }, (_, i) => r[(k + i) * columns + k]);
    const tail = vector.slice(1).reduce((sum, value) => sum + value * value, 0);
    if (tail === 0) {
      continue;
    }
    const head = vector[0];
    const length = Math.sqrt(head * head + tail);
    const beta = head >= 0 ? -length : length;
    vector[0] = head - beta;
    const norm = vector[0] * vector[0] + tail;
    const reflect = (of: Float64Array, width: number): void => {
      for (let j = 0; j < width; j++) {
        let sum = 0;
        vector.forEach((value, i) => (sum += value * of[(k + i) * width + j]));
        vector.forEach((value, i) => (of[(k + i) * width + j] -= (2 * value * sum) / norm));
      }
    };
    reflect(r, columns);
    for (let i = k + 1; i < rows; i++) {
      r[i * columns + k] = 0;
    }
    // The transposed of q, turned in the end.
    reflect(q, rows);
  }
  return { q: q.map((_, at) => q[(at % rows) * rows + Math.floor(at / rows)]), r };
}

interface Singular {
  /** In no order. */
  values: number[];
  /** The columns of u times their singular values, and of v, each a list. */
  left: Float64Array[];
  right: Float64Array[];
}

/** Most rounds of rotations; some ten are enough of any matrix. */
const ROUNDS = 60;

/** Singular values and vectors, by rotations of pairs of columns: Hestenes 1958. */
export function svd(values: ArrayLike<number>, rows: number, columns: number): Singular {
  const left = Array.from({ length: columns }, (_, j) =>
    Float64Array.from({ length: rows }, (_v, i) => values[i * columns + j])
  );
  const right = left.map((_, j) => Float64Array.from({ length: columns }, (_v, i) => Number(i === j)));
  const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, value, i) => sum + value * b[i], 0);
  for (let round = 0, isDone = false; round < ROUNDS && !isDone; round++) {
    isDone = true;
    for (let p = 0; p < columns; p++) {
      for (let q = p + 1; q < columns; q++) {
        const [pp, qq, pq] = [dot(left[p], left[p]), dot(left[q], left[q]), dot(left[p], left[q])];
        if (Math.abs(pq) <= 1e-15 * Math.sqrt(pp * qq)) {
          continue;
        }
        isDone = false;
        const zeta = (qq - pp) / (2 * pq);
        const tangent = (zeta >= 0 ? 1 : -1) / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta));
        const cosine = 1 / Math.sqrt(1 + tangent * tangent);
        for (const of of [left, right]) {
          of[p].forEach((value, i) => {
            const other = of[q][i];
            of[p][i] = cosine * (value - tangent * other);
            of[q][i] = cosine * (tangent * value + other);
          });
        }
      }
    }
  }
  return { values: left.map(column => Math.sqrt(dot(column, column))), left, right };
}

/** The pseudo-inverse, (columns, rows), without singular values up to `share` of the largest; and the rank that is left. */
export function pseudoInverse(
  values: ArrayLike<number>,
  rows: number,
  columns: number,
  share: number
): { inverse: Float64Array; rank: number } {
  const { values: singular, left, right } = svd(values, rows, columns);
  const cut = share * Math.max(...singular);
  const inverse = new Float64Array(rows * columns);
  let rank = 0;
  singular.forEach((size, k) => {
    if (!(size > cut)) {
      return;
    }
    rank++;
    for (let i = 0; i < columns; i++) {
      for (let j = 0; j < rows; j++) {
        inverse[i * rows + j] += (right[k][i] * left[k][j]) / (size * size);
      }
    }
  });
  return { inverse, rank };
}
