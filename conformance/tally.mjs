/** The worst of each kind of difference, and everything that is outside the limits. */
import { LIMITS } from './compare.mjs';

export class Tally {
  /** output and activation: relative errors; gradient and map: 1 - cosine; cells: a share. */
  worst = { output: 0, activation: 0, gradient: 0, map: 0, cells: 0 };
  /** What is outside, in words; `needs` names the proof that can still account for it, if any. */
  problems = [];

  /** Something that nothing can account for. */
  fail(text) {
    this.problems.push({ text, needs: null });
  }

  value(kind, what, error) {
    this.#note(kind, error);
    if (!(error <= LIMITS.relative)) {
      // Another run than the recorded one proves nothing about this one.
      const needs = what.includes('(folded)') ? null : { kind: 'alone' };
      this.problems.push({ text: `${kind} of ${what}: relative error ${error.toExponential(1)}`, needs });
    }
  }

  angle(kind, { layer, score, where }, angle) {
    this.#note(kind, angle);
    if (!(angle <= LIMITS.angle)) {
      const needs = where ? null : { kind, layer, score };
      this.problems.push({ text: `${kind} of ${layer}, ${score}${where}: 1 - cosine ${angle.toExponential(1)}`, needs });
    }
  }

  cells(share) {
    this.#note('cells', share);
  }

  #note(kind, value) {
    this.worst[kind] = Number.isNaN(value) ? value : Math.max(this.worst[kind], value);
  }
}
