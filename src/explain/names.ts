/** Names of the methods, conventions, scores and targets of an explanation. */

import type { MethodName } from './vocabulary';

export type { ConventionName, MethodName, ScoreKind } from './vocabulary';

/** Class activation maps weighed by gradients. */
export type GradientCamName = Extract<MethodName, 'grad-cam' | 'grad-cam++' | 'hires-cam' | 'layer-cam' | 'xgrad-cam'>;
/** Explanations at a layer: maps of its size. */
export type LayerMethodName = GradientCamName | Extract<MethodName, 'eigen-cam' | 'score-cam'>;
/** Explanations of the input: maps of its size. */
export type InputMethodName = Exclude<MethodName, LayerMethodName>;
/** Class indices; `class: null` is each sample's highest class. */
export interface ClassTarget {
  class: number | null;
  /** A class whose score is subtracted: what tells the first from this one. */
  minus?: number;
  /** Counterfactual: what speaks against it (the score with the other sign). */
  negative?: boolean;
  /** Of an output that is a picture: the cells over which the class's scores add up; absent: the mean of them all. */
  pixels?: PixelSet;
}

/**
 * Cells of an output that is a picture: all of them; those where the class is predicted; those of
 * a rectangle [top, left, bottom, right], the last two exclusive; or a mask's.
 */
export type PixelSet = 'all' | 'predicted' | readonly [number, number, number, number] | PixelMask;

/** A mask of the size of the output or of the model's input. */
export interface PixelMask {
  /** Rows and columns. */
  shape: readonly [number, number];
  /** Numbers of cells outside, then inside, then outside again …, row by row. */
  runs: readonly number[];
}

/**
 * Kinds of an output (rows, columns, channels): a class's score at every pixel; features; or a
 * detector's grid, each anchor of a cell with a box of 4 numbers, its confidence, and a score for each class.
 */
export type OutputReading = 'segmentation' | 'features' | GridLayout;

export interface GridLayout {
  anchors: number;
  classes: number;
}

/** One number of an output that is a grid, as detectors have it. */
export interface CellTarget {
  /** Row and column. */
  cell: readonly [number, number];
  /** Which of the cell's numbers; of several anchors one after the other. */
  channel: number;
  negative?: boolean;
}

/** The sum of a layer's outputs over a part of one or all of its channels. */
export interface UnitTarget {
  layer: string;
  /** Index of the channel or unit; null: all of them. */
  channel: number | null;
  /** Cells of the layer's output, [top, left, bottom, right], the last two exclusive; absent: all. */
  area?: readonly [number, number, number, number];
  negative?: boolean;
}

/** The target of an explanation: a class by its index, null for the highest-scoring one, or more than that. */
export type Target = number | null | ClassTarget | UnitTarget | CellTarget;
