/** Operators that put values in the place of others. */
import { message } from '../../../messages/message';
import { where } from '../nodes/terms';
import { axesOf, inputOf, type Operator, type Operators } from './operator';
import { shaped } from './shaped';

/** A block of values, all samples of it, in the place of those from a position on. */
const sliceUpdate: Operator = {
  operands: ['inputs', 'start_indices', 'updates'],
  make: ([x, start, updates], _, constant) => {
    const [given, block] = [inputOf(x, constant), inputOf(updates, constant)];
    const begin = 'value' in start ? axesOf(start.value) : null;
    if (!given || !block || 'constant' in given || 'constant' in block || !begin || begin[0] !== 0) {
      return message('puts values at positions that are no numbers, or in other samples');
    }
    return shaped([given, block], ({ inputs, sizes: [all, part], constant: make }) => {
      const first = begin.slice(1).map((at, i) => Math.min(Math.max(at, 0), all[i] - part[i]));
      if (part.length !== all.length || first.length !== all.length || first.some(at => at < 0)) {
        return message('puts in what does not fit');
      }
      const pads = all.map((size, i) => [first[i], size - first[i] - part[i]]);
      const count = all.reduce((product, size) => product * size, 1);
      const isWithin = (cell: number): boolean => {
        let rest = cell;
        return all.every((_size, i) => {
          const inner = all.slice(i + 1).reduce((product, size) => product * size, 1);
          const at = Math.floor(rest / inner) - first[i];
          rest %= inner;
          return at >= 0 && at < part[i];
        });
      };
      const mask = make({
        shape: [1, ...all],
        values: Float32Array.from({ length: count }, (_v, cell) => Number(isWithin(cell)))
      });
      const placed = { op: 'op:pad', attributes: { pads, mode: 'constant', value: 0 }, inputs: [inputs[1]] };
      return where(mask, placed, inputs[0]);
    });
  }
};

export const UPDATES: Operators = { slice_update: sliceUpdate };
