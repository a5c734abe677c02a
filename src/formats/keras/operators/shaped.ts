/** Operations that are made of others once the shapes of their inputs are known, and what they are made with. */
import type { NodeInput } from '../../../graph/model-graph';
import type { Message } from '../../../messages/message';
import { einsum, reshape } from '../nodes/terms';
import type { MakeConstant, Operation, Term } from './operator';

/** What an operation may be made of: its inputs, and their sizes behind the samples. */
export interface Around {
  inputs: readonly NodeInput[];
  sizes: readonly (readonly number[])[];
  constant: MakeConstant;
}

/** An operation of terms, made by `make` when all of their sizes but that of the samples are known. */
export const shaped = (terms: readonly Term[], make: (around: Around) => Operation | Message): Operation => ({
  op: 'op:shaped',
  attributes: {},
  inputs: terms,
  grow: (inputs, shapes, constant) =>
    make({ inputs, sizes: shapes.map(shape => shape.slice(1).map(size => size ?? 0)), constant })
});

/** Several outputs of the same terms, each an operation; `make` is told which. */
export const outputsOf = (
  terms: readonly Term[],
  count: number,
  make: (around: Around, output: number) => Operation | Message
): Operation[] => Array.from({ length: count }, (_, i) => shaped(terms, around => make(around, i)));

/** A matrix whose entries are given by row and column, as an array. */
export function matrix(
  [rows, columns]: readonly [number, number],
  at: (row: number, column: number) => number
): { shape: number[]; values: Float32Array } {
  const values = Float32Array.from({ length: rows * columns }, (_, i) => at(Math.floor(i / columns), i % columns));
  return { shape: [rows, columns], values };
}

/** The last axis times a matrix. */
export const timesMatrix = (x: Term, of: Term): Operation => einsum('...i,ij->...j', x, of);

/** The last axis as windows: `(…, t)` to `(…, windows, length)`, the first of which begins at 0. */
export function windowsOf(x: Term, sizes: readonly number[], length: number, stride: number): Operation | null {
  const last = sizes[sizes.length - 1];
  const count = Math.floor((last - length) / stride) + 1;
  if (!(count > 0) || !(length > 0)) {
    return null;
  }
  const positions = Array.from({ length: count * length }, (_, i) => Math.floor(i / length) * stride + (i % length));
  const picked: Operation = { op: 'op:positions', attributes: { take: positions, axis: -1 }, inputs: [x] };
  return reshape(picked, [...sizes.slice(0, -1), count, length]);
}
