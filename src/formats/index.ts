/** Bytes of a model file to the ModelGraph, whatever the format. */
import { ModelError, type ModelGraph } from '../graph/model-graph';
import { mapValues, message, messageOf } from '../messages/message';
import type { StandIns } from '../mime/payload';
import { ZipArchive } from './containers/zip';
import { readKerasH5, readKerasZip } from './keras/read-keras';
import { isJson, reasonNotAModel, sniff } from './sniff';
import { readTfjs } from './tfjs/read-tfjs';
import type { FetchSibling } from './tfjs/weights-tfjs';

/**
 * Reads a model by its content, not its name: `.keras`, legacy `.h5`, or a
 * TensorFlow.js `model.json`, whose weights `fetchSibling` gets from beside
 * it. `fileName` is for messages; `standIns` are for layers that exist only as code. The bytes are not copied: leave them
 * unchanged until the graph's `dispose()`. Throws ModelError.
 */
export async function readModel(
  bytes: Uint8Array,
  fileName: string,
  fetchSibling: FetchSibling | null = null,
  standIns: StandIns = {}
): Promise<ModelGraph> {
  try {
    switch (sniff(bytes)) {
      case 'hdf5':
        return await readKerasH5(bytes, fileName, standIns);
      case 'zip': {
        const archive = new ZipArchive(bytes, fileName);
        if (archive.has('config.json')) {
          return await readKerasZip(archive, fileName, standIns);
        }
        throw new ModelError(reasonNotAModel(bytes, fileName, archive.names));
      }
      default: {
        const graph = isJson(bytes)
          ? await readTfjs(new TextDecoder().decode(bytes), fileName, fetchSibling, standIns)
          : null;
        if (graph) {
          return graph;
        }
        throw new ModelError(reasonNotAModel(bytes, fileName, null));
      }
    }
  } catch (error) {
    if (error instanceof ModelError || (error instanceof Error && error.name === 'AbortError')) {
      throw error;
    }
    const detail = mapValues(messageOf(error), value => value.split('\n')[0]);
    throw new ModelError(
      message('%1 is damaged and cannot be read (%2). Save or download it again.', fileName, detail)
    );
  }
}
