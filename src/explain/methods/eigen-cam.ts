/**
 * Eigen-CAM: Muhammad and Yeasin, "Eigen-CAM: Class Activation Map using
 * Principal Components", IJCNN 2020: the activations, as a matrix of cells by
 * channels, projected on their first right singular vector: A v₁ = σ₁ u₁. No
 * class and no gradient takes part. Not centred, as in the paper
 * (pytorch-grad-cam subtracts each channel's mean first).
 *
 * A singular vector has no sign of its own: here the map's sum is positive, so
 * that for activations behind a ReLU no cell is negative. Signed otherwise.
 */
import type { MapSize } from '../method';

const TOLERANCE = 1e-13;
const MOST_ITERATIONS = 5000;

/** @param activation - Of the layer, one sample, (height, width, channels). */
export function eigenCam(activation: Float32Array, size: MapSize): Float32Array {
  const direction = eigenDirection(activation, size);
  return Float32Array.from(multiply(size.height * size.width, size.channels, activation, direction));
}

/** Weights of the channels in the map: the first right singular vector, of length 1 unless all is zero. */
export function eigenDirection(activation: Float32Array, { height, width, channels }: MapSize): Float64Array {
  const cells = height * width;
  const [rows, columns] = cells <= channels ? [cells, channels] : [channels, cells];
  const value =
    cells <= channels
      ? (r: number, c: number) => activation[r * channels + c]
      : (r: number, c: number) => activation[c * channels + r];
  const vector = principalVector(gram(rows, columns, value), rows);
  // The vector lies along the shorter side: along the channels it is v₁, along the cells u₁, and Aᵀ u₁ = σ₁ v₁.
  const direction = cells <= channels ? normalised(transposedProduct(cells, channels, activation, vector)) : vector;
  const sum = multiply(cells, channels, activation, direction).reduce((a, b) => a + b, 0);
  return sum < 0 ? direction.map(entry => -entry) : direction;
}

/** M Mᵀ for M of (rows, columns). */
function gram(rows: number, columns: number, value: (r: number, c: number) => number): Float64Array {
  const product = new Float64Array(rows * rows);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let c = 0; c < columns; c++) {
        sum += value(i, c) * value(j, c);
      }
      product[i * rows + j] = product[j * rows + i] = sum;
    }
  }
  return product;
}

/**
 * The eigenvector of the largest eigenvalue of a symmetric matrix
 * that is nowhere negative definite, by power iteration.
 */
function principalVector(matrix: Float64Array, n: number): Float64Array {
  // Begins at the longest column, which is never orthogonal to what is looked for unless all is zero.
  let longest = 0;
  for (let i = 1; i < n; i++) {
    longest = matrix[i * n + i] > matrix[longest * n + longest] ? i : longest;
  }
  let vector = normalised(matrix.slice(longest * n, (longest + 1) * n));
  for (let iteration = 0; iteration < MOST_ITERATIONS; iteration++) {
    const next = normalised(multiply(n, n, matrix, vector));
    const change = next.reduce((most, entry, i) => Math.max(most, Math.abs(entry - vector[i])), 0);
    vector = next;
    if (change < TOLERANCE) {
      break;
    }
  }
  return vector;
}

function multiply(rows: number, columns: number, matrix: ArrayLike<number>, vector: Float64Array): Float64Array {
  const product = new Float64Array(rows);
  for (let r = 0, at = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++, at++) {
      product[r] += matrix[at] * vector[c];
    }
  }
  return product;
}

function transposedProduct(
  rows: number,
  columns: number,
  matrix: ArrayLike<number>,
  vector: Float64Array
): Float64Array {
  const product = new Float64Array(columns);
  for (let r = 0, at = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++, at++) {
      product[c] += matrix[at] * vector[r];
    }
  }
  return product;
}

const norm = (vector: Float64Array): number => Math.sqrt(vector.reduce((sum, entry) => sum + entry * entry, 0));

function normalised(vector: Float64Array): Float64Array {
  const length = norm(vector);
  return length > 0 ? vector.map(entry => entry / length) : vector;
}
