import type { RunResult } from '../engine/protocol/protocol';
import { channelMeans } from '../engine/run/score';

/** One class of the output that is explained, as a view lists it. */
export interface ClassScore {
  /** Class index, as `target` counts them. */
  index: number;
  label: string;
  /** The model's own output for it: a probability when the model ends in softmax or sigmoid. */
  score: number;
}

export interface ClassScores {
  classes: ClassScore[];
  /** All within 0..1: they can be drawn as shares. */
  areProbabilities: boolean;
  /** Names of the model's outputs, and the one whose classes these are. */
  outputs: readonly string[];
  output: string | null;
}

/**
 * The classes of the first sample, highest score first.
 *
 * A single unit is the score of class 1 against class 0 (a sigmoid head), so both
 * are listed. Of an output that is a picture (segmentation, no head), each
 * channel is a class, and its score the mean over the picture, as the engine has it.
 */
export function rankClasses(run: RunResult, labels: readonly string[] | undefined): ClassScores {
  const outputs = Object.keys(run.outputs);
  const output = run.output === null ? undefined : run.outputs[run.output];
  if (!output || output.shape.length < 2) {
    return { classes: [], areProbabilities: false, outputs, output: run.output };
  }
  const isPicture = output.shape.length > 2;
  const channels = output.shape[output.shape.length - 1];
  const cells = output.shape.slice(1, -1).reduce((a, b) => a * b, 1);
  const values = [...channelMeans(output.data, 0, cells, channels)];
  const areProbabilities = values.every(value => value >= 0 && value <= 1);
  const scores = values.length === 1 && areProbabilities && !isPicture ? [1 - values[0], values[0]] : values;
  const classes = scores.map((score, index) => ({ index, score, label: labels?.[index] ?? `class ${index}` }));
  classes.sort((a, b) => b.score - a.score || a.index - b.index);
  return { classes, areProbabilities, outputs, output: run.output };
}

/** Classes whose label holds every word of the query, or whose number begins with it; in the order given. */
export function searchClasses(classes: readonly ClassScore[], query: string): readonly ClassScore[] {
  const words = query.toLowerCase().replaceAll('_', ' ').split(/\s+/).filter(Boolean);
  if (words.length === 0) {
    return classes;
  }
  const isNumber = words.length === 1 && /^\d+$/.test(words[0]);
  return classes.filter(({ label, index }) => {
    const text = label.toLowerCase().replaceAll('_', ' ');
    return words.every(word => text.includes(word)) || (isNumber && String(index).startsWith(words[0]));
  });
}
