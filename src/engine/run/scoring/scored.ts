/** A score: its class, its value and its gradient. */
import type { Target } from '../../../explain/names';

export interface Scored {
  /** Per sample: the class (or channel, -1 for all) explained and its score. */
  targets: { index: number; score: number }[];
  /** Gradient of the summed scores with respect to the value scored, C order. */
  seed: Float32Array;
  /** Per sample: the target with what it turned out to be in place of "the highest" and "predicted", for changed copies. */
  subjects: Target[];
}
