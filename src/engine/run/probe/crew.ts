/** Other workers that take a share in the passes of one request. */
import type { Probing } from '../../protocol/helpers';

/** A pass that another worker does. */
export interface Errand<T> {
  /** Rejects with an AbortError once it is called off, and otherwise where the worker could not do it. */
  answer: Promise<T>;
  callOff(): void;
}

export interface Mate {
  /** Passes that it was given and has not answered. */
  readonly load: number;
  send(probing: Probing): Errand<Float64Array | Float32Array>;
}

export interface Crew {
  /** Those that hold the model and are there for this request; none at first. */
  readonly mates: readonly Mate[];
  /** Asks for workers, once. @param left - Milliseconds of work that are left for this one alone. */
  call(left: number): void;
  /** A worker that failed is asked no more; it counts as lost. */
  lose(mate: Mate): void;
  /** `work` is told when a mate has come, and when all is to stop. */
  watch(work: { come(): void; stop(): void }): void;
}
