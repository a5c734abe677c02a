/** Rules that expand operators, which are no layers of Keras, into steps. */
import { axisOf, numberOf, numbersOf } from '../../graph/attributes';
import { movedOrder } from '../../graph/classes/operators';
import { picksOf } from '../../graph/classes/picks';
import type { GraphNode } from '../../graph/model-graph';
import { activationOf } from './activation-choice';
import { plain, type Rule } from './rule';

/** The axes of an operator as counted from the front, in order; `rank` is that of the tensor which they count in. */
const axesOf = (node: GraphNode, rank: number): number[] =>
  numbersOf(node.attributes, 'axis', [])
    .map(axis => axisOf(axis, rank))
    .sort((a, b) => a - b);

const reduced: Rule = {
  expand(chain, node) {
    const { keepdims, kind } = node.attributes;
    const gone = keepdims === true ? 0 : numbersOf(node.attributes, 'axis', []).length;
    chain.push('reduce', { kind, keepdims, axes: axesOf(node, node.outputShape.length + gone) });
  }
};

/** Its axes stay in the order given, by which the first of equal values is found. */
const quantile: Rule = {
  expand(chain, { attributes, outputShape }) {
    const given = numbersOf(attributes, 'axis', []);
    const rank = outputShape.length + (attributes.keepdims === true ? 0 : given.length);
    chain.push('quantile', { ...attributes, axes: given.map(axis => axisOf(axis, rank)) });
  }
};

const expandedDims: Rule = {
  expand: (chain, node) => axesOf(node, node.outputShape.length).forEach(dim => chain.push('expandDims', { dim }))
};

const squeezed: Rule = {
  expand(chain, node) {
    const axes = axesOf(node, node.outputShape.length + numbersOf(node.attributes, 'axis', []).length);
    axes.reverse().forEach(dim => chain.push('squeeze', { dim }));
  }
};

const flipped: Rule = {
  expand(chain, node) {
    const { outputShape: shape } = node;
    axesOf(node, shape.length).forEach(axis => {
      const size = shape[axis] ?? 0;
      chain.push('pick', { axis, positions: Array.from({ length: size }, (_, i) => size - 1 - i) });
    });
  }
};

const sliced: Rule = {
  expand(chain, { attributes }) {
    picksOf(attributes).forEach(pick => chain.push('pick', pick));
    const { begin, size, drop } = attributes;
    chain.push('slice', { begin, size, drop });
    numbersOf(attributes, 'add', []).forEach(dim => chain.push('expandDims', { dim }));
  }
};

const movedAxis: Rule = {
  expand(chain, { attributes, outputShape }) {
    const [source, destination] = [numbersOf(attributes, 'source', []), numbersOf(attributes, 'destination', [])];
    chain.push('transpose', { order: movedOrder(source, destination, outputShape.length) });
  }
};

export const operatorRules: Readonly<Record<string, Rule>> = {
  'op:add': plain('add'),
  'op:subtract': plain('subtract'),
  'op:multiply': plain('multiply'),
  'op:divide': plain('divide'),
  'op:true_divide': plain('divide'),
  'op:maximum': plain('maximum'),
  'op:minimum': plain('minimum'),
  'op:concatenate': plain('concatenate'),
  'op:activation': {
    expand: (chain, node) => chain.activate(activationOf(node.attributes.activation, node.attributes))
  },
  'op:binary': plain('binary'),
  'op:where': plain('where'),
  'op:stack': { expand: (chain, node) => chain.push('stack', { axis: numberOf(node.attributes, 'axis', 0) }) },
  'op:cumprod': plain('cumprod'),
  'op:cumsum': plain('cumsum'),
  'op:band': plain('band'),
  'op:diagonal': plain('diagonal'),
  'op:local_response': plain('localResponse'),
  'op:einsum': plain('einsum'),
  'op:matmul': plain('matMul'),
  'op:stop_gradient': plain('stopGradient'),
  'op:pad': plain('pad'),
  'op:depth_to_space': plain('depthToSpace'),
  'op:space_to_depth': plain('spaceToDepth'),
  'op:merge_steps': plain('mergeSteps'),
  'op:split_steps': plain('splitSteps'),
  'op:slice': sliced,
  'op:flip': flipped,
  'op:sorted': plain('sorted'),
  'op:sorted_positions': plain('sortedPositions'),
  'op:take_along': plain('takeAlong'),
  'op:quantile': quantile,
  'op:whole_numbers': plain('wholeNumbers'),
  'op:hashed': plain('hashed'),
  'op:equalized_tiles': plain('equalizedTiles'),
  'op:inverse': plain('inverse'),
  'op:projective': plain('projective'),
  'op:qr': plain('qr'),
  'op:pseudo_inverse': plain('pseudoInverse'),
  'op:matrix_rank': plain('matrixRank'),
  'op:determinant': plain('determinant'),
  'op:cholesky': plain('cholesky'),
  'op:function': plain('elementFunction'),
  'op:reduce': reduced,
  'op:expand_dims': expandedDims,
  'op:squeeze': squeezed,
  'op:moveaxis': movedAxis
};
