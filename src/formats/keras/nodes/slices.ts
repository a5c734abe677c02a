/**
 * Operators that take parts of a tensor by position, as `op:slice`: indexing as
 * numpy has it (`x[:, 0]`, `x[:, ::2]`, `x[:, None]`), parts of a split, and what
 * repeats, rolls or takes entries. All need the input's shape.
 */
import { axisOf } from '../../../graph/attributes';
import type { Shape } from '../../../graph/model-graph';
import { message } from '../../../messages/message';
import { isConfig } from '../config/json';
import type { FlatNode } from './flat-node';
import { entryOf, positions } from './pick-channels';

/**
 * The node as `op:slice` of an input of this shape, with words if it cannot be one; null where it is no such operator.
 */
export function sliceOf(node: FlatNode, input: Shape): FlatNode | null {
  if (node.op === 'op:part' || node.op === 'op:positions') {
    const taken = node.op === 'op:part' ? partOf(node.attributes, input) : positionsOf(node.attributes, input);
    return taken
      ? { ...node, op: 'op:slice', attributes: taken }
      : {
          ...node,
          problem: message('works along an axis of samples, of a size that is not known, or that is not there')
        };
  }
  if (node.op === 'op:pick' && Array.isArray(node.attributes.channels) && input.length === 3) {
    const { channels } = node.attributes;
    return sliceOf({ ...node, op: 'op:positions', attributes: { take: channels, axis: -1 } }, input);
  }
  return indexOf(node, input);
}

/** Attributes of the `op:slice` that takes all of an input, to change. */
const whole = (input: Shape) => ({ begin: input.map(() => 0), size: input.map(() => -1) });

/** The size of an axis that parts can be taken along, or null. */
function sizeAlong(axis: number, input: Shape): number | null {
  return axis > 0 && axis < input.length ? input[axis] : null;
}

/** One part of a split or unstack: `of` is a number of equal parts, `each`, `{ begin }` or `{ sizes }`. */
function partOf({ axis: given, part, of, drop }: FlatNode['attributes'], input: Shape): FlatNode['attributes'] | null {
  const axis = axisOf(Number(given), input.length);
  const all = sizeAlong(axis, input);
  const edges = all === null ? null : edgesOf(of, all);
  const [begin, end] = edges?.slice(Number(part), Number(part) + 2) ?? [];
  if (begin === undefined || end === undefined || end <= begin || (drop === true && end - begin !== 1)) {
    return null;
  }
  const { begin: begins, size: sizes } = whole(input);
  begins[axis] = begin;
  sizes[axis] = end - begin;
  return { begin: begins, size: sizes, drop: drop === true ? [axis] : [], picks: [], add: [] };
}

/** Lists the starts of parts along an axis of `all` entries, and the end of the last. */
function edgesOf(of: unknown, all: number): number[] | null {
  if (of === 'each') {
    return Array.from({ length: all + 1 }, (_, i) => i);
  }
  if (typeof of === 'number') {
    return all % of === 0 ? Array.from({ length: of + 1 }, (_, i) => (i * all) / of) : null;
  }
  if (!isConfig(of)) {
    return null;
  }
  if (typeof of.near === 'number') {
    const [count, rest] = [of.near, all % of.near];
    const smaller = (all - rest) / count;
    return Array.from({ length: count + 1 }, (_, i) => i * smaller + Math.min(i, rest));
  }
  if (Array.isArray(of.begin)) {
    const inside = (of.begin as number[]).map(position =>
      Math.min(Math.max(position < 0 ? position + all : position, 0), all)
    );
    return [0, ...inside, all];
  }
  const sizes = of.sizes as number[];
  const known = sizes.filter(size => size !== -1).reduce((a, b) => a + b, 0);
  const edges = sizes.reduce(
    (made, size) => [...made, made[made.length - 1] + (size === -1 ? all - known : size)],
    [0]
  );
  return edges[edges.length - 1] === all ? edges : null;
}

