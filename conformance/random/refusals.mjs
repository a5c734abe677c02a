/** Writes the results of the probes as a page of the docs: agreements with Keras, refusals and their reasons. Pure. */

/**
 * @typedef {{ kind: string, why: string, recipe: { writer: string,
 * probe: { of: string, argument: string, value?: any, isLast?: boolean } } }} Row
 */

const LIBRARIES = /** @type {const} */ ([
  ['keras.layers of Keras 3', row => row.recipe.writer === 'keras3' && !isOperator(row)],
  ['keras.layers of Keras 2', row => row.recipe.writer === 'keras2'],
  ['keras.ops', row => isOperator(row)]
]);

const isOperator = row => row.recipe.probe.of.startsWith('ops.');

/**
 * @param {Row[]} rows
 * @param {{ versions: string[], backends: string[], totals: number[], date?: string }} how `totals`: how many names each library has
 * @returns {string} Markdown
 */
export function refusalsPage(rows, { versions, backends, totals, date }) {
  const all = totals.reduce((a, b) => a + b, 0);
  const namesOf = some => new Set(some.map(({ recipe }) => `${recipe.writer} ${recipe.probe.of}`)).size;
  const left = all - namesOf(rows);
  const partly = namesOf(rows) - namesOf(rows.filter(({ recipe }) => recipe.probe.isLast));
  return [
    '# What is refused, and why',
    summary(rows),
    `Written ${date ? `on ${date} ` : ''}by \`npm run conformance:random -- --probe --report docs/refusals.md\`, which tries every class of keras.layers and every function of keras.ops: a model with the defaults for each number of axes that it takes, then a model for each argument away from its default, alone. Weights and inputs are of seed 1. GradLens opens the file that Keras saved, and each number (output, activations, gradients) agrees with Keras', or the layer is refused in a sentence. ${versions.join(', ')}; backend ${backends.join(', ')}.`,
    ...(left + partly
      ? [
          `**This run is not at its end: of ${all} names ${left} have not been tried yet, and ${partly} not with all of their arguments.** The same command goes on.`
        ]
      : []),
    [
      '| | Models | Agree | Refused | Wrong | No sentence | Keras not steady |',
      '|---|--:|--:|--:|--:|--:|--:|',
      ...LIBRARIES.map(([name, isOf]) => countsLine(name, rows.filter(isOf)))
    ].join('\n'),
    [
      '| | Names | In no saved model | Tried | All agrees | Some refused | Always refused | No model of it |',
      '|---|--:|--:|--:|--:|--:|--:|--:|',
      ...LIBRARIES.map(([name, isOf], index) => sharesLine(name, totals[index], byName(rows.filter(isOf))))
    ].join('\n'),
    '“Names” are all that keras.layers and keras.ops have, aliases of a class once; shares are of the names tried. “In no saved model” are names that no file can hold, listed at the end. “Keras not steady” are models whose numbers in Keras change by more than 1e-5 when inputs and weights change by a rounding: nothing can be compared there. A half-float policy (`dtype`) is compared with the same layer in single precision, in which GradLens computes.',
    ...LIBRARIES.flatMap(([name, isOf]) => [`## Refused of ${name}`, refusedTable(rows.filter(isOf))]),
    ...LIBRARIES.flatMap(([name, isOf]) => [`## Not tried of ${name}`, untriedTable(rows.filter(isOf))]),
    '## In no saved model',
    reasonTable(rows.filter(({ kind }) => kind === 'never'))
  ]
    .join('\n\n')
    .concat('\n');
}

const NO_MODEL = ['untried', 'invalid', 'never'];
const JUDGED = ['agree', 'refused', 'wrong', 'error'];

/** The groups' shares in words: of the names that a saved model can have, how many are always refused. */
function summary(rows) {
  const parts = LIBRARIES.map(([name, isOf]) => {
    const groups = [...byName(rows.filter(isOf)).values()].filter(all => all.some(({ kind }) => JUDGED.includes(kind)));
    const refused = groups.filter(all => all.every(({ kind }) => kind === 'refused' || !JUDGED.includes(kind)));
    const share = ((100 * refused.length) / Math.max(groups.length, 1)).toFixed(1);
    return `${share} % of ${name} (${refused.length} of ${groups.length})`;
  });
  return `**Refused whatever the arguments are: ${parts.join(', ')}.** Everything else runs in at least one form, with Keras' numbers.`;
}

