/** One file of one architecture beside what Keras computed in float64. */
import { cosine, LIMITS, relativeError } from '../compare.mjs';

/** How many times Keras' own rounding error ours may be, where that is above the limit. */
const ROUNDING = { relative: 3, cosine: 10 };

/**
 * @param {{ open(path: string): Promise<void>, run(wanted: object): Promise<object> }} harness
 * @param {object} manifest what generate.py says
 * @param {(file: string) => Promise<{ shape: number[], data: Float32Array }>} read
 * @returns {Promise<{ output: number, activation: number, gradient: number, map: number, own: object, problems: string[] }>}
 *   the worst of each kind: relative errors, and 1 - cosine
 */
export async function compareFile(harness, model, manifest, read) {
  const { layers } = manifest;
  const ids = layers.map(layer => layer.id);
  const own = {
    output: manifest.own,
    activation: Math.max(...layers.map(layer => layer.own.activation)),
    gradient: Math.max(...layers.map(layer => layer.own.gradient))
  };
  const row = { output: 0, activation: 0, gradient: 0, map: 0, own, problems: [] };
  const note = (kind, what, value, limit) => {
    row[kind] = Math.max(row[kind], value);
    if (!(value <= limit)) {
      row.problems.push(`${kind} of ${what}: ${value.toExponential(1)} is over ${limit.toExponential(1)}`);
    }
  };
  await harness.open(model);
  const inputs = { '': await read(manifest.input) };
  const run = await harness.run({ model, inputKey: 'all', inputs, activations: ids, gradients: ids, maps: ids });
  if (run.targets[0].index !== manifest.target) {
    row.problems.push(`class ${run.targets[0].index} was explained, but Keras finds ${manifest.target}`);
  }
  const outputLimit = Math.max(LIMITS.relative, ROUNDING.relative * own.output);
  const output = (await read(manifest.output)).data;
  note('output', 'the model', relativeError(Object.values(run.outputs)[0].data, output), outputLimit);
  const cosineLimit = Math.max(1 - LIMITS.cosine, ROUNDING.cosine * own.gradient);
  for (const layer of layers) {
    const limit = Math.max(LIMITS.relative, ROUNDING.relative * layer.own.activation);
    const read1 = async (of, key) => [of[layer.id].data, (await read(layer[key])).data];
    note('activation', layer.id, relativeError(...(await read1(run.activations, 'activation'))), limit);
    // Nothing after a layer whose own gradients do not jump hangs on rounding.
    const gradientLimit = layer.own.gradient > 1e-9 ? cosineLimit : 1 - LIMITS.cosine;
    note('gradient', layer.id, 1 - cosine(...(await read1(run.gradients, 'gradient'))), gradientLimit);
    note('map', layer.id, 1 - cosine(...(await read1(run.maps, 'grad-cam'))), gradientLimit);
  }
  // One map alone: now the engine folds and fuses the other layers.
  const last = ids.at(-1);
  const folded = await harness.run({ model, inputKey: 'folded', inputs, maps: [last] });
  note('output', 'the model (folded)', relativeError(Object.values(folded.outputs)[0].data, output), outputLimit);
  return row;
}
