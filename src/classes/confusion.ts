/** The confusion matrix of images whose class is known. */
import type { Verdict } from './predicted';

export interface Confusion {
  /** Indices of the classes shown, of rows (true) and columns (predicted). */
  classes: number[];
  /** By row and column, the number of images. */
  counts: number[][];
  /** Images of which the true class or the prediction is not known. */
  unknown: number;
  /** Classes that are not shown, and images that are in none of the cells for that. */
  hidden: { classes: number; images: number };
}

/** Classes that can still be read. */
const MOST_CLASSES = 20;

/** Counts images by true class and prediction. Of very many classes, those with the most errors are shown. */
export function confusionOf(verdicts: readonly Verdict[], most = MOST_CLASSES): Confusion {
  const judged = verdicts.filter(({ truth, predicted }) => truth !== null && predicted !== null) as (Verdict & {
    truth: number;
    predicted: number;
  })[];
  const weight = new Map<number, number>();
  for (const { truth, predicted } of judged) {
    // An error counts for both classes, and before all that is right.
    const add = (index: number, by: number): unknown => weight.set(index, (weight.get(index) ?? 0) + by);
    add(truth, truth === predicted ? 1 : judged.length);
    add(predicted, truth === predicted ? 0 : judged.length);
  }
  const classes = [...weight]
    .sort(([a, x], [b, y]) => y - x || a - b)
    .slice(0, most)
    .map(([index]) => index)
    .sort((a, b) => a - b);
  const at = new Map(classes.map((index, i) => [index, i]));
  const counts = classes.map(() => classes.map(() => 0));
  let images = 0;
  for (const { truth, predicted } of judged) {
    const [row, column] = [at.get(truth), at.get(predicted)];
    if (row === undefined || column === undefined) {
      images++;
    } else {
      counts[row][column]++;
    }
  }
  return {
    classes,
    counts,
    unknown: verdicts.length - judged.length,
    hidden: { classes: weight.size - classes.length, images }
  };
}
