/** What a worker asks of others, its helpers, that do passes of a model for it. */
import type { ScoreKind, Target } from '../../explain/names';
import type { ModelSummary } from '../../graph/layer-info';
import type { GraphNode, ModelGraph, WeightRef } from '../../graph/model-graph';
import type { ChannelsOff } from './channels';

export interface PackedWeight extends Pick<WeightRef, 'name' | 'shape' | 'dtype'> {
  /** C order; null where they cannot be read. */
  values: Float32Array<ArrayBuffer> | null;
}

/** A node whose weights are places in {@link PackedModel.weights}. */
export type PackedNode = Omit<GraphNode, 'weights'> & { weights: Record<string, number> };

/** An open model as it goes from one worker to another: read already, so that nobody reads the file again. */
export interface PackedModel {
  summary: ModelSummary;
  graph: Omit<ModelGraph, 'nodes' | 'dispose'> & { nodes: PackedNode[] };
  weights: PackedWeight[];
}

/** Of which sample's score passes are made. */
export interface ProbeTask {
  model: string;
  off?: readonly ChannelsOff[];
  /** By node: one sample of each input (1, …); null in place of the values of the one that changes. */
  inputs: Record<string, { shape: number[]; data: Float32Array | null }>;
  /** With the sample's own class in place of "the highest". */
  target: Target;
  score: ScoreKind;
  output: string | null;
}

/** One pass: changed pictures, and what is wanted of them. */
export interface Probing {
  task: ProbeTask;
  ask: 'scores' | 'gradients';
  /** (count, height, width, channels), C order. */
  pictures: Float32Array;
  count: number;
}

/** What a worker wants help with. */
export interface HelpWanted {
  /** Bytes of the model's weights as float32. */
  bytes: number;
  /** Milliseconds of work that are left for one worker, about. */
  left: number;
}

/** A helper that the page has started, and the way to it. */
export interface HelperPort {
  number: number;
  port: MessagePort;
}
