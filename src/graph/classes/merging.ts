import { message, MessageError } from '../../messages/message';
import { axisOf } from '../attributes';
import { flag, type LayerClass, type LayerClasses, number, numbers, pointwise, type ShapeRule } from './layer-class';
import { product, same, spellShape } from './shapes';

/** numpy's broadcasting, sizes not known giving way to sizes over 1. */
const broadcast: ShapeRule = inputs => {
  const rank = Math.max(...inputs.map(input => input.length));
  return Array.from({ length: rank }, (_, i) => {
    const sizes = inputs.map(input => (i - rank + input.length < 0 ? 1 : input[i - rank + input.length]));
    const large = [...new Set(sizes.filter(size => size !== 1 && size !== null))];
    if (large.length > 1) {
      throw new MessageError(message('cannot combine the shapes %1', inputs.map(spellShape).join(' and ')));
    }
    return large.length ? large[0] : sizes.includes(null) ? null : 1;
  });
};

/** Keras' merging layers: an input of lower rank gets its missing axes behind the batch's. */
const merged: ShapeRule = (inputs, attributes) => {
  const rank = Math.max(...inputs.map(input => input.length));
  const aligned = inputs.map(([batch, ...rest]) => [batch, ...Array<number>(rank - rest.length - 1).fill(1), ...rest]);
  return broadcast(aligned, attributes);
};

const concatenated: ShapeRule = (inputs, a) => {
  const [head] = inputs;
  const axis = axisOf(typeof a.axis === 'number' ? a.axis : -1, head.length);
  const fits = inputs.every(
    input =>
      input.length === head.length &&
      input.every((size, i) => i === axis || size === null || head[i] === null || size === head[i])
  );
  if (!fits || head[axis] === undefined) {
    throw new MessageError(
      message('cannot join the shapes %1 along axis %2', inputs.map(spellShape).join(' and '), axis)
    );
  }
  return head.map((size, i) => {
    const sizes = inputs.map(input => input[i]);
    return i === axis ? product(sizes, (x, y) => x + y, 0) : (sizes.find(other => other !== null) ?? size);
  });
};

/** Tensors of one shape along a new axis. */
const stacked: ShapeRule = (inputs, a) => {
  const shape = broadcast(inputs, a);
  const axis = axisOf(typeof a.axis === 'number' ? a.axis : 0, shape.length + 1);
  if (inputs.some(input => input.length !== shape.length) || axis < 1 || axis > shape.length) {
    throw new MessageError(
      message('cannot stack the shapes %1 along axis %2', inputs.map(spellShape).join(' and '), axis)
    );
  }
  return [...shape.slice(0, axis), inputs.length, ...shape.slice(axis)];
};

const matmul: ShapeRule = ([a, b]) => {
  const rank = a.length;
  const fits =
    b &&
    b.length === rank &&
    rank >= 3 &&
    a.slice(0, -2).every((size, i) => size === b[i]) &&
    a[rank - 1] === b[rank - 2];
  if (!fits) {
    throw new MessageError(
      message('multiplies matrices of shapes %1 and %2, which GradLens cannot run', spellShape(a), spellShape(b ?? []))
    );
  }
  return [...a.slice(0, -1), b[rank - 1]];
};

/** The sizes of the letters that the output has; an operator's reader has made sure that they are there. */
const contracted: ShapeRule = (inputs, { labels, output, squeeze }) => {
  const sizes = new Map<string, number | null>();
  String(labels)
    .split(',')
    .forEach((word, i) => {
      const gone = new Set((squeeze as number[][] | undefined)?.[i] ?? []);
      const shape = inputs[i].filter((_, axis) => !gone.has(axis));
      [...word].forEach((letter, axis) => {
        const size = sizes.get(letter) ?? shape[axis];
        if (shape[axis] !== null && size !== shape[axis]) {
          throw new MessageError(message('cannot multiply the shapes %1', inputs.map(spellShape).join(' and ')));
        }
        sizes.set(letter, size);
      });
    });
  return [...String(output)].map(letter => sizes.get(letter) ?? null);
};

const merge = (outputShape: ShapeRule): LayerClass => ({
  family: 'merge',
  explained: 'always',
  arguments: {},
  outputShape,
  field: pointwise
});
/** An elementwise operator with two operands, of which one may be a number. */
const binary: LayerClass = { family: 'merge', explained: 'always', outputShape: broadcast, field: pointwise };

/** The axes of both inputs but those that are multiplied and summed; one number of vectors. */
const dotted: ShapeRule = ([a, b], { axes }) => {
  const [first, second] = [axes ?? -1].flat().map(Number);
  const [i, j] = [axisOf(first, a.length), axisOf(second ?? first, b.length)];
  if (i < 1 || j < 1 || a[i] === undefined || b[j] === undefined || (a[i] !== b[j] && a[i] !== null && b[j] !== null)) {
    throw new MessageError(message('cannot combine the shapes %1', [a, b].map(spellShape).join(' and ')));
  }
  const left = [...a.slice(1).filter((_, axis) => axis + 1 !== i), ...b.slice(1).filter((_, axis) => axis + 1 !== j)];
  return [a[0], ...(left.length > 0 ? left : [1])];
};

export const MERGING: LayerClasses = {
  Dot: {
    family: 'merge',
    // `smallest_square`: of a length, by the dialect (formats/keras/flatten/attributes).
    arguments: { axes: numbers(-1), normalize: flag(false), smallest_square: number() },
    outputShape: dotted
  },
  Add: merge(merged),
  Subtract: merge(merged),
  Multiply: merge(merged),
  Average: merge(merged),
  Maximum: merge(merged),
  Minimum: merge(merged),
  Concatenate: {
    family: 'concatenate',
    explained: 'always',
    arguments: { axis: number(-1) },
    outputShape: concatenated,
    field: pointwise
  },
  'op:add': binary,
  'op:subtract': binary,
  'op:multiply': binary,
  'op:divide': binary,
  'op:maximum': binary,
  'op:minimum': binary,
  'op:binary': binary,
  'op:whole_numbers': binary,
  'op:where': binary,
  'op:stack': { family: 'concatenate', explained: 'always', outputShape: stacked },
  'op:einsum': { family: 'dense', outputShape: contracted },
  'op:matmul': { family: 'attention', outputShape: matmul },
  'op:stop_gradient': { family: 'other', outputShape: same, field: pointwise }
};
