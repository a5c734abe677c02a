/** Names of the methods, conventions, scores and targets of an explanation. */

import type { MethodName } from './vocabulary';

export type { ConventionName, MethodName, ScoreKind } from './vocabulary';

/** Class activation maps weighed by gradients. */
export type GradientCamName = Extract<MethodName, 'grad-cam' | 'grad-cam++' | 'hires-cam' | 'layer-cam' | 'xgrad-cam'>;
/** Explanations at a layer: maps of its size. */
export type LayerMethodName = GradientCamName | Extract<MethodName, 'eigen-cam' | 'score-cam'>;
/** Explanations of the input: maps of its size, whatever layer is looked at. */
export type InputMethodName = Exclude<MethodName, LayerMethodName>;
/** Class indices; `class: null` is each sample's highest class. */
export interface ClassTarget {
  class: number | null;
  /** A class whose score is subtracted: what tells the first from this one. */
  minus?: number;
  /** Counterfactual: what speaks against it (the score with the other sign). */
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
export type Target = number | null | ClassTarget | UnitTarget;
