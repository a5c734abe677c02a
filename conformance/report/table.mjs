/** Results as a Markdown table. */

const COLUMNS = [
  ['Model', '---', row => row.model],
  ['Backend', '---', row => row.backend],
  ['Output', '---:', row => beside(row.worst.output, row.own.output)],
  ['Activations', '---:', row => beside(row.worst.activation, row.own.activation)],
  ['1 - cos, gradients', '---:', row => beside(row.worst.gradient, row.own.gradient)],
  ['1 - cos, Grad-CAM', '---:', row => scientific(row.worst.map)],
  ['Cells off', '---:', row => percent(row.worst.cells)],
  ['Layer alone', '---:', row => scientific(row.proof?.alone)],
  ['1 - cos, own', '---:', row => scientific(row.proof?.gradient)],
  ['ms', '---:', row => row.milliseconds?.toFixed(0) ?? '–'],
  ['', '---', outcome]
];

/** @param {object[]} rows of compare/result-row.mjs */
export function table(rows) {
  const line = cells => `| ${cells.join(' | ')} |`;
  const sorted = [...rows].sort((a, b) => a.model.localeCompare(b.model) || a.backend.localeCompare(b.backend));
  return [
    line(COLUMNS.map(([title]) => title)),
    `|${COLUMNS.map(([, alignment]) => alignment).join('|')}|`,
    ...sorted.map(row => line(COLUMNS.map(([, , cell]) => /** @type {Function} */ (cell)(row))))
  ].join('\n');
}

function outcome({ problems, excused, proof }) {
  if (problems.length) {
    return `**${problems[0]}**`;
  }
  return excused.length ? `proven: ${flipped(proof)}` : 'ok';
}

/** Counts decisions that differ from float64's. */
export function flipped({ flips, decisions }) {
  const total = flips.relu + flips.pooling;
  if (total === 0) {
    return 'rounding alone, no decision flipped';
  }
  return `${total} of ${(decisions / 1e6).toFixed(1)} M decisions flipped`;
}

const beside = (ours, keras) => `${scientific(ours)} (${scientific(keras)})`;
const scientific = value =>
  value === undefined || value === null || Number.isNaN(value)
    ? '–'
    : Math.abs(value) < 1e-17
      ? '0'
      : value.toExponential(1);
const percent = value => `${(100 * value).toFixed(value > 0 && value < 0.01 ? 2 : 0)} %`;
