/**
 * A fault of Keras 3 on TensorFlow, up to 3.15 at least: what is added and has one long
 * axis is taken for a bias, of the last axis if that is as long, else of the first behind
 * the batch, whichever it was meant for (keras/src/backend/tensorflow/numpy.py, `add`).
 */
import { type Shape, type WeightRef } from '../../../graph/model-graph';
import { type Message, message } from '../../../messages/message';
import type { FlatNode } from './flat-node';

/** True if Keras 3 adds along another axis than broadcasting does. */
function isMisplaced(x: Shape, added: readonly number[]): boolean {
  const long = added.flatMap((size, i) => (size > 1 ? [{ size, axis: i + x.length - added.length }] : []));
  if (long.length !== 1 || x.length < 2) {
    return false;
  }
  const [{ size, axis }] = long;
  const taken = x[x.length - 1] === size ? x.length - 1 : x[1] === size ? 1 : axis;
  return taken !== axis;
}

/** The shape of the array that an operator adds; none of a number or a tensor. */
const addedArray = ({ inputs }: FlatNode, constants: ReadonlyMap<string, WeightRef>): readonly number[] =>
  inputs.slice(1).flatMap(input => ('node' in input ? (constants.get(input.node)?.shape ?? []) : []));

/** The shape in which a layer adds its bias; none of layers that add it otherwise. */
function addedBias({ op, attributes }: FlatNode, output: Shape, bias: WeightRef | undefined): readonly number[] {
  if (bias && /Conv\d/.test(op) && attributes.data_format === 'channels_first') {
    return [...bias.shape, ...output.slice(2).map(() => 1)];
  }
  return bias && op === 'EinsumDense' ? bias.shape : [];
}

/** Words on a layer, or an operator, of which Keras 3's numbers would be those of that fault; null of others. */
export function misplacedBias(
  node: FlatNode,
  inputs: readonly Shape[],
  output: Shape,
  weights: Readonly<Record<string, WeightRef>>,
  constants: ReadonlyMap<string, WeightRef>
): Message | null {
  const isOperator = node.op === 'op:add';
  const added = isOperator ? addedArray(node, constants) : addedBias(node, output, weights.bias);
  return isMisplaced(isOperator ? (inputs[0] ?? []) : output, added)
    ? message(
        'The layer %1 (%2) adds %3 numbers along one axis while another has as many: Keras 3 adds them along the wrong one, so GradLens does not run it.',
        node.id,
        node.className,
        added.reduce((a, b) => a * b, 1)
      )
    : null;
}
