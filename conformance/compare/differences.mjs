/** The worst of each kind of difference, and everything that is outside the limits. */
import { LIMITS } from './compare.mjs';

export class Tally {
  /** output and activation: relative errors; gradient and map: 1 - cosine; cells: a share. */
  worst = { output: 0, activation: 0, gradient: 0, map: 0, cells: 0 };
  /**
   * A value outside its limit, in words; `run`: which run it was, `recorded` or
   * `folded`, whose proof can still account for it; null: nothing can.
   */
  problems = [];

  /** Something that nothing can account for. */
  fail(text) {
    this.problems.push({ text, run: null });
  }

  value(kind, what, error, run = 'recorded') {
    this.#note(kind, error);
    if (!(error <= LIMITS.relative)) {
      this.problems.push({ text: `${kind} of ${what}${suffix(run)}: relative error ${error.toExponential(1)}`, run });
    }
  }

  angle(kind, { layer, score }, angle, run = 'recorded') {
    this.#note(kind, angle);
    if (!(angle <= LIMITS.angle)) {
      this.problems.push({
        text: `${kind} of ${layer}, ${score}${suffix(run)}: 1 - cosine ${angle.toExponential(1)}`,
        run
      });
    }
  }

  cells(share) {
    this.#note('cells', share);
  }

  #note(kind, value) {
    this.worst[kind] = Number.isNaN(value) ? value : Math.max(this.worst[kind], value);
  }
}

const suffix = run => (run === 'folded' ? ' (folded)' : '');
