/** docs/conformance.md. */
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { leftOut } from '../compare/coverage.mjs';
import { PROOF_LIMITS } from '../compare/proof.mjs';
import { flipped, table } from './table.mjs';

const here = dirname(fileURLToPath(import.meta.url));

/**
 * @param {object[]} rows of row.mjs
 * @param {object[]} folders all that there is, as conformance/models/reference.py lists it
 */
export async function documentOf(rows, folders) {
  const corrections = JSON.parse(
    await readFile(join(here, '../corrections/corrections.json'), 'utf8').catch(() => '[]')
  );
  return (
    [
      INTRODUCTION,
      summary(rows),
      exceptions(rows, folders),
      correctionsTable(corrections),
      `## All comparisons\n\n${table(rows)}`
    ].join('\n\n') + '\n'
  );
}

const INTRODUCTION = `# Conformance with Keras

Written by \`npm run conformance\`; do not edit. Each row is one model on one backend, in the worker of the built
extension in Chromium: the small models of \`conformance/models/models.py\` in every file format, and all 40 architectures of
\`keras.applications\` at 96 x 96, with their top (50 classes) and without, from \`.keras\` and \`.h5\`. On WASM
both files of an application are read and must give the same numbers bit for bit; the other backends read the
\`.keras\`. WebGL is SwiftShader's, a software renderer. \`npm test\` runs the small models by the same code.

**The reference** is Keras on TensorFlow **in float64**, with the same weights and input. In brackets stands how far
Keras itself in float32 is from that. Weights are seeded random numbers, since none can be downloaded here. Those of
the applications are drawn as training leaves them (\`conformance/models/weights.py\`): each BatchNormalization gets
statistics, scale and shift around those of the photographs that reach it, residual branches change little what they
are added to, and most ReLU inputs are positive. With BatchNormalization as initialised, rounding would grow from
layer to layer until no two programs agree, and nothing could be told.

| Column | What | Limit |
|---|---|---:|
| Output | largest difference of a probability, or relative to the largest output where there is no head | 1e-5 |
| Activations | max abs(a - b) / max abs(b), the worst layer | 1e-5 |
| 1 - cos | of the gradient of the score, and of the raw Grad-CAM map, the worst layer | 1e-5 |
| Cells off | share of the cells of the worst Grad-CAM map more than 1e-5 of its maximum apart | none |
| Layer alone | relative error of one layer computed from our own values of the layers before it, the worst of all layers | ${limit('alone')} |
| 1 - cos, own | of our gradient and that of the network *at our own activations* | ${limit('gradient')} |
| ms | Grad-CAM at the last layer compared: first run after reading, one thread, on a busy machine | none |

**The proof.** A ReLU input within rounding of 0, or two cells of a pooling window within rounding of one another,
are decided differently by two correct float32 programs, and every gradient before them then jumps. Whether a
gradient differs for that reason *only* is decided exactly (\`conformance/models/substitution.py\`): our recorded activations
are put in the place of every layer's output in the float64 network, with the ReLU masks and pooling choices that they
show, and the score is differentiated through it. Our gradient must be this one, to ${limit('gradient')}. And each layer, computed in
float64 from our own values of the layers before it, must give our value of it, to ${limit('alone')}. A row that is outside a
limit and passes both is *proven*: it differs by rounding and by the decisions counted, and by nothing else. A wrong
gradient fails. Each model is run again for one map alone, where the engine folds more layers together; what is outside
in this *folded* run has a proof of its own, with all its values recorded and the same bits. For the applications both are checked in every row, for the small models where something is outside.

Eight comparisons that an earlier table left open, with weights as initialised, were proven in this way on WASM, both
files each: MobileNetV2's gradient of \`Conv1\` (3 decisions flipped; 1 - cosine at our own activations 8e-13),
InceptionV3's map of \`conv2d_42\` without top (2; 6e-13), and VGG19's gradient of \`block3_conv3\` with top and
without (7; 3e-12). A convolution that WebGL computed wrongly on purpose was refuted (0.99).`;

function limit(kind) {
  return PROOF_LIMITS[kind].toExponential(0);
}

function summary(rows) {
  const count = test => rows.filter(test).length;
  const isClean = ({ problems, excused }) => !problems.length && !excused.length;
  const applications = new Set(
    rows.filter(({ model }) => /-(no)?top$/.test(model)).map(({ model }) => model.replace(/-(no)?top$/, ''))
  );
  return [
    '## Summary',
    '',
    `${rows.length} comparisons: ${count(isClean)} within every limit, ${count(({ excused, problems }) => excused.length && !problems.length)} proven, ` +
      `${count(({ problems }) => problems.length)} outside without a proven cause. ${applications.size} of 40 architectures.`,
    '',
    builds(rows)
  ].join('\n');
}

/** A run takes hours, in which the engine may have changed. */
function builds(rows) {
  const latest = [...rows].sort((a, b) => a.date.localeCompare(b.date)).at(-1)?.build;
  const earlier = rows.filter(({ build }) => build !== latest).length;
  return earlier
    ? `${earlier} of the rows were measured with an earlier build of the engine than the last one was.`
    : 'All were measured with one build of the engine.';
}

function exceptions(rows, folders) {
  const lines = ['## Exceptions', ''];
  const proven = rows.filter(({ excused, problems }) => excused.length && !problems.length);
  if (proven.length) {
    lines.push('Outside the plain limits, with the cause proven as above:', '');
    lines.push(
      ...proven.map(
        row =>
          `- ${row.model} on ${row.backend}: ${row.excused[0]}${row.excused.length > 1 ? ` (and ${row.excused.length - 1} more)` : ''}; ${cause(row)}`
      )
    );
    lines.push('');
  }
  const failed = rows.filter(({ problems }) => problems.length);
  if (failed.length) {
    lines.push('Outside without a proven cause:', '');
    lines.push(...failed.map(({ model, backend, problems }) => `- ${model} on ${backend}: ${problems.join('; ')}`), '');
  }
  lines.push('Left out:', '', ...leftOut(folders, rows).map(sentence => `- ${sentence}`));
  return lines.join('\n').trimEnd();
}

function cause({ proof }) {
  const { alone, gradient, flips } = proof;
  const own = `at our own activations 1 - cosine is ${gradient.toExponential(1)}, and no layer alone is further off than ${alone.toExponential(1)}`;
  const kinds = flips.relu + flips.pooling ? ` (ReLU ${flips.relu}, pooling ${flips.pooling})` : '';
  return `${flipped(proof)}${kinds}; ${own}.`;
}

function correctionsTable(corrections) {
  const line = ({ name, spec, count, red }) =>
    `| ${name} | ${red ? `\`${spec.split('/').at(-1)}\`: ${red.replaceAll('|', '\\|')}${count > 1 ? ` (and ${count - 1} more)` : ''}` : '**none**'} |`;
  return [
    '## Corrections, taken away',
    '',
    'Where tfjs 4.22 or a careless program goes wrong without an error. `npm run conformance:corrections` takes each of',
    'these away in a copy of the source (`conformance/corrections/corrections.mjs`) and demands that tests of `npm test` fail.',
    '',
    '| Correction | The test that goes red without it |',
    '|---|---|',
    ...corrections.map(line)
  ].join('\n');
}
