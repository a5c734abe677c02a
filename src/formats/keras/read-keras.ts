/** Keras' two file formats to the ModelGraph. */
import { ModelError, type ModelGraph } from '../../graph/model-graph';
import { type Message, message } from '../../messages/message';
import type { StandIns } from '../../mime/payload';
import { Hdf5File } from '../containers/hdf5';
import type { ZipArchive } from '../containers/zip';
import { buildGraph } from './build-graph';
import { isConfig, MOST_JSON, parsePythonJson, stringAt } from './config/json';
import { parseModel } from './config/parse-model';
import { archiveWeights } from './weights/archive-weights';
import { H5Weights } from './weights/weights-h5';

const CONFIG = 'config.json';
const METADATA = 'metadata.json';

/** `.keras`: a zip archive of a config, metadata and HDF5 files of weights. */
export async function readKerasZip(archive: ZipArchive, fileName: string, standIns: StandIns): Promise<ModelGraph> {
  const config = parseJson(decode(archive.read(CONFIG, MOST_JSON)), fileName);
  const spec = parseModel(config, fileName, standIns);
  const metadata = archive.has(METADATA) ? parseJson(decode(archive.read(METADATA, MOST_JSON)), fileName) : null;
  const weights = await archiveWeights(archive, fileName);
  return closingOnError(weights, () =>
    buildGraph(spec, weights.source, {
      fileName,
      format: 'keras-zip',
      // Of an architecture by itself, Keras 2 says there who wrote it.
      kerasVersion: versionIn(metadata) ?? versionIn(config) ?? weights.kerasVersion,
      training: isConfig(config) ? config.compile_config : undefined,
      dispose: () => weights.close()
    })
  );
}

const versionIn = (json: unknown): string | null => (isConfig(json) ? stringAt(json, 'keras_version') : null);

/** Legacy `.h5`: the config in an attribute, weights in groups by layer name. */
export async function readKerasH5(bytes: Uint8Array, fileName: string, standIns: StandIns): Promise<ModelGraph> {
  const file = await Hdf5File.open(bytes, fileName);
  return closingOnError(file, () => {
    const config = file.text('/', 'model_config');
    if (config === null) {
      throw new ModelError(reasonWithoutConfig(file, fileName));
    }
    const spec = parseModel(parseJson(config, fileName), fileName, standIns);
    if (!file.hasGroup('model_weights')) {
      throw new ModelError(
        message(
          "%1 holds a model's configuration but no weights (model_weights). Save the model again with model.save().",
          fileName
        )
      );
    }
    return buildGraph(spec, new H5Weights(file, 'model_weights'), {
      fileName,
      format: 'keras-h5',
      kerasVersion: file.text('/', 'keras_version') ?? file.text('model_weights', 'keras_version'),
      training: trainingIn(file),
      dispose: () => file.close()
    });
  });
}

/** How a model was trained decides words only: what cannot be read is as if it were not there. */
function trainingIn(file: Hdf5File): unknown {
  try {
    return parsePythonJson(file.text('/', 'training_config') ?? 'null', file.name);
  } catch {
    return null;
  }
}

function closingOnError(file: { close(): void }, build: () => ModelGraph): ModelGraph {
  try {
    return build();
  } catch (error) {
    file.close();
    throw error;
  }
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

function parseJson(text: string, fileName: string): unknown {
  try {
    return parsePythonJson(text, fileName);
  } catch (error) {
    if (error instanceof ModelError) {
      throw error;
    }
    throw new ModelError(
      message("%1 is damaged: the model's configuration in it is not valid JSON. Save or download it again.", fileName)
    );
  }
}

function reasonWithoutConfig(file: Hdf5File, fileName: string): Message {
  const weightsOnly =
    file.texts('/', 'layer_names') !== null ||
    file.hasGroup('_layer_checkpoint_dependencies') ||
    (file.hasGroup('layers') && file.hasGroup('vars'));
  return weightsOnly
    ? message(
        'The file %1 holds weights only, and no layers (no model_config). Write the layers to a file with model.to_json() and give both, gradlens.show("model.json", …, weights="%1"), or save the whole with model.save().',
        fileName
      )
    : message(
        '%1 is an HDF5 file, but not one by Keras (no model_config). Save the model with model.save("model.keras") or model.save("model.h5").',
        fileName
      );
}
