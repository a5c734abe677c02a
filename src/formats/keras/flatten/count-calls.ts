/** Numbers the calls and outputs of a model's layers as references to them do. */
import { type ModelSpec, type TensorRef, tensorsIn } from '../config/spec';
import { isWrapper } from '../config/wrappers';

export interface CallCounts {
  /** The number that the layers reading a nested model give to its first call. */
  firstRead: ReadonlyMap<string, number>;
  /** The same, by the outputs of the model around it. */
  firstOutput: ReadonlyMap<string, number>;
  /** Number of a layer's outputs up to the last that others take. */
  usedOutputs: ReadonlyMap<string, number>;
}

/**
 * To Keras 2 the making of a model with inputs is its first call. Keras 3 counts so for
 * the outputs that a Functional model gives out, and not for the layers that read it, nor
 * for a Sequential. Where the file shows which it is, believe the file.
 */
export function countCalls(spec: ModelSpec, isKeras2: boolean): CallCounts {
  const reads = spec.layers.flatMap(layer => layer.calls.flatMap(call => tensorsIn([...call.args, call.kwargs])));
  const usedOutputs = new Map<string, number>();
  [...reads, ...spec.outputs].forEach(({ layer, output }) =>
    usedOutputs.set(layer, Math.max(usedOutputs.get(layer) ?? 1, output + 1))
  );
  const nested = spec.layers.filter(({ model, className }) => model && !isWrapper(className));
  const firstOf = (refs: readonly TensorRef[], usual: (model: ModelSpec) => 0 | 1): Map<string, number> =>
    new Map(
      nested.map(({ name, model, calls }) => {
        const indices = refs.filter(ref => ref.layer === name).map(ref => ref.call);
        return [name, indices.includes(0) ? 0 : indices.includes(calls.length) ? 1 : usual(model!)];
      })
    );
  const byKeras2 = (model: ModelSpec): 0 | 1 => (model.hasInputs ? 1 : 0);
  return {
    firstRead: firstOf(reads, isKeras2 ? byKeras2 : () => 0),
    firstOutput: firstOf(spec.outputs, isKeras2 ? byKeras2 : ({ kind }) => (kind === 'Functional' ? 1 : 0)),
    usedOutputs
  };
}
