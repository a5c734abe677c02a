/**
 * Pictures whose model takes them without an axis of channels, (n, h, w): MNIST as it is
 * in Keras. They get one of size 1, so that all that is for pictures is for them too.
 */
import type { Shape } from '../../../graph/model-graph';
import { shapeOf } from '../config/json';
import { type FlatNode, readersOf } from './flat-node';

/** Changes each value by itself, whatever the axes are. */
const POINTWISE = new Set([
  'Rescaling',
  'Activation',
  'ReLU',
  'Identity',
  'Dropout',
  'GaussianNoise',
  'op:function',
  'op:add',
  'op:subtract',
  'op:multiply',
  'op:divide'
]);

/** Below this many rows or columns, what is flattened is taken for a signal of some channels. */
const FEWEST_CELLS = 12;

/** Of a picture, one side is not so many times as long as the other. */
const LONGEST = 4;

/** True of an operator's input that has no axes: a number. */
const isNumber = (input: FlatNode['inputs'][number]): boolean => 'constant' in input;

/** The nodes, with an axis of channels where an input is a picture without one. */
export function withChannelAxis(nodes: readonly FlatNode[]): readonly FlatNode[] {
  const readers = readersOf(nodes);
  const changed = new Map<string, FlatNode>();
  for (const node of nodes) {
    const shape =
      node.op === 'InputLayer' ? shapeOf(node.attributes.batch_shape ?? node.attributes.batch_input_shape) : null;
    if (shape?.length !== 3) {
      continue;
    }
    const own = new Map<string, FlatNode>();
    if (isPicture(node.id, shape, readers, own)) {
      changed.set(node.id, { ...node, attributes: { ...node.attributes, batch_shape: [...shape, 1] } });
      own.forEach((reader, id) => changed.set(id, reader));
    }
  }
  return changed.size === 0 ? nodes : nodes.map(node => changed.get(node.id) ?? node);
}

/** True if all that reads the value takes it for a picture; `changed` gets what then changes nothing. */
function isPicture(
  id: string,
  shape: Shape,
  readers: ReturnType<typeof readersOf>,
  changed: Map<string, FlatNode>
): boolean {
  const [, height, width] = shape;
  const all = readers.get(id) ?? [];
  return (
    all.length > 0 &&
    all.every(node => {
      const { op, attributes } = node;
      if (node.problem) {
        return false;
      }
      const target = attributes.target_shape;
      const addsChannels =
        (op === 'op:expand_dims' && [[-1], [3]].some(axis => String(axis) === String(attributes.axis))) ||
        (op === 'Reshape' && Array.isArray(target) && String(target) === String([height, width, 1]));
      if (addsChannels) {
        changed.set(node.id, { ...node, op: 'Identity', attributes: {} });
        return true;
      }
      if (op === 'Flatten') {
        const [shorter, longer] = [height ?? 0, width ?? 0].sort((a, b) => a - b);
        return shorter >= FEWEST_CELLS && longer < LONGEST * shorter;
      }
      // Numbers for each column would become numbers for each channel.
      const isAlike = [attributes.scale, attributes.offset].every(value => !Array.isArray(value));
      const isPointwise =
        POINTWISE.has(op) &&
        isAlike &&
        attributes.activation !== 'softmax' &&
        node.inputs.every(input => isNumber(input) || ('node' in input && input.node === id));
      return isPointwise && isPicture(node.id, shape, readers, changed);
    })
  );
}
