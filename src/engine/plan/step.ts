/** A step of the executor: finer than a layer, named after the layer whose output it makes. */
import type { Tensor } from '@tensorflow/tfjs-core';
import type { Attributes, WeightRef } from '../../graph/model-graph';
import type { OpName } from '../ops/registry';

/** The name of a value: a layer's id for its output, `<layer>#…` for what lies inside it. */
export type ValueId = string;

export type Values = Map<ValueId, Tensor>;
/** Concrete shapes of values, also of released ones. */
export type Shapes = Map<ValueId, number[]>;

export type StepInput = { value: ValueId } | { constant: number };

export interface Step {
  /** The value that it makes. */
  id: ValueId;
  /** The layer to name in messages. */
  layer: string;
  op: OpName;
  attributes: Attributes;
  inputs: StepInput[];
  weights: Readonly<Record<string, WeightRef>>;
  /** Set if a scale and shift was merged in: the output is scale x value + shift, of a value that is no longer made. */
  affineOf?: { value: ValueId; shift: WeightRef };
}

export function valueInputs(step: Step): ValueId[] {
  return step.inputs.flatMap(input => ('value' in input ? [input.value] : []));
}
