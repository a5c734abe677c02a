import { describe, expect, it } from 'vitest';
import { readModel } from '../..';
import { bytesOf } from '../../testing/reader-data';
import { positions } from './pick-channels';

describe('positions', () => {
  // As Python: list(range(5))[start:stop:step].
  it.each([
    [null, null, -1, [4, 3, 2, 1, 0]],
    [1, 4, 1, [1, 2, 3]],
    [-2, null, 1, [3, 4]],
    [null, -1, 2, [0, 2]],
    [3, 0, -2, [3, 1]],
    [9, null, -3, [4, 1]],
    [4, 2, 1, []]
  ])('[%s:%s:%s]', (start, stop, step, expected) => {
    expect(positions({ start, stop, step }, 5)).toEqual(expected);
  });
});

it.each(['preprocessed.keras2.h5', 'preprocessed.keras3.h5', 'preprocessed.keras3.keras'])(
  '%s turns RGB to BGR',
  async file => {
    const graph = await readModel(bytesOf(file), file);
    const pick = graph.nodes.find(node => node.op === 'Conv2D' && node.className !== 'Conv2D');
    expect(Array.from(pick?.weights.kernel.read() ?? [])).toEqual([0, 0, 1, 0, 1, 0, 1, 0, 0]);
    const means = graph.nodes.find(node => node.inputs.some(input => 'node' in input && input.node === pick?.id));
    expect(means?.op).toBe('op:add');
    const [, constant] = (means?.inputs ?? []).map(input => ('node' in input ? input.node : ''));
    const array = graph.nodes.find(node => node.id === constant)?.weights.value.read();
    expect(array).toEqual(Float32Array.of(-103.939, -116.779, -123.68));
    graph.dispose();
  }
);
