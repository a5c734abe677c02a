/** A row of the table: one model on one backend, what is outside the limits, and what of that is proven. */
import { verdict } from './proof.mjs';

/**
 * @param {object} item the case, as compare-case.mjs takes it
 * @param {object} compared what it gave
 * @param {() => Promise<{ check: Function, close: Function }>} openKeras asked only when something is to be proven
 * @param {boolean} always whether the proof is made where everything is within the limits too
 */
export async function rowOf(item, backend, { tally, runs, milliseconds, files, seconds, build }, openKeras, always = false) {
  const open = tally.problems.filter(({ needs }) => needs);
  const isComplete = item.scores.every(score => score in runs);
  const proof = isComplete && (always || open.length) ? await prove(runs, openKeras) : null;
  const isProven = proof !== null && proof.refuted.length === 0;
  const { refuted = [], ...numbers } = proof ?? {};
  return {
    model: item.folder,
    files,
    backend,
    parameters: item.parameters,
    worst: tally.worst,
    own: ownOf(item),
    milliseconds,
    proof: proof && numbers,
    problems: [...tally.problems.filter(({ needs }) => !needs || !isProven).map(({ text }) => text), ...refuted],
    excused: isProven ? open.map(({ text }) => text) : [],
    seconds,
    build,
    date: new Date().toISOString().slice(0, 16)
  };
}

/** The row of a model that could not be compared at all. */
export function failedRow(model, backend, problem) {
  const worst = { output: NaN, activation: NaN, gradient: NaN, map: NaN, cells: NaN };
  return { model, files: [], backend, worst, own: {}, milliseconds: null, proof: null, problems: [problem], excused: [], seconds: 0 };
}

async function prove(runs, openKeras) {
  const keras = await openKeras();
  try {
    return verdict(await keras.check(runs));
  } finally {
    keras.close();
  }
}

/** The worst distances of Keras in float32 from its float64. */
function ownOf({ own, layers, scores }) {
  const angles = layers.flatMap(layer => scores.map(score => layer[score]?.own ?? 0));
  return { output: own, activation: Math.max(...layers.map(layer => layer.own)), gradient: Math.max(...angles) };
}
