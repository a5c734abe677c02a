/** The last words of a run. */
import { group } from './verdict.mjs';

const KINDS = ['agree', 'refused', 'wrong', 'error', 'ill', 'invalid', 'untried', 'never'];

/** Counts of verdicts, then the reasons by number. */
export function reportTable(rows) {
  const lines = [`${rows.length} models`];
  for (const kind of KINDS) {
    const of = rows.filter(row => row.kind === kind);
    lines.push(`  ${kind.padEnd(8)} ${of.length}`);
    if (!['agree', 'invalid', 'untried', 'never'].includes(kind)) {
      for (const [why, count] of counted(of.map(row => group(row.why)))) {
        lines.push(`    ${String(count).padStart(5)}  ${why}`);
      }
    }
  }
  return lines.join('\n');
}

function counted(words) {
  const counts = new Map();
  for (const word of words) {
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1]);
}
