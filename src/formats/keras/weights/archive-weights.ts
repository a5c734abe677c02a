/**
 * The weights in an archive: one file, or shards that an index names. Beside Keras' own archives
 * there are those that gradlens/_model/cache.py packs of an architecture and its weights.
 */
import { ModelError } from '../../../graph/model-graph';
import { message } from '../../../messages/message';
import { Hdf5File } from '../../containers/hdf5';
import { Hdf5Parts, type Hdf5Tree } from '../../containers/hdf5-parts';
import type { ZipArchive } from '../../containers/zip';
import { configAt, isConfig, MOST_JSON, parsePythonJson } from '../config/json';
import type { WeightSource } from './weight-source';
import { H5Weights } from './weights-h5';
import { KerasWeights } from './weights-keras';

const WEIGHTS = 'model.weights.h5';
/** By `save_weights(…, max_shard_size=…)`: which file has what. */
const INDEX = 'model.weights.json';

export interface ArchiveWeights {
  source: WeightSource;
  /** Its path inside the file of weights. */
  kerasVersion: string | null;
  close(): void;
}

/** Throws ModelError where there are none, or a shard is missing. */
export async function archiveWeights(archive: ZipArchive, fileName: string): Promise<ArchiveWeights> {
  const file = await open(archive, fileName);
  // By save_weights() of Keras 2, or a whole model of which the weights are taken.
  const root = file.hasGroup('model_weights') ? 'model_weights' : '';
  const isLegacy = file.texts(root || '/', 'layer_names') !== null;
  return {
    source: isLegacy ? new H5Weights(file, root) : new KerasWeights(file),
    kerasVersion: isLegacy ? (file.text('/', 'keras_version') ?? file.text(root || '/', 'keras_version')) : null,
    close: () => file.close()
  };
}

async function open(archive: ZipArchive, fileName: string): Promise<Hdf5Tree> {
  const names = archive.has(WEIGHTS) ? [WEIGHTS] : archive.has(INDEX) ? shards(archive, fileName) : [];
  const missing = names.find(name => !archive.has(name));
  if (names.length === 0 || missing !== undefined) {
    throw new ModelError(
      message(
        "%1 holds a model's configuration but no weights (%2). Save the model again with model.save().",
        fileName,
        missing ?? WEIGHTS
      )
    );
  }
  const files: Hdf5File[] = [];
  try {
    for (const name of names) {
      files.push(await Hdf5File.open(archive.read(name), fileName));
    }
  } catch (error) {
    files.forEach(file => file.close());
    throw error;
  }
  return files.length === 1 ? files[0] : new Hdf5Parts(files);
}

/** The files that the index names: as a name, or as a list of those over which a layer is spread. */
function shards(archive: ZipArchive, fileName: string): string[] {
  let index: unknown;
  try {
    index = parsePythonJson(new TextDecoder().decode(archive.read(INDEX, MOST_JSON)), fileName);
  } catch (error) {
    if (error instanceof ModelError) {
      throw error;
    }
    throw new ModelError(
      message('%1 is damaged: %2 in it cannot be read. Save or download it again.', fileName, INDEX)
    );
  }
  const map = isConfig(index) ? configAt(index, 'weight_map') : {};
  return [...new Set(Object.values(map).flat())].filter(name => typeof name === 'string').sort();
}