/** `tile`, `repeat`, `roll` or `take` along their axes. */
function positionsOf(attributes: FlatNode['attributes'], input: Shape): FlatNode['attributes'] | null {
  const { tile, spread, repeat, roll, take, axis } = attributes;
  const along = (count: (size: number, i: number) => number[], axes: number[]): number[][] | null => {
    const picks = axes.map((given, i) => {
      const found = axisOf(given, input.length);
      const size = sizeAlong(found, input);
      return size === null ? null : [found, ...count(size, i)];
    });
    return picks.every(pick => pick !== null) ? picks : null;
  };
  const range = (size: number): number[] => Array.from({ length: size }, (_, i) => i);
  const axes = [axis].flat() as number[];
  let picks: number[][] | null = null;
  if (Array.isArray(tile)) {
    const times = [...Array<number>(Math.max(input.length - tile.length, 0)).fill(1), ...(tile as number[])];
    const tiled = range(times.length).filter(i => times[i] !== 1);
    picks =
      times.length === input.length
        ? along((size, i) => range(times[tiled[i]]).flatMap(() => range(size)), tiled)
        : null;
  } else if (Array.isArray(spread)) {
    const sizes = spread as number[];
    const repeated = range(input.length).filter(i => i > 0 && input[i] === 1 && sizes[i - 1] !== 1);
    const fits =
      input.length === sizes.length + 1 && input.every((size, i) => i === 0 || size === 1 || size === sizes[i - 1]);
    picks = fits ? along((_, i) => Array<number>(sizes[repeated[i] - 1]).fill(0), repeated) : null;
  } else if (typeof repeat === 'number') {
    picks = along(size => range(size).flatMap(i => Array<number>(repeat).fill(i)), axes);
  } else if (Array.isArray(roll)) {
    picks = along((size, i) => range(size).map(at => (((at - Number(roll[i])) % size) + size) % size), axes);
  } else {
    const taken = [take].flat() as number[];
    picks = along(size => taken.map(at => (at < 0 ? at + size : at)), axes);
    const size = sizeAlong(axisOf(axes[0], input.length), input) ?? 0;
    if (picks?.[0].slice(1).some(at => !Number.isInteger(at) || at < 0 || at >= size)) {
      return null;
    }
  }
  // A single index takes its axis away.
  const drop = typeof take === 'number' ? [axisOf(axes[0], input.length)] : [];
  return picks && { ...whole(input), drop, picks, add: [] };
}

/** Indexing by whole numbers and slices. */
function indexOf(node: FlatNode, input: Shape): FlatNode | null {
  // Channels of a picture are picked by a convolution; those of other tensors, and what it cannot do, as parts.
  const isIndex = node.op === 'op:getitem' || node.op === 'op:pick';
  if (!isIndex || input.length === 0 || !Array.isArray(node.attributes.slices)) {
    return null;
  }
  const given = node.attributes.slices.map((entry: unknown) => (entry === null ? 'new' : entryOf(entry)));
  const dots = given.indexOf('...');
  const missing = input.length - given.filter(entry => entry !== '...' && entry !== 'new').length;
  if (missing < 0 || given.lastIndexOf('...') !== dots) {
    return null;
  }
  const all = Array.from({ length: missing }, () => ({ start: null, stop: null, step: 1 }));
  const entries = dots < 0 ? [...given, ...all] : [...given.slice(0, dots), ...all, ...given.slice(dots + 1)];
  const begin: number[] = [];
  const size: number[] = [];
  const drop: number[] = [];
  const picks: number[][] = [];
  const add: number[] = [];
  for (const entry of entries) {
    const axis = begin.length;
    if (entry === 'new') {
      add.push(axis - drop.length + add.length);
      continue;
    }
    const count = input[axis];
    if (entry === null || entry === '...') {
      return null;
    }
    if (typeof entry !== 'number' && entry.start === null && entry.stop === null && entry.step === 1) {
      begin.push(0);
      size.push(-1);
      continue;
    }
    if (axis === 0 || count === null) {
      return null;
    }
    const taken = typeof entry === 'number' ? [entry < 0 ? entry + count : entry] : positions(entry, count);
    if (taken.length === 0 || taken[0] < 0 || taken[0] >= count) {
      return null;
    }
    if (taken.some((position, i) => position !== taken[0] + i)) {
      picks.push([axis, ...taken]);
      begin.push(0);
      size.push(-1);
      continue;
    }
    begin.push(taken[0]);
    size.push(taken.length);
    if (typeof entry === 'number') {
      drop.push(axis);
    }
  }
  // A new axis before the samples' makes a batch of batches.
  return add.includes(0) ? null : { ...node, op: 'op:slice', attributes: { begin, size, drop, picks, add } };
}
