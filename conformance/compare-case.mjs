/** One model on one backend, beside what Keras said. */
import { absoluteError, cosine, cosineLimit, LIMITS, mismatchShare, relativeError } from './compare.mjs';

const SCORES = ['logit', 'probability'];

/**
 * Runs a case with everything tapped, then again with one map only: there the
 * engine may fold and fuse layers, and the numbers must be the same.
 *
 * @returns {Promise<{ folder: string, backend: string, layers: number, worst: object, problems: string[] }>}
 */
export async function compareCase(harness, backend, item) {
  const tally = new Tally();
  const row = { folder: item.folder, backend, layers: item.layers.length, worst: tally.worst, problems: tally.problems };
  if (harness.backend.backend !== backend) {
    tally.problems.push(`${harness.backend.backend} ran instead: ${harness.backend.reason}`);
    return row;
  }
  const model = `${item.path}/${item.model}`;
  try {
    await harness.open(model);
    const inputs = {};
    for (const [name, file] of Object.entries(item.inputs)) {
      inputs[name] = await item.read(file);
    }
    const inputKey = item.folder;
    for (const score of SCORES) {
      const result = await harness.run({ model, inputs, inputKey, ...everything(item, score), score });
      await compareAll(tally, result, item, score);
    }
    const last = item.layers.findLast(layer => layer.logit?.['grad-cam']);
    if (last) {
      const result = await harness.run({ model, inputs, inputKey: `${inputKey} folded`, maps: [last.id], score: 'logit' });
      await compareOutput(tally, result, item, ' (folded)');
      await compareLayer(tally, result, item, last, 'logit', ' (folded)');
    }
    await harness.closeModel(model);
  } catch (error) {
    tally.problems.push(error.message);
  }
  return row;
}

function everything(item, score) {
  const withGradient = item.layers.filter(layer => layer[score]);
  return {
    activations: item.layers.map(layer => layer.id),
    gradients: withGradient.map(layer => layer.id),
    maps: withGradient.filter(layer => layer[score]['grad-cam']).map(layer => layer.id)
  };
}

async function compareAll(tally, result, item, score) {
  await compareOutput(tally, result, item, '');
  const classes = result.targets.map(target => target.index);
  if (String(classes) !== String(item.targets)) {
    tally.problems.push(`classes ${classes} were explained, but Keras finds ${item.targets}`);
  }
  for (const layer of item.layers) {
    const { shape, data } = result.activations[layer.id];
    const expected = await item.read(layer.activation);
    if (String(shape) !== String(expected.shape)) {
      tally.problems.push(`${layer.id}: shape (${shape}), but Keras has (${expected.shape})`);
    }
    tally.relative('activation', layer.id, relativeError(data, expected.data));
    await compareLayer(tally, result, item, layer, score, '');
  }
}

async function compareOutput(tally, result, item, where) {
  const [output] = Object.values(result.outputs);
  // Probabilities have the scale 1, whatever the largest one is.
  const error = absoluteError(output.data, (await item.read(item.output)).data);
  tally.relative('output', `output${where}`, error);
}

async function compareLayer(tally, result, item, layer, score, where) {
  const files = layer[score] ?? {};
  const what = `${layer.id}, ${score}${where}`;
  const limit = cosineLimit(item, layer, score);
  if (files.gradient && result.gradients[layer.id]) {
    const expected = await item.read(files.gradient);
    tally.cosine('gradient', what, cosine(result.gradients[layer.id].data, expected.data), limit);
  }
  if (files['grad-cam']) {
    const expected = await item.read(files['grad-cam']);
    const { data } = result.maps[layer.id];
    tally.cosine('map', what, cosine(data, expected.data), limit);
    tally.worst.cells = Math.max(tally.worst.cells, mismatchShare(data, expected.data));
  }
}

/** The worst of each kind, and a sentence for everything outside the limits. */
class Tally {
  worst = { output: 0, activation: 0, gradient: 1, map: 1, cells: 0 };
  problems = [];

  relative(kind, what, error) {
    this.worst[kind] = Math.max(this.worst[kind], error);
    if (!(error <= LIMITS.relative)) {
      this.problems.push(`${kind} of ${what}: relative error ${error.toExponential(1)}`);
    }
  }

  cosine(kind, what, value, limit) {
    this.worst[kind] = Number.isNaN(value) ? value : Math.min(this.worst[kind], value);
    if (!(value >= limit)) {
      this.problems.push(`${kind} of ${what}: cosine ${value.toPrecision(8)}`);
    }
  }
}
