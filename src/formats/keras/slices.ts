/** Indexing as numpy has it, `x[:, 0]`, `x[:, ::2]` or `x[:, None]`: an `op:slice`. */
import type { Shape } from '../../graph/model-graph';
import type { FlatNode } from './flatten';
import { entryOf, positions } from './pick-channels';

/** The node as `op:slice` of an input of this shape, or null where it is no such indexing. */
export function sliceOf(node: FlatNode, input: Shape): FlatNode | null {
  if (node.op !== 'op:getitem' || input.length === 0 || !Array.isArray(node.attributes.slices)) {
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
    const whole = input[axis];
    if (entry === null || entry === '...') {
      return null;
    }
    if (typeof entry !== 'number' && entry.start === null && entry.stop === null && entry.step === 1) {
      begin.push(0);
      size.push(-1);
      continue;
    }
    if (axis === 0 || whole === null) {
      return null;
    }
    const taken = typeof entry === 'number' ? [entry < 0 ? entry + whole : entry] : positions(entry, whole);
    if (taken.length === 0 || taken[0] < 0 || taken[0] >= whole) {
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
