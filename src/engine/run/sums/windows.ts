/** Pooling: the largest value of a window, or its mean. */
import { pairOf } from '../../../graph/attributes';
import type { Step } from '../../plan/step';
import type { Place, WindowParts } from '../../protocol/sums';
import { refuseOver } from './budget';
import { valuesUnder, windowAt } from './products';
import { picturesOf, type Space } from './space';

/** A window that moves. */
export function pooled(step: Step, from: string, space: Space, place: Place): WindowParts {
  const under = windowAt(step, space, place, pairOf(step.attributes, 'pool_size', 2));
  return windowOf(step.op === 'maxPool2d' ? 'max' : 'mean', from, space, under, place.channel);
}

/** A window over all of a channel. */
export function pooledWhole(step: Step, from: string, space: Space, channel: number): WindowParts {
  const all = (length: number): Int32Array => Int32Array.from({ length }, (_, i) => i);
  const under = { rowsAt: all(space.rows), columnsAt: all(space.columns) };
  return windowOf(step.op === 'globalMax' ? 'max' : 'mean', from, space, under, channel);
}

function windowOf(
  kind: 'max' | 'mean',
  from: string,
  space: Space,
  { rowsAt, columnsAt }: Pick<WindowParts, 'rowsAt' | 'columnsAt'>,
  channel: number
): WindowParts {
  const [rows, columns] = [rowsAt.length, columnsAt.length];
  refuseOver(rows * columns);
  const values = valuesUnder(space, rowsAt, columnsAt, channel);
  let [count, sum, winner] = [0, 0, -1];
  values.forEach((value, i) => {
    if (rowsAt[Math.floor(i / columns)] >= 0 && columnsAt[i % columns] >= 0) {
      count++;
      sum += value;
      winner = winner < 0 || value > values[winner] ? i : winner;
    }
  });
  return {
    kind,
    from,
    layout: space.layout,
    channel,
    rows,
    columns,
    values,
    rowsAt,
    columnsAt,
    winner: kind === 'max' ? winner : -1,
    count,
    total: kind === 'max' ? values[winner] : sum / count,
    pictures: picturesOf(space, [channel])
  };
}