function countsLine(name, rows) {
  const judged = rows.filter(({ kind }) => !NO_MODEL.includes(kind));
  const count = kind => judged.filter(row => row.kind === kind).length;
  const counts = [judged.length, ...['agree', 'refused', 'wrong', 'error', 'ill'].map(count)];
  return `| ${name} | ${counts.join(' | ')} |`;
}

function sharesLine(name, total, groups) {
  const all = [...groups.values()].map(rows => rows.filter(({ kind }) => JUDGED.includes(kind)));
  const tried = all.filter(rows => rows.length);
  const share = isSo => {
    const count = tried.filter(isSo).length;
    return `${count} (${((100 * count) / Math.max(tried.length, 1)).toFixed(1)} %)`;
  };
  const has = (rows, kind) => rows.some(row => row.kind === kind);
  const never = [...groups.values()].filter(rows => has(rows, 'never')).length;
  const none = all.length - tried.length - never;
  return `| ${name} | ${total} | ${never} | ${tried.length} | ${share(rows => rows.every(({ kind }) => kind === 'agree'))} | ${share(rows => has(rows, 'refused') && has(rows, 'agree'))} | ${share(rows => rows.every(({ kind }) => kind === 'refused'))} | ${none} |`;
}

/** Refusals, those of one reason together. */
function refusedTable(rows) {
  const lines = new Map();
  for (const { kind, why, recipe } of rows) {
    if (kind === 'refused') {
      const { of, argument } = recipe.probe;
      const isAlways = !rows.some(row => row.recipe.probe.of === of && row.kind === 'agree');
      const reason = reasonOf(why);
      const owners = lines.get(reason) ?? lines.set(reason, new Set()).get(reason);
      owners.add(isAlways ? of : argument ? `${of} (${argument})` : `${of} (some shapes)`);
    }
  }
  if (!lines.size) {
    return 'None.';
  }
  const sorted = [...lines].map(([reason, owners]) => `| ${[...owners].sort().join(', ')} | ${reason} |`).sort();
  return ['| | Reason |', '|---|---|', ...sorted].join('\n');
}

/** The first sentence, without the layer's name. */
function reasonOf(why) {
  return cell(
    why
      .split(/(?<=[.!?])\s/)[0]
      .replace(/\b(The layer|layer) \S+ \(\S+\)/g, 'The layer')
      .replace(/\b(The layer|layer) \S+ (?=is|has|works|cannot|gives)/g, 'The layer ')
  );
}

function untriedTable(rows) {
  const lines = new Map();
  for (const { kind, why, recipe } of rows) {
    const { of, argument } = recipe.probe;
    // Another value or another number of axes of it may be tried.
    const isTried = rows.some(
      row => row.recipe.probe.of === of && row.recipe.probe.argument === argument && !NO_MODEL.includes(row.kind)
    );
    if ((kind === 'untried' || kind === 'invalid') && !isTried) {
      const reason = cell(why);
      const owners = lines.get(reason) ?? lines.set(reason, new Set()).get(reason);
      owners.add(argument ? `${of} (${argument})` : of);
    }
  }
  if (!lines.size) {
    return 'None.';
  }
  const sorted = [...lines].map(([reason, owners]) => `| ${[...owners].sort().join(', ')} | ${reason} |`).sort();
  return ['| | Why |', '|---|---|', ...sorted].join('\n');
}

function reasonTable(rows) {
  const lines = new Map();
  rows.forEach(({ why, recipe }) => lines.set(why, [...(lines.get(why) ?? []), recipe.probe.of]));
  const sorted = [...lines].map(([why, names]) => `| ${[...new Set(names)].sort().join(', ')} | ${cell(why)} |`).sort();
  return lines.size ? ['| | Why |', '|---|---|', ...sorted].join('\n') : 'None.';
}

function byName(rows) {
  const groups = new Map();
  for (const row of rows) {
    const { of } = row.recipe.probe;
    groups.set(of, [...(groups.get(of) ?? []), row]);
  }
  return groups;
}

const cell = text => text.replaceAll('|', '\\|').replace(/\s+/g, ' ').replace(/<|>/g, '`$&`');
