import type { WeightRef } from '../../graph/model-graph';
import type { Message } from '../../messages/message';
import type { DecodePicture } from '../input/input';
import type { CacheEntry, ForwardCache } from '../model/forward-cache';
import type { OpenModel } from '../model/open-model';
import type { GradientRegion } from '../plan/region';
import type { ScorePoint } from '../plan/score-points';
import type { ValueId } from '../plan/step';
import type { BackendName, PartialRun, Progress, RunParams, TensorData, Timings } from '../protocol/protocol';
import type { CancelToken } from './pacer';
import type { Crew } from './probe/crew';

export interface RunServices {
  cache: ForwardCache;
  decode: DecodePicture;
  backend: BackendName;
  cancel: CancelToken;
  onProgress(progress: Progress): void;
  /** Takes answers that have a coarser map than the last one; absent where nobody waits for them. */
  onPartial?(answer: PartialRun): void;
  /** Other workers that hold the model; absent where there are none. */
  crew?: Crew;
}

/** A request, resolved against its model. */
export interface Job {
  params: RunParams;
  model: OpenModel;
  entry: CacheEntry;
  /** Layers at which gradients are needed: those asked for and those explained. */
  taps: Set<ValueId>;
  /** Convolutions (`value`, not computed) fused into the scale and shift `id`; their map is derived from it. */
  derived: { id: ValueId; value: ValueId; shift: WeightRef }[];
  /** The input whose gradient the method needs. */
  inputTap: ValueId | null;
  /** The value scored, when there is something to score. */
  score: ScorePoint | null;
  /** The logits of an output of two classes; null of others. */
  logits: ValueId | null;
  plan: ReturnType<OpenModel['plan']>;
  /** Values that the answer is read from. */
  wanted: Set<ValueId>;
  region: GradientRegion | null;
  /** Between the model's input and the score. */
  inputRegion: GradientRegion | null;
  services: RunServices;
  timings: Timings;
  notices: Message[];
  /** By layer, the samples whose map has no positive value. */
  empty: Record<string, number[]>;
  /** Takes what makes the map of a layer as far as it is known; absent where nobody waits for it. */
  soFar?: (layer: string, map: () => TensorData) => void;
}
