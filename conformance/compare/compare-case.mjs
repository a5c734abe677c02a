/** One model on one backend, beside what Keras said. */
import { absoluteError, cosine, LIMITS, mismatchShare, relativeError, sameBits } from './compare.mjs';
import { Tally } from './differences.mjs';

/**
 * Runs a case with layers tapped, then again with one map only: there the
 * engine may fold and fuse layers, and the numbers must be the same. A model's
 * second file must give the first one's numbers bit for bit.
 *
 * @param {object} harness see harness/browser.mjs
 * @param {string} backend
 * @param {object} item a manifest of conformance/models/reference.py with its `folder`, `path` and `read`
 * @param {{ files?: number }} options how many of the model's files are read, one unless said otherwise
 * @returns {Promise<{ findings: Tally, runs: Record<string, object>, milliseconds: number | null, files: string[] }>}
 *   `runs`: what the engine gave, by score, decisions included (see {@link decisions}); `folded`: the same of the
 *   run with one map, when that is outside a limit
 */
export async function compareCase(harness, backend, item, { files = 1 } = {}) {
  const findings = new Tally();
  const start = performance.now();
  const compared = {
    findings,
    runs: {},
    folded: null,
    milliseconds: null,
    files: [],
    seconds: 0,
    build: harness.build
  };
  if (harness.backend.backend !== backend) {
    findings.fail(`${harness.backend.backend} ran instead: ${harness.backend.reason}`);
    return compared;
  }
  try {
    const inputs = {};
    for (const [name, file] of Object.entries(item.inputs)) {
      inputs[name] = await item.read(file);
    }
    for (const file of item.models.slice(0, files)) {
      await compareFile(harness, item, `${item.path}/${file}`, inputs, compared);
      /** @type {string[]} */ (compared.files).push(file.replace('model', ''));
    }
  } catch (error) {
    findings.fail(error.message);
  }
  compared.seconds = (performance.now() - start) / 1000;
  return compared;
}

async function compareFile(harness, item, model, inputs, compared) {
  const { findings, runs } = compared;
  const { summary } = await harness.open(model);
  const inputKey = item.folder;
  for (const score of item.scores) {
    const result = await harness.run({ model, inputs, inputKey, ...wanted(item, score, summary), score });
    if (runs[score]) {
      compareBits(findings, runs[score], result, model);
    } else {
      runs[score] = result;
      await compareAll(findings, result, item, score);
    }
  }
  const last = item.layers.findLast(layer => layer[item.scores[0]]?.['grad-cam']);
  if (last && compared.milliseconds === null) {
    const result = await harness.run({
      model,
      inputs,
      inputKey: `${inputKey} folded`,
      maps: [last.id],
      score: item.scores[0]
    });
    const { forward, backward, explain } = result.timings;
    compared.milliseconds = forward + backward + explain;
    await compareOutput(findings, result, item, 'folded');
    await compareLayer(findings, result, item, last, item.scores[0], 'folded');
    if (findings.problems.some(({ run }) => run === 'folded')) {
      compared.folded = await recorded(harness, model, inputs, summary, last, item, result, findings);
    }
  }
  await harness.closeModel(model);
}

/** The folded run once more, with all values that it has: bit for bit the same, or it would prove nothing. */
async function recorded(harness, model, inputs, summary, last, item, folded, findings) {
  const score = item.scores[0];
  const wanted = { activations: decisions(summary), maps: [last.id], score };
  const result = await harness.run({ model, inputs, inputKey: `${item.folder} folded, recorded`, ...wanted });
  compareBits(
    findings,
    { outputs: folded.outputs, activations: {}, gradients: {}, maps: folded.maps },
    result,
    'recorded/the folded run'
  );
  return { [score]: result };
}

function wanted(item, score, summary) {
  const withGradient = item.layers.filter(layer => layer[score]);
  return {
    activations: [...new Set([...item.layers.map(layer => layer.id), ...decisions(summary)])],
    gradients: withGradient.map(layer => layer.id),
    maps: withGradient.filter(layer => layer[score]['grad-cam']).map(layer => layer.id)
  };
}

/** Layers that the engine folds into the one layer that reads them: recording them would keep it from doing so. */
const FOLDED_INTO = new Set(['BatchNormalization', 'ReLU', 'Activation']);

/** The layers whose values are recorded: what ReLU and pooling decide, and all else that is not folded away. */
function decisions({ layers }) {
  const readers = new Map();
  for (const { op, inputs } of layers) {
    inputs.forEach(input => readers.set(input, [...(readers.get(input) ?? []), op]));
  }
  const isFolded = ({ id, op }) =>
    op === 'ZeroPadding2D' || (readers.get(id)?.length === 1 && FOLDED_INTO.has(readers.get(id)[0]));
  return layers
    .filter(layer => layer.op !== 'InputLayer' && !layer.unsupported && !isFolded(layer))
    .map(layer => layer.id);
}

function compareBits(findings, first, second, model) {
  for (const kind of ['outputs', 'activations', 'gradients', 'maps']) {
    for (const [name, { data }] of Object.entries(first[kind])) {
      if (!sameBits(data, second[kind][name].data)) {
        findings.fail(`${model.split('/').at(-1)}: the ${kind} of ${name} are not those of the other run`);
      }
    }
  }
}

async function compareAll(findings, result, item, score) {
  await compareOutput(findings, result, item);
  const classes = result.targets.map(target => target.index);
  if (String(classes) !== String(item.targets)) {
    findings.fail(`classes ${classes} were explained, but Keras finds ${item.targets}`);
  }
  for (const layer of item.layers) {
    const { shape, data } = result.activations[layer.id];
    const expected = await item.read(layer.activation);
    if (String(shape) !== String(expected.shape)) {
      findings.fail(`${layer.id}: shape (${shape}), but Keras has (${expected.shape})`);
    }
    findings.value('activation', layer.id, relativeError(data, expected.data));
    await compareLayer(findings, result, item, layer, score);
  }
}

async function compareOutput(findings, result, item, run) {
  const [output] = Object.values(result.outputs);
  // Probabilities have the scale 1, whatever the largest one is.
  const error = item.probabilities ? absoluteError : relativeError;
  findings.value('output', 'the model', error(output.data, (await item.read(item.output)).data), run);
}

async function compareLayer(findings, result, item, layer, score, run) {
  const files = layer[score] ?? {};
  const place = { layer: layer.id, score };
  if (files.gradient && result.gradients[layer.id]) {
    const expected = await item.read(files.gradient);
    findings.angle('gradient', place, 1 - cosine(result.gradients[layer.id].data, expected.data), run);
  }
  if (files['grad-cam']) {
    const expected = await item.read(files['grad-cam']);
    const { data } = result.maps[layer.id];
    findings.angle('map', place, 1 - cosine(data, expected.data), run);
    findings.cells(mismatchShare(data, expected.data, LIMITS.relative));
  }
}
