/** Whole numbers as marks of the classes that they stand for. */
import type { NodeInput } from '../../../graph/model-graph';
import type { MakeConstant, Operation, Term } from '../nodes/operation';
import { apply, binary, expandDims, reduce } from '../nodes/terms';

const range = (count: number): Float32Array => Float32Array.from({ length: count }, (_, i) => i);

/** Whole numbers as marks: Keras' `encode_categorical_inputs`. */
export function encoded(
  x: NodeInput | Operation,
  shape: readonly (number | null)[],
  mode: string,
  depth: number,
  constant: MakeConstant
): Operation {
  const classes = constant({ shape: [depth], values: range(depth) });
  const marked = (of: Term): Operation => binary('equal', expandDims(apply('trunc', of), -1), classes);
  if (mode === 'one_hot') {
    const isSingle = shape.length > 1 && shape[shape.length - 1] === 1;
    return marked(isSingle ? { op: 'op:squeeze', attributes: { axis: [-1] }, inputs: [x] } : x);
  }
  return reduce(mode === 'count' ? 'sum' : 'max', marked(x), [1], false);
}
