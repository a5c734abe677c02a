/** Operators that sum products, as `op:matmul` or as `op:einsum`: both need the shapes of their inputs. */
import { axisOf } from '../../../graph/attributes';
import type { Shape } from '../../../graph/model-graph';
import { message } from '../../../messages/message';
import type { FlatNode } from './flat-node';

const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** Letters for the axes of each input and of the output, and axes of size 1 that are left out of an input. */
interface Equation {
  labels: string[];
  output: string;
  squeeze?: number[][];
}

/** The node as `op:einsum` or `op:matmul`, with words if it can be neither; null where it is no such operator. */
export function contractionOf(node: FlatNode, inputs: readonly Shape[]): FlatNode | null {
  if (node.op !== 'op:contract') {
    return null;
  }
  if (isPlainMatmul(node.attributes, inputs)) {
    return { ...node, op: 'op:matmul', attributes: {} };
  }
  const equation = equationOf(node.attributes, inputs);
  if (!equation || equation.labels.some(labels => new Set(labels).size < labels.length)) {
    return { ...node, problem: message('sums products along axes in a way that GradLens does not know') };
  }
  const { labels, output, squeeze } = equation;
  const samples = labels.filter((_, i) => inputs[i][0] === null).map(word => word[0]);
  if (samples.length === 0 || samples.some(letter => letter !== output[0])) {
    return { ...node, problem: message('works along the axis of samples, which GradLens cannot run') };
  }
  return {
    ...node,
    op: 'op:einsum',
    attributes: { labels: labels.join(','), output, ...(squeeze ? { squeeze } : {}) }
  };
}

/** True of two tensors with the same axes before the last two, as attention multiplies them. */
function isPlainMatmul({ kind, transpose_a, transpose_b }: FlatNode['attributes'], [a, b]: readonly Shape[]): boolean {
  return (
    kind === 'matmul' &&
    transpose_a !== true &&
    transpose_b !== true &&
    a.length > 2 &&
    a.length === b.length &&
    a.slice(0, -2).every((size, i) => size === b[i])
  );
}

function equationOf(attributes: FlatNode['attributes'], inputs: readonly Shape[]): Equation | null {
  switch (attributes.kind) {
    case 'matmul':
      return matmul(attributes, inputs);
    case 'einsum':
      return einsum(String(attributes.equation), inputs);
    case 'dot':
      return alongAxes(inputs, [-1], [inputs[1].length > 1 ? -2 : -1]);
    case 'inner':
      return alongAxes(inputs, [-1], [-1]);
    default:
      return tensordot(attributes.axes, inputs);
  }
}

/** Of matrices, with the axes before them broadcast. */
function matmul({ transpose_a, transpose_b }: FlatNode['attributes'], [a, b]: readonly Shape[]): Equation | null {
  if (a.length < 2 || b.length < 1) {
    return null;
  }
  const [m, k, n] = ['x', 'y', 'z'];
  const rank = Math.max(a.length, b.length) - 2;
  const outer = LETTERS.slice(0, Math.max(rank, 0));
  const isVector = b.length === 1;
  const wordOf = (shape: Shape, other: Shape, last: string): { word: string; squeeze: number[] } => {
    const before = shape.slice(0, -2);
    const start = outer.length - before.length;
    const otherStart = outer.length - Math.max(other.length - 2, 0);
    const isSpread = (axis: number): boolean =>
      before[axis] === 1 && start + axis >= otherStart && other[start + axis - otherStart] !== 1;
    const squeeze = [...before.keys()].filter(isSpread);
    const letters = [...before.keys()].filter(axis => !isSpread(axis)).map(axis => outer[start + axis]);
    return { word: letters.join('') + last, squeeze };
  };
  const left = wordOf(a, b, transpose_a === true ? k + m : m + k);
  const right = isVector ? { word: k, squeeze: [] } : wordOf(b, a, transpose_b === true ? n + k : k + n);
  return {
    labels: [left.word, right.word],
    output: outer + m + (isVector ? '' : n),
    squeeze: [left.squeeze, right.squeeze]
  };
}

/** `ij,jk->ik`, also with `...` and without an output, whose letters then are those that stand once. */
function einsum(text: string, inputs: readonly Shape[]): Equation | null {
  const [left, given] = text.replace(/\s/g, '').split('->');
  const words = left.split(',');
  if (words.length !== inputs.length || /[^a-zA-Z.,]/.test(left + (given ?? ''))) {
    return null;
  }
  const used = new Set(text);
  const free = [...LETTERS].filter(letter => !used.has(letter));
  const dots = words.map((word, i) => (word.includes('...') ? inputs[i].length - word.length + 3 : 0));
  if (dots.some(count => count < 0)) {
    return null;
  }
  const most = free.slice(0, Math.max(...dots));
  const spelt = (word: string, count: number): string => word.replace('...', most.slice(most.length - count).join(''));
  const labels = words.map((word, i) => spelt(word, dots[i]));
  const once = [...new Set(labels.join(''))].filter(
    letter => !most.includes(letter) && labels.join('').split(letter).length === 2
  );
  const output = given === undefined ? most.join('') + once.sort().join('') : spelt(given, most.length);
  const fits = labels.every((word, i) => word.length === inputs[i].length);
  return fits && [...output].every(letter => labels.join('').includes(letter)) ? { labels, output } : null;
}

/** The first input's axes `left` summed with the second's `right`; the others one after another. */
function alongAxes([a, b]: readonly Shape[], left: number[], right: number[]): Equation {
  const first = LETTERS.slice(0, a.length);
  const second = [...LETTERS.slice(a.length, a.length + b.length)];
  const [from, to] = [left.map(axis => axisOf(axis, a.length)), right.map(axis => axisOf(axis, b.length))];
  to.forEach((axis, i) => (second[axis] = first[from[i]]));
  const output = [...first].filter((_, axis) => !from.includes(axis)).join('');
  return {
    labels: [first, second.join('')],
    output: output + second.filter((_, axis) => !to.includes(axis)).join('')
  };
}

/** `axes`: how many of the last and first axes, or the axes of each input. */
function tensordot(axes: unknown, inputs: readonly Shape[]): Equation | null {
  if (typeof axes === 'number') {
    const range = Array.from({ length: axes }, (_, i) => i);
    return alongAxes(
      inputs,
      range.map(i => i - axes),
      range
    );
  }
  const [left, right] = Array.isArray(axes) ? (axes as unknown[]).map(part => [part].flat() as number[]) : [];
  const areAxes = [left, right].every(part => part?.every(axis => Number.isInteger(axis)));
  return areAxes && left.length === right.length ? alongAxes(inputs, left, right) : null;
}
