/** What a model takes an image for: the little that a gallery says of it, and a notebook keeps. */
import type { Prediction } from '../engine/protocol/protocol';
import type { Message } from '../messages/message';

/** The class with the highest score, the first of equals; its score is NaN where any is. */
export interface Top {
  index: number;
  score: number;
  /** All scores, where there are several, but few: of a regression they are its numbers. */
  all?: readonly number[];
}

/** Numbers of an output that are all kept: more than a caption has room for. */
export const MOST_NUMBERS = 8;

export interface Guess {
  /** By output name. */
  tops?: Readonly<Record<string, Top>>;
  /** The reason that there are none. */
  problem?: Message;
}

/** What is known of an input by its name: see {@link inputName}. */
export interface NamedGuess {
  input: string;
  guess: Guess;
}

export function guessOf({ scores, problem }: Prediction): Guess {
  if (!scores) {
    return { problem };
  }
  const told = Object.entries(scores).filter(([, values]) => values.length > 0);
  return { tops: Object.fromEntries(told.map(([name, values]) => [name, topOf(values)])) };
}

function topOf(values: Float64Array): Top {
  const score = values.reduce((most, value) => Math.max(most, value), -Infinity);
  const isOfFew = values.length > 1 && values.length <= MOST_NUMBERS;
  return { index: Math.max(0, values.indexOf(score)), score, ...(isOfFew ? { all: [...values] } : {}) };
}
