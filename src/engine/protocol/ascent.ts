/** What a channel or a class looks for: what is asked, and the pictures that were found. */
import type { AscentSettings, InputRange } from '../../explain/channels/ascent';
import type { TensorData } from './protocol';

/** Asks for pictures that make the target large; a channel's, before its activation where that is possible. */
export interface AscentParams extends AscentSettings {
  /** One picture grows from each: the same seed, the same picture. */
  seeds: readonly number[];
}

export interface AscentFindings {
  asked: AscentParams;
  /** Steps that are done. */
  done: number;
  /** (seeds, height, width, channels), on the scale of the model's input. */
  pictures: TensorData;
  range: InputRange;
  /** What is made large, before each step and at the end, one row of `steps + 1` numbers a seed; NaN where not known yet. */
  scores: Float64Array;
  /** The same of the picture that is explained. */
  given: number;
  /** True if the channel is seen before an activation, which would hide it where it is 0. */
  isBeforeActivation: boolean;
}
