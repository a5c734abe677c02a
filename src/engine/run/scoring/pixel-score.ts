/**
 * Scores of an output that is a picture or a grid: a class's logits, added up over a set of cells
 * (Vinogradova, Dibrov and Myers 2020, Seg-Grad-CAM, equation 2), or one number of one cell.
 */
import type { CellTarget, ClassTarget, PixelMask, PixelSet, ScoreKind } from '../../../explain/names';
import { cellsOfMask, type CellValues, maskOfCells, predictedCells, resampled } from '../../../explain/pixels';
import { message } from '../../../messages/message';
import type { ScorePoints } from '../../plan/score-points';
import { RefusalError } from '../../protocol/errors';
import type { Scored } from './scored';

export type PixelTarget = ClassTarget & { pixels: PixelSet };

/** The reading of the values scored. */
export interface Reading {
  kind: ScoreKind;
  ending: ScorePoints['ending'];
  /** Rows and columns of the model's input, which a mask may have. */
  input: readonly [number, number] | null;
}

/** True of one sigmoid unit, a vector's or a cell's: class 1 is the unit, class 0 its complement. */
export const isBinary = (classes: number, ending: ScorePoints['ending']): boolean =>
  classes === 1 && ending === 'sigmoid';

/** @param choose - The class of a sample that is to be scored. */
export function pixelScore(
  values: Float32Array,
  shape: number[],
  target: PixelTarget,
  reading: Reading,
  choose: (sample: number) => number
): Scored {
  if (shape.length !== 4) {
    throw new RefusalError(
      message(
        'The output has the shape (%1), so it has no pixels to choose: leave them out of the target.',
        ['n', ...shape.slice(1)].join(', ')
      )
    );
  }
  const [samples, rows, columns, classes] = shape;
  const cells = rows * columns;
  const seed = new Float32Array(values.length);
  const targets: Scored['targets'] = [];
  const subjects: Scored['subjects'] = [];
  const binary = isBinary(classes, reading.ending);
  const add = (cell: number, index: number, sign: number): number => {
    const at = cell * classes + (binary ? 0 : index);
    const isComplement = binary && index === 0;
    seed[at] += isComplement ? -sign : sign;
    const complement = reading.kind === 'logit' ? -values[at] : 1 - values[at];
    return sign * (isComplement ? complement : values[at]);
  };
  for (let sample = 0; sample < samples; sample++) {
    const index = choose(sample);
    const start = sample * cells * classes;
    const inside = chosenCells(target.pixels, { values, cells, classes, start }, [rows, columns], index, reading);
    let score = 0;
    inside.forEach((isInside, cell) => {
      if (isInside) {
        score += add(sample * cells + cell, index, 1);
        score += target.minus === undefined ? 0 : add(sample * cells + cell, target.minus, -1);
      }
    });
    targets.push({ index, score });
    subjects.push({ ...target, class: index, pixels: maskOfCells(inside, [rows, columns]) });
  }
  return { targets, seed, subjects };
}

function chosenCells(
  pixels: PixelSet,
  of: CellValues,
  size: readonly [number, number],
  index: number,
  { kind, ending, input }: Reading
): Uint8Array {
  if (pixels === 'all') {
    return new Uint8Array(of.cells).fill(1);
  }
  if (pixels === 'predicted') {
    const threshold = ending === 'sigmoid' ? (kind === 'logit' ? 0 : 0.5) : null;
    return someOf(
      predictedCells(of, index, threshold),
      message('No pixel of the output is predicted as class %1: choose other pixels, or another class.', index)
    );
  }
  return 'runs' in pixels ? maskedCells(pixels, size, input) : cellsWithin(pixels, size);
}

function cellsWithin([top, left, bottom, right]: readonly number[], [rows, columns]: readonly number[]): Uint8Array {
  const isInside =
    [top, left, bottom, right].every(Number.isInteger) && top >= 0 && left >= 0 && bottom <= rows && right <= columns;
  if (!isInside || top >= bottom || left >= right) {
    throw new RefusalError(
      message(
        'The rectangle [%1] is not within the %2 x %3 pixels of the output: give [top, left, bottom, right].',
        [top, left, bottom, right].join(', '),
        rows,
        columns
      )
    );
  }
  const cells = new Uint8Array(rows * columns);
  for (let row = top; row < bottom; row++) {
    cells.fill(1, row * columns + left, row * columns + right);
  }
  return cells;
}

function maskedCells(mask: PixelMask, size: readonly [number, number], input: Reading['input']): Uint8Array {
  const isOf = (other: Reading['input']): boolean =>
    other !== null && mask.shape[0] === other[0] && mask.shape[1] === other[1];
  const given = isOf(size) || isOf(input) ? cellsOfMask(mask) : null;
  if (!given) {
    const sizes = [mask.shape, size, ...(input ? [input] : [])].map(([rows, columns]) => `${rows} x ${columns}`);
    throw new RefusalError(
      sizes.length > 2
        ? message(
            'The mask of %1 fits neither the output, %2 pixels, nor the input, %3: give one of either size.',
            ...sizes
          )
        : message('The mask of %1 does not fit the output, %2 pixels: give one of that size.', ...sizes)
    );
  }
  return someOf(
    isOf(size) ? given : resampled(given, mask.shape, size),
    message('The mask covers no pixel of the output, so there is no score: paint some, or choose other pixels.')
  );
}

function someOf(cells: Uint8Array, otherwise: ReturnType<typeof message>): Uint8Array {
  if (!cells.includes(1)) {
    throw new RefusalError(otherwise);
  }
  return cells;
}

/** One number of one cell, of each sample: the output is (n, rows, columns, …). */
export function cellScore(values: Float32Array, shape: number[], target: CellTarget): Scored {
  const [samples, rows = 0, columns = 0, ...rest] = shape;
  const channels = rest.reduce((a, b) => a * b, 1);
  const { cell, channel } = target;
  const isThere = (at: number, count: number): boolean => Number.isInteger(at) && at >= 0 && at < count;
  if (shape.length < 4) {
    throw new RefusalError(
      message(
        'The output has the shape (%1), so it has no cells to choose one of: leave the cell out of the target.',
        ['n', ...shape.slice(1)].join(', ')
      )
    );
  }
  if (!isThere(cell[0], rows) || !isThere(cell[1], columns) || !isThere(channel, channels)) {
    throw new RefusalError(
      message(
        'There is no number %1 at cell [%2]: the output has %3 x %4 cells of %5 numbers each.',
        channel,
        cell.join(', '),
        rows,
        columns,
        channels
      )
    );
  }
  const seed = new Float32Array(values.length);
  const at = (cell[0] * columns + cell[1]) * channels + channel;
  const targets = Array.from({ length: samples }, (_, sample) => {
    const place = sample * rows * columns * channels + at;
    seed[place] = 1;
    return { index: channel, score: values[place] };
  });
  return { targets, seed, subjects: targets.map(() => target) };
}
