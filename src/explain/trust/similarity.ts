/** How alike two maps of one size are. */
import { extremes } from '../extremes';
import { meanRanks } from './ranking';

/** Pearson's correlation; null where one of the two is constant. */
function pearson(a: ArrayLike<number>, b: ArrayLike<number>): number | null {
  const meanOf = (values: ArrayLike<number>) => Array.from(values).reduce((x, y) => x + y, 0) / values.length;
  const [meanA, meanB] = [meanOf(a), meanOf(b)];
  let [both, ofA, ofB] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i] - meanA, b[i] - meanB];
    both += x * y;
    ofA += x * x;
    ofB += y * y;
  }
  return ofA > 0 && ofB > 0 ? both / Math.sqrt(ofA * ofB) : null;
}

/** Spearman's rank correlation, equal values with their mean rank; null where one of the two is constant. */
export const spearman = (a: ArrayLike<number>, b: ArrayLike<number>): number | null =>
  pearson(meanRanks(a), meanRanks(b));

/** Spearman's rank correlation of the absolute values. */
export const spearmanOfSizes = (a: ArrayLike<number>, b: ArrayLike<number>): number | null =>
  spearman(Array.from(a, Math.abs), Array.from(b, Math.abs));

/** The side of the windows, as in scikit-image. */
const WINDOW = 7;
const [K1, K2] = [0.01, 0.03];

/**
 * Structural similarity (Wang et al. 2004) as scikit-image's `structural_similarity` computes it: uniform
 * windows of 7 x 7 that lie wholly inside, sample covariance; both maps scaled to 0..1. In maps that are
 * smaller than a window, windows are as large as they fit. Null where a map is constant.
 */
export function structuralSimilarity(a: ArrayLike<number>, b: ArrayLike<number>, width: number): number | null {
  const [x, y] = [unitRange(a), unitRange(b)];
  const height = a.length / width;
  const [rows, columns] = [Math.min(WINDOW, height), Math.min(WINDOW, width)];
  const cells = rows * columns;
  if (!x || !y || cells < 2) {
    return null;
  }
  let sum = 0;
  let windows = 0;
  for (let top = 0; top + rows <= height; top++) {
    for (let left = 0; left + columns <= width; left++, windows++) {
      let [sx, sy, sxx, syy, sxy] = [0, 0, 0, 0, 0];
      for (let row = top; row < top + rows; row++) {
        for (let at = row * width + left; at < row * width + left + columns; at++) {
          sx += x[at];
          sy += y[at];
          sxx += x[at] * x[at];
          syy += y[at] * y[at];
          sxy += x[at] * y[at];
        }
      }
      const [mx, my] = [sx / cells, sy / cells];
      const spread = (product: number, means: number) => (product - cells * means) / (cells - 1);
      const [vx, vy, vxy] = [spread(sxx, mx * mx), spread(syy, my * my), spread(sxy, mx * my)];
      const [c1, c2] = [K1 ** 2, K2 ** 2];
      sum += ((2 * mx * my + c1) * (2 * vxy + c2)) / ((mx * mx + my * my + c1) * (vx + vy + c2));
    }
  }
  return sum / windows;
}

/** Values scaled to 0..1; null where they are all the same. */
function unitRange(values: ArrayLike<number>): Float64Array | null {
  const all = Float64Array.from(values);
  const [low, high] = extremes(all);
  return high > low ? all.map(value => (value - low) / (high - low)) : null;
}
