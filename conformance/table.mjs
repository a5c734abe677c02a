/** Results as a Markdown table. */
import { LIMITS } from './compare.mjs';

/** Whether a row of results is inside the limits; cosines are judged layer by layer, in `problems`. */
export function within({ worst, problems }) {
  return (
    problems.length === 0 &&
    worst.output <= LIMITS.relative &&
    worst.activation <= LIMITS.relative
  );
}

/** @param {{ folder: string, backend: string, worst: object, problems: string[], layers: number }[]} rows */
export function table(rows) {
  const lines = [
    '| Model and file | Backend | Layers | Output | Activations | 1 - cos, gradients | 1 - cos, Grad-CAM | Cells off | |',
    '|---|---|---:|---:|---:|---:|---:|---:|---|'
  ];
  const sorted = [...rows].sort((a, b) => a.folder.localeCompare(b.folder) || a.backend.localeCompare(b.backend));
  for (const row of sorted) {
    const { folder, backend, layers, worst } = row;
    const numbers = [worst.output, worst.activation, 1 - worst.gradient, 1 - worst.map].map(scientific);
    const cells = [folder, backend, layers, ...numbers, percent(worst.cells), within(row) ? 'ok' : '**outside**'];
    lines.push(`| ${cells.join(' | ')} |`);
  }
  return lines.join('\n');
}

const scientific = value => (value === 0 ? '0' : Number.isFinite(value) ? value.toExponential(1) : '–');
const percent = value => `${(100 * value).toFixed(value > 0 && value < 0.01 ? 2 : 0)} %`;
