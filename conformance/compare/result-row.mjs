/** A row of the table: one model on one backend, what is outside the limits, and what of that is proven. */
import { verdict } from './proof.mjs';

/**
 * @param {object} item the case, as compare-case.mjs takes it
 * @param {object} compared what it gave
 * @param {() => Promise<{ check: Function, close: Function }>} openKeras asked only when something is to be proven
 * @param {boolean} always whether the proof is made where everything is within the limits too
 */
export async function rowOf(item, backend, compared, openKeras, always = false) {
  const { findings, runs, folded, milliseconds, files, seconds, build } = compared;
  const open = findings.problems.filter(({ run }) => run);
  const isComplete = item.scores.every(score => score in runs);
  const needed = { recorded: isComplete && (always || open.length > 0) && runs, folded };
  const proofs = await prove(needed, openKeras);
  const isProven = ({ run }) => proofs[run]?.refuted.length === 0;
  const { refuted = [], ...numbers } = proofs.recorded ?? {};
  return {
    model: item.folder,
    files,
    backend,
    parameters: item.parameters,
    worst: findings.worst,
    own: ownOf(item),
    milliseconds,
    proof: proofs.recorded ? numbers : null,
    problems: [
      ...findings.problems.filter(problem => !isProven(problem)).map(({ text }) => text),
      ...refuted,
      ...(proofs.folded?.refuted ?? [])
    ],
    excused: open.filter(isProven).map(({ text }) => text),
    seconds,
    build,
    date: new Date().toISOString().slice(0, 16)
  };
}

/** The row of a model that could not be compared at all. */
export function failedRow(model, backend, problem) {
  const worst = { output: NaN, activation: NaN, gradient: NaN, map: NaN, cells: NaN };
  return {
    model,
    files: [],
    backend,
    worst,
    own: {},
    milliseconds: null,
    proof: null,
    problems: [problem],
    excused: [],
    seconds: 0
  };
}

/** Asks Keras about each run. */
async function prove(runs, openKeras) {
  const wanted = Object.entries(runs).filter(([, values]) => values);
  const proofs = {};
  if (wanted.length) {
    const keras = await openKeras();
    try {
      for (const [name, values] of wanted) {
        proofs[name] = verdict(await keras.check(values));
      }
    } finally {
      keras.close();
    }
  }
  return proofs;
}

/** The worst distances of Keras in float32 from its float64. */
function ownOf({ own, layers, scores }) {
  const angles = layers.flatMap(layer => scores.map(score => layer[score]?.own ?? 0));
  return { output: own, activation: Math.max(...layers.map(layer => layer.own)), gradient: Math.max(...angles) };
}
