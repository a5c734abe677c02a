/** TensorFlow.js layers models: `model.json` with the config that Keras wrote, and shards of weights beside it. */
import { ModelError, type ModelGraph } from '../../graph/model-graph';
import { message } from '../../messages/message';
import type { StandIns } from '../../mime/payload';
import { buildGraph } from '../keras/build-graph';
import { type Config, configAt, isConfig, listAt, parsePythonJson, stringAt } from '../keras/config/json';
import { parseModel } from '../keras/config/parse-model';
import { type FetchSibling, TfjsWeights } from './weights-tfjs';

/** Reads the model whose `model.json` this text is. Throws ModelError; null where it is JSON of something else. */
export async function readTfjs(
  text: string,
  fileName: string,
  fetchSibling: FetchSibling | null,
  standIns: StandIns
): Promise<ModelGraph | null> {
  const json = parse(text, fileName);
  if (!isConfig(json) || json.modelTopology === undefined) {
    return null;
  }
  const topology = configAt(json, 'modelTopology');
  const config = isConfig(topology.model_config) ? topology.model_config : topology;
  if (json.format === 'graph-model' || stringAt(config, 'class_name') === null) {
    throw new ModelError(
      message(
        '%1 is a TensorFlow.js graph model, whose layers were lost when it was converted. Give the Keras model that it was made from, or convert that with --output_format tfjs_layers_model.',
        fileName
      )
    );
  }
  const manifest = listAt(json, 'weightsManifest');
  if (manifest.length === 0) {
    throw new ModelError(
      message('%1 names no weights (no weightsManifest). Convert or save the model again, with its weights.', fileName)
    );
  }
  if (!fetchSibling) {
    throw new ModelError(
      message(
        '%1 keeps its weights in files beside it (%2), which cannot be fetched here. Open it from JupyterLab, or give a .keras or .h5 file.',
        fileName,
        shardNames(manifest)
      )
    );
  }
  const spec = parseModel(config, fileName, standIns);
  return buildGraph(spec, await TfjsWeights.load(manifest, fetchSibling, fileName), {
    fileName,
    format: 'tfjs-layers',
    kerasVersion: stringAt(topology, 'keras_version') ?? versionIn(json),
    training: topology.training_config,
    dispose: () => undefined
  });
}

function parse(text: string, fileName: string): unknown {
  try {
    return parsePythonJson(text, fileName);
  } catch (error) {
    if (error instanceof ModelError) {
      throw error;
    }
    throw new ModelError(
      message('%1 begins like JSON but is damaged, or cut short. Copy or download it again.', fileName)
    );
  }
}

const shardNames = (manifest: readonly unknown[]): string =>
  manifest
    .filter(isConfig)
    .flatMap(group => listAt(group, 'paths'))
    .slice(0, 3)
    .join(', ');

/** `generatedBy: "keras v2.15.0"`. */
function versionIn(json: Config): string | null {
  return /^(?:tensorflow )?keras v(\d+(?:\.\d+)*)/i.exec(stringAt(json, 'generatedBy') ?? '')?.[1] ?? null;
}
