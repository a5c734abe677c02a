/** Layers that are made of operators once the shape of their input is known. */
import { isComposed } from '../../../graph/classes/encoding';
import type { Attributes, NodeInput } from '../../../graph/model-graph';
import { message } from '../../../messages/message';
import type { Grow, MakeConstant, Operation, Term } from '../nodes/operation';
import { apply, binary, expandDims, reduce } from '../operators/terms';

/** What a layer of this class is made of; null for others. */
export function composition(op: string, attributes: Attributes): Grow | null {
  if (!isComposed(op)) {
    return null;
  }
  return ([x, ...further], [shape], constant) => {
    if (further.length > 0) {
      return message('is called with weights for what it counts');
    }
    return op === 'CategoryEncoding'
      ? encoded(x, shape, String(attributes.output_mode), Number(attributes.num_tokens), constant)
      : discretised(x, shape, attributes, constant);
  };
}

const range = (count: number): Float32Array => Float32Array.from({ length: count }, (_, i) => i);

/** Whole numbers as marks: Keras' `encode_categorical_inputs`. */
function encoded(
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

/** The number of the bin that each value falls into, or its marks. */
function discretised(
  x: NodeInput,
  shape: readonly (number | null)[],
  { bin_boundaries: given, output_mode: mode }: Attributes,
  constant: MakeConstant
): ReturnType<Grow> {
  const bounds = Array.isArray(given) ? given.map(Number) : [];
  if (bounds.length === 0) {
    return message('has not been adapted to data: its bins are not in the file');
  }
  const edges = constant({ shape: [bounds.length], values: Float32Array.from(bounds) });
  const bins = reduce('sum', binary('greater_equal', expandDims(x, -1), edges), [-1], false);
  return mode === 'int' || mode === null || mode === undefined
    ? bins
    : encoded(bins, shape, String(mode), bounds.length + 1, constant);
}
