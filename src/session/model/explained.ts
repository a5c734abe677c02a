import type { RunResult } from '../../engine/protocol/protocol';
import type { LayerInfo, ModelSummary } from '../../graph/layer-info';
import type { Message } from '../../messages/message';
import type { Question } from '../../results/result';
import type { StoredResults } from '../../results/stored-results';
import type { Busy } from '../progress/progress-text';

/** An explanation and what it answers; the state may already ask for the next one. */
export interface Explained extends Question {
  /** Names the input that was run, for the engine and what goes with its answers. */
  inputKey: string;
  /** Of a volume: with the maps of the slice that is seen. */
  run: RunResult;
  /** Of a volume: the run of all its slices, how many there are, and which is seen. */
  volume?: { run: RunResult; slices: number; at: number; areFrames?: boolean };
}

/** Everything a view shows besides its {@link ViewSession}; replaced as a whole, never changed. */
export interface ControllerSnapshot {
  model: ModelSummary | null;
  /** What the notebook kept, where the model is not there: then `model` and `explained` are from it, and nothing is computed. */
  stored: StoredResults | null;
  /** The layer that the state asks for: by name, or the model's default, or one whose units can be seen. */
  layer: LayerInfo | null;
  /** The last good explanation: kept while the next is computed, and when that fails. */
  explained: Explained | null;
  /** Under way: the explanation with what is known of its map so far, which is not final and goes nowhere but on the screen; or null. */
  soFar: Explained | null;
  /** The work under way, or null. */
  busy: Busy | null;
  /** One sentence on what went wrong last, or null. */
  problem: Message | null;
  /** Trying again would end in the same problem. */
  isLasting: boolean;
  /** The error's stack, for the log; null if there is none. */
  detail: string | null;
  /** The user pressed Cancel before there was anything to show. */
  cancelled: boolean;
  /** The file on the server is no longer the one that was read. */
  isOutdated: boolean;
  /** The file that was read, beside the one that the cell saw. */
  file: FileState;
  /** The doubt about the preprocessing that the user does not share, by its name. */
  ignored: string | null;
}

/** Of a view that has nothing yet. */
export const NOTHING_YET: ControllerSnapshot = {
  model: null,
  stored: null,
  layer: null,
  explained: null,
  soFar: null,
  busy: null,
  problem: null,
  isLasting: false,
  detail: null,
  cancelled: false,
  isOutdated: false,
  file: 'same',
  ignored: null
};

/** Work that has begun: asking the engine takes a while, in which nobody is to take the view for settled. */
export const begun = (phase: Busy['phase']): Pick<ControllerSnapshot, 'busy'> => ({
  busy: { phase, done: 0, total: 0, secondsLeft: null }
});

/**
 * `same`, or not known to be another; `asked`: another one, so that nothing is computed before the user
 * decides; `declined`: the user stays with what was computed; `taken`: the user took the other one.
 */
export type FileState = 'same' | 'asked' | 'declined' | 'taken';

/** True if a view has nothing to show but what was computed before the notebook was opened, and comes to nothing by itself. */
export function isStopped({ explained, stored, busy, problem, cancelled, file }: ControllerSnapshot): boolean {
  const isFileOther = file === 'asked' || file === 'declined';
  return explained === null && stored === null && busy === null && (problem !== null || cancelled || isFileOther);
}
