/** Checks of whether a map is to be trusted, and what they find. All of the first sample. */
import type { MethodName } from '../../explain/names';
import type { CurveConvention, Curves, CurveSettings } from '../../explain/trust/curves';
import type { Road, RoadSettings } from '../../explain/trust/road';
import type { Message } from '../../messages/message';

/** Deletion and insertion, beside those of maps with the same cells at random places. */
export interface CurveCheck extends CurveSettings {
  kind: 'curves';
  /** Maps with shuffled cells (default 2). */
  shuffles?: number;
  /** Of the shuffles (default 1). */
  seed?: number;
}

/** ROAD, beside that of maps with the same cells at random places. */
export interface RoadCheck extends RoadSettings {
  kind: 'road';
  /** Maps with shuffled cells (default 2). */
  shuffles?: number;
}

/** From the output down: `cascading` keeps what was made random before, `independent` does not. */
export type RandomisationOrder = 'cascading' | 'independent';

/** Compares the map with those of the same model with random weights. */
export interface RandomisationCheck {
  kind: 'randomisation';
  order: RandomisationOrder;
  /** Groups of layers that are made random together (default: 8, or as many as there are layers). */
  stages?: number;
  /** Of the shuffles (default 1). */
  seed?: number;
}

/** Compares the maps of several methods. */
export interface AgreementCheck {
  kind: 'agreement';
  methods: readonly MethodName[];
}

/** Ranks layers and methods by deletion and insertion. */
export interface AdviceCheck extends CurveSettings {
  kind: 'advice';
  layers: readonly string[];
  methods: readonly MethodName[];
}

export type TrustCheck = CurveCheck | RoadCheck | RandomisationCheck | AgreementCheck | AdviceCheck;

export interface CurveFindings {
  kind: 'curves';
  convention: CurveConvention;
  map: Curves;
  shuffled: Curves[];
}

export interface RoadFindings {
  kind: 'road';
  /** The share of the pixels removed, of each score. */
  fractions: number[];
  map: Road;
  shuffled: Road[];
}

/** How like the map of the model itself that of a stage is; null where one of the two is the same everywhere. */
export interface RandomisedStage {
  /** Made random in this stage, from the output down. */
  layers: string[];
  /** Spearman's rank correlation. */
  rank: number | null;
  /** The same of absolute values. */
  rankOfSizes: number | null;
  /** Structural similarity. */
  structure: number | null;
}

export interface RandomisationFindings {
  kind: 'randomisation';
  order: RandomisationOrder;
  stages: RandomisedStage[];
}

export interface AgreementFindings {
  kind: 'agreement';
  methods: MethodName[];
  /** Rows and columns of the cells over which the maps are compared. */
  grid: [number, number];
  /** Rank correlations of absolute values, (methods, methods); null where a map is the same everywhere, or has a problem. */
  correlations: (number | null)[];
  /** Why there is no map, by method. */
  problems: Partial<Record<MethodName, Message>>;
}

export interface Advised {
  /** Null where the method explains the input. */
  layer: string | null;
  method: MethodName;
  deletion: number;
  insertion: number;
}

export interface AdviceFindings {
  kind: 'advice';
  convention: CurveConvention;
  /** By insertion less deletion, the best first. */
  ranked: Advised[];
}

export type TrustFindings = CurveFindings | RoadFindings | RandomisationFindings | AgreementFindings | AdviceFindings;
