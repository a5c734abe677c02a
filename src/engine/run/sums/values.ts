/** Values made of one value of each input: merging layers, and layers that pass values on. */
import { axisOf, edgesOf, numberOf, numbersOf, pairOf, stringOf } from '../../../graph/attributes';
import type { GraphNode } from '../../../graph/model-graph';
import type { Step } from '../../plan/step';
import type { TensorData } from '../../protocol/protocol';
import { type CellOf, indexOf, type ValueOperator, type ValueParts } from '../../protocol/sums';
import { layoutOf, placeOf, valueOf } from './space';

/** Made by these steps of one value of each input. */
const OPERATORS: Readonly<Record<string, ValueOperator>> = {
  add: 'add',
  subtract: 'subtract',
  multiply: 'multiply',
  average: 'average',
  maximum: 'maximum',
  minimum: 'minimum'
};

const COMBINED: Readonly<Record<ValueOperator, (values: number[]) => number>> = {
  copy: ([value]) => value,
  add: values => values.reduce((a, b) => a + b, 0),
  subtract: ([a, b]) => a - b,
  multiply: values => values.reduce((a, b) => a * b, 1),
  average: values => values.reduce((a, b) => a + b, 0) / values.length,
  maximum: values => Math.max(...values),
  minimum: values => Math.min(...values)
};

/** Null where a step is none such. */
export function valuesAt(
  node: GraphNode,
  step: Step,
  at: readonly number[],
  read: (layer: string) => TensorData
): ValueParts | null {
  const operator = OPERATORS[step.op];
  if (operator) {
    const terms = node.inputs.map(input => {
      if ('constant' in input) {
        return { of: null, value: input.constant };
      }
      const sizes = read(input.node).shape.slice(1);
      const skipped = at.length - sizes.length;
      // As arrays broadcast: axes of one cell are repeated, and missing ones stand in front.
      return term({ layer: input.node, at: sizes.map((size, i) => (size === 1 ? 0 : at[skipped + i])) }, read);
    });
    return partsOf(operator, terms);
  }
  const source = originOf(node, step, at, read);
  return source && partsOf('copy', [source === 'zero' ? { of: null, value: 0 } : term(source, read)]);
}

const term = (of: CellOf, read: (layer: string) => TensorData): ValueParts['terms'][number] => ({
  of,
  value: valueOf(read(of.layer), of.at)
});

const partsOf = (operator: ValueOperator, terms: ValueParts['terms']): ValueParts => ({
  kind: 'values',
  operator,
  terms,
  total: COMBINED[operator](terms.map(({ value }) => value))
});

/** The value that is passed on; null where that is not known. */
function originOf(
  node: GraphNode,
  step: Step,
  at: readonly number[],
  read: (layer: string) => TensorData
): CellOf | 'zero' | null {
  const [input] = node.inputs;
  if (!input || 'constant' in input) {
    return null;
  }
  const layer = input.node;
  const sizes = read(layer).shape.slice(1);
  const { attributes } = node;
  const layout = layoutOf(node);
  const moved = (row: number, column: number): CellOf | 'zero' => {
    const { channel } = placeOf(layout, at);
    const size = placeOf(layout, sizes);
    const isInside =
      column >= 0 && column < size.column && (layout.startsWith('signal') || (row >= 0 && row < size.row));
    return isInside ? { layer, at: indexOf(layout, { row, column, channel }) } : 'zero';
  };
  switch (step.op) {
    case 'identity':
    case 'stopGradient':
      return sizes.length === at.length ? { layer, at: [...at] } : null;
    case 'zeroPadding2d': {
      const [[top], [left]] = edgesOf(step.attributes, 'padding');
      const { row, column } = placeOf(layout, at);
      return moved(row - top, column - left);
    }
    case 'cropping2d': {
      const [[top], [left]] = edgesOf(step.attributes, 'cropping');
      const { row, column } = placeOf(layout, at);
      return moved(row + top, column + left);
    }
    case 'upSampling2d': {
      const [down, across] = pairOf(step.attributes, 'size', 2);
      const { row, column } = placeOf(layout, at);
      return stringOf(step.attributes, 'interpolation', 'nearest') === 'nearest'
        ? moved(Math.floor(row / down), Math.floor(column / across))
        : null;
    }
    case 'flatten':
      return attributes.data_format === 'channels_first' && sizes.length > 1
        ? { layer, at: channelFirst(unravelled(at[0], [...sizes.slice(1), sizes[0]])) }
        : { layer, at: unravelled(at[0], sizes) };
    case 'reshape': {
      const own = node.outputShape.slice(1);
      const known = own.every(size => size !== null);
      return known ? { layer, at: unravelled(ravelled(at, own as number[]), sizes) } : null;
    }
    case 'concatenate':
      return joined(node, step, at, read);
    case 'transpose': {
      const order = numbersOf(step.attributes, 'order', []).slice(1);
      const source = Array<number>(at.length).fill(0);
      order.forEach((axis, i) => (source[axis - 1] = at[i]));
      return order.length === at.length ? { layer, at: source } : null;
    }
    default:
      return null;
  }
}

function joined(
  node: GraphNode,
  step: Step,
  at: readonly number[],
  read: (layer: string) => TensorData
): CellOf | null {
  const axis = axisOf(numberOf(step.attributes, 'axis', -1), at.length + 1) - 1;
  let before = 0;
  for (const input of node.inputs) {
    if ('constant' in input) {
      return null;
    }
    const size = read(input.node).shape[axis + 1];
    if (at[axis] < before + size) {
      return { layer: input.node, at: at.map((i, along) => (along === axis ? i - before : i)) };
    }
    before += size;
  }
  return null;
}

const channelFirst = (last: number[]): number[] => [last[last.length - 1], ...last.slice(0, -1)];

const ravelled = (at: readonly number[], sizes: readonly number[]): number =>
  at.reduce((offset, i, axis) => offset * sizes[axis] + i, 0);

function unravelled(offset: number, sizes: readonly number[]): number[] {
  const at: number[] = [];
  for (let axis = sizes.length - 1, rest = offset; axis >= 0; axis--) {
    at.unshift(rest % sizes[axis]);
    rest = Math.floor(rest / sizes[axis]);
  }
  return at;
}
