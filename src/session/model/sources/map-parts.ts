import type { RunResult } from '../../../engine/protocol/protocol';
import type { Explained } from '../explained';
import { wholeRun } from '../slices';

/** The parts of explanations, of all slices: each is found once. */
export class MapParts {
  /** Those of this explanation; `find` finds them where they are not known. */
  of(explained: Explained, find: () => Promise<Float32Array>): Promise<Float32Array> {
    const run = wholeRun(explained);
    const found = this._found.get(run) ?? find();
    this._found.set(run, found);
    return found;
  }

  private _found = new WeakMap<RunResult, Promise<Float32Array>>();
}
