/** All that happens to a file's bytes when a model is opened, for conformance/fuzz. */
import { OpenModel } from '../../src/engine/model/open-model';
import { EngineError } from '../../src/engine/protocol/errors';
import { summarize } from '../../src/engine/worker/summarize';
import { readModel } from '../../src/formats';
import { libraryGeneration } from '../../src/formats/containers/hdf5-module';
import { ModelError } from '../../src/graph/model-graph';

export { libraryGeneration };

/** `model`, `refused` by a typed error with a sentence, or the stack of anything else. */
export async function open(bytes: Uint8Array, name: string, shard: Uint8Array): Promise<string> {
  try {
    const graph = await readModel(bytes, name, () => Promise.resolve(shard));
    try {
      const about = summarize(graph, { model: name, name }, bytes.length);
      new OpenModel(graph, { ...about, fingerprint: { size: bytes.length, hash: '' } });
      graph.nodes.forEach(node => Object.values(node.weights).forEach(weight => weight.read()));
    } finally {
      graph.dispose();
    }
    return 'model';
  } catch (error) {
    const typed = error instanceof ModelError || error instanceof EngineError;
    const readable = typed && error.message.length > 20 && error.message.length < 2000;
    return readable ? 'refused' : `${error instanceof Error ? error.stack : String(error)}`;
  }
}
