/** Runs models in one worker, in shuffled order with changing batches, and judges them. */
import { compare, decode, ofError } from './verdict.mjs';

/** @typedef {import('./verdict.mjs').Verdict} Verdict */

/** Of opening or running one small model. */
const LIMIT_MS = 60_000;
/** The class whose score is explained: see reference() in recipe.py. */
const TARGET = 1;

/** A random order that a seed decides. */
export function shuffled(items, seed) {
  let state = (seed * 2654435761 + 1) >>> 0;
  const next = () => {
    state = (Math.imul(state ^ (state >>> 15), state | 1) + 0x6d2b79f5) >>> 0;
    return state / 2 ** 32;
  };
  return items
    .map(item => ({ item, key: next() }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);
}

export class Session {
  #open;
  /** @type {any} */
  #harness = null;

  /** @param {(options: { backend: string }) => Promise<any>} open starts a harness: see headless/browser.mjs */
  constructor(open) {
    this.#open = open;
  }

  /**
   * Judges models side by side: every batch of each, on each backend, in shuffled order.
   *
   * @param {{ file: string, batches: any[], random?: boolean }[]} models `random`: what no two runs of Keras agree on
   * @returns {Promise<Verdict[]>}
   */
  async judge(models, backends, seed) {
    const verdicts = models.map(() => /** @type {Verdict} */ ({ kind: 'agree', why: '' }));
    for (const backend of backends) {
      const tasks = models.flatMap((model, index) => model.batches.map(batch => ({ index, model, batch })));
      for (const { index, model, batch } of shuffled(tasks, seed)) {
        if (verdicts[index].kind === 'agree') {
          const verdict = await this.#once(model, batch, backend);
          verdicts[index] = verdict.kind === 'agree' ? verdict : { ...verdict, why: verdict.why, backend };
        }
      }
    }
    for (const { file } of models) {
      await this.#harness?.closeModel(file).catch(() => {});
    }
    return verdicts;
  }

  async #once(model, batch, backend) {
    let timer;
    const limit = new Promise(resolve => {
      timer = setTimeout(() => resolve({ kind: 'error', why: `hang > ${LIMIT_MS / 1000} s` }), LIMIT_MS);
    });
    const verdict = await Promise.race([this.#run(model, batch, backend), limit]);
    clearTimeout(timer);
    if (verdict.why.startsWith('hang') || /crash|closed|context lost/i.test(verdict.why)) {
      await this.fresh();
    }
    return verdict;
  }

  /** @returns {Promise<Verdict>} */
  async #run({ file, random }, batch, backend) {
    // No browser is no verdict of a model: it ends the run.
    this.#harness ??= await this.#open({ backend });
    try {
      if (this.#harness.backend.backend !== backend) {
        await this.#harness.setBackend(backend);
      }
      const { summary } = await this.#harness.open(file);
      const refused = summary.layers.filter(layer => layer.unsupported);
      if (refused.length) {
        return { kind: 'refused', why: summary.notices[0] ?? 'refused without a sentence' };
      }
      const known = new Set(summary.layers.map(layer => layer.id));
      const result = await this.#harness.run({
        model: file,
        inputs: Object.fromEntries(Object.entries(batch.inputs).map(([name, value]) => [name, decode(value)])),
        activations: Object.keys(batch.activations).filter(id => known.has(id)),
        gradients: Object.keys(batch.gradients).filter(id => known.has(id)),
        target: TARGET,
        score: 'logit'
      });
      if (result.backend !== backend) {
        return { kind: 'error', why: `${result.backend} ran instead of ${backend}` };
      }
      return random ? { kind: 'wrong', why: 'runs what Keras draws at random' } : compare(result, batch);
    } catch (error) {
      return ofError(error.message);
    }
  }

  /** Another browser, worker and page. */
  async fresh() {
    await this.close();
  }

  async close() {
    const harness = this.#harness;
    this.#harness = null;
    await harness?.close().catch(() => {});
  }
}
