/** Outputs that are pictures or grids: what they are read as, and what is predicted at each of their cells. */
import type { RunResult } from '../engine/protocol/protocol';
import type { GridLayout, OutputReading } from '../explain/names';
import { NOTHING, predictedCells, predictedClasses } from '../explain/pixels';
import { regionCovered } from '../graph/field-geometry';
import { type Message, message } from '../messages/message';
import type { Region } from '../state/places';

/** Numbers of an anchor before its classes: a box of 4, and the confidence. */
export const BOX = 5;

/** The output that is explained, of one sample, where it has rows and columns. */
export interface SpatialOutput {
  rows: number;
  columns: number;
  /** Numbers of a cell; of several anchors one after the other. */
  channels: number;
  /** Cell by cell. */
  values: Float32Array;
  ending: RunResult['ending'];
  /** The part of the picture that the cells cover. */
  region: Region;
  reading: OutputReading;
  /** Nobody said what it is: the reading is what its ending tells. */
  isAssumed: boolean;
  /** The reason that the reading named cannot be, so that another is assumed; null where it can. */
  misfit: Message | null;
}

/** @param asked - What somebody said that the output is. */
export function spatialOutput(run: RunResult, asked: OutputReading | null): SpatialOutput | null {
  const { output, ending } = run;
  const shape = output === null ? [] : run.outputs[output].shape;
  const [, rows = 1, columns = 1, ...rest] = shape;
  const isVolume = shape.length === 5 && !fitsAnchors(asked, rest);
  if (output === null || shape.length < 4 || isVolume || rows * columns < 2) {
    return null;
  }
  const channels = rest.reduce((a, b) => a * b, 1);
  const misfit = misfitOf(asked, channels, ending);
  const isKnown = asked !== null && misfit === null;
  const values = run.outputs[output].data.subarray(0, rows * columns * channels);
  const region = regionCovered(run.outputField, [rows, columns]);
  const reading = isKnown ? asked : ending === 'none' ? 'features' : 'segmentation';
  return { rows, columns, channels, values, ending, region, reading, isAssumed: !isKnown, misfit };
}

export const isGrid = (reading: OutputReading | null): reading is GridLayout =>
  typeof reading === 'object' && reading !== null;

/** True if the axes after rows and columns are anchors, and the numbers of each. */
const fitsAnchors = (asked: OutputReading | null, rest: readonly number[]): boolean =>
  isGrid(asked) && rest[0] === asked.anchors && rest[1] === BOX + asked.classes;

function misfitOf(asked: OutputReading | null, channels: number, ending: RunResult['ending']): Message | null {
  if (isGrid(asked) && asked.anchors * (BOX + asked.classes) !== channels) {
    return message(
      'A grid of %1 anchors and %2 classes has %3 numbers a cell, and the output has %4: check the counts.',
      asked.anchors,
      asked.classes,
      asked.anchors * (BOX + asked.classes),
      channels
    );
  }
  return asked === 'segmentation' && channels === 1 && ending === 'none'
    ? message('One number a pixel, without a sigmoid at the end, tells no classes apart: it is shown as features.')
    : null;
}

export interface Segmentation {
  /** The class at each cell; of independent classes the most probable, or NOTHING. */
  predicted: Int32Array;
  /** By class, the share of the cells where it is predicted. */
  shares: number[];
  /** Classes do not exclude each other: their shares may add up to more than 1. */
  areIndependent: boolean;
}

/** The class predicted at each cell, and each class's share of the picture. */
export function segmentationOf({ rows, columns, channels, values, ending }: SpatialOutput): Segmentation {
  const of = { values, cells: rows * columns, classes: channels };
  const threshold = ending === 'sigmoid' ? 0.5 : null;
  const count = channels === 1 && threshold !== null ? 2 : channels;
  const areIndependent = threshold !== null && channels > 1;
  const predicted = predictedClasses(of, threshold);
  const counts = new Float64Array(count);
  if (areIndependent) {
    counts.forEach((_, index) => (counts[index] = sum(predictedCells(of, index, threshold))));
  } else {
    // Each cell is of one class: a pass over the cells, whatever the number of classes.
    predicted.forEach(index => counts[index]++);
  }
  return { predicted, shares: Array.from(counts, cells => cells / of.cells), areIndependent };
}

const sum = (cells: Uint8Array): number => cells.reduce((total, inside) => total + inside, 0);

/** The output's number for a class at a cell. */
export function valueOfClass({ values, channels, ending }: SpatialOutput, cell: number, index: number): number {
  if (index === NOTHING) {
    return NaN;
  }
  const isUnit = channels === 1 && ending === 'sigmoid';
  return isUnit ? (index === 1 ? values[cell] : 1 - values[cell]) : values[cell * channels + index];
}

/** Layouts that a number of channels can have, the most usual first: something to begin with, for the user to correct. */
export function likelyLayout(channels: number): GridLayout | null {
  const anchors = [3, 5, 2, 9, 1].find(count => channels % count === 0 && channels / count > BOX);
  return anchors === undefined ? null : { anchors, classes: channels / anchors - BOX };
}

/** The anchor and the class that a channel of a cell is of; class null: the anchor's confidence or box. */
export function anchorOf(
  { classes }: GridLayout,
  channel: number
): { anchor: number; class: number | null; offset: number } {
  const anchor = Math.floor(channel / (BOX + classes));
  const offset = channel % (BOX + classes);
  return { anchor, class: offset < BOX ? null : offset - BOX, offset };
}

/** The channel of an anchor's class; class null: its confidence. */
export const channelOf = ({ classes }: GridLayout, anchor: number, of: number | null): number =>
  anchor * (BOX + classes) + (of === null ? BOX - 1 : BOX + of);

/** The channel that counts most at a cell: of the anchor that is most confident, its highest class. */
export function highestAt({ values, channels }: SpatialOutput, layout: GridLayout, cell: number): number {
  const at = (channel: number): number => values[cell * channels + channel];
  const best = (candidates: number[]): number => candidates.reduce((a, b) => (at(b) > at(a) ? b : a));
  const confidence = best(Array.from({ length: layout.anchors }, (_, anchor) => channelOf(layout, anchor, null)));
  const { anchor } = anchorOf(layout, confidence);
  return best(Array.from({ length: layout.classes }, (_, of) => channelOf(layout, anchor, of)));
}
