import { expect, it } from 'vitest';
import type { Hdf5Tree } from '../../containers/hdf5-parts';
import type { LayerHome } from '../nodes/flat-node';
import { KerasWeights } from './weights-keras';

it('ends in a file whose groups lead back to themselves', () => {
  let asked = 0;
  const circle = {
    // Six links in a group to the group itself: 6^64 ways.
    keys: () => (asked++, ['a', 'b', 'c', 'd', 'e', 'f']),
    hasGroup: () => false,
    text: () => null,
    texts: () => null,
    weight: () => null,
    close: () => undefined
  } satisfies Hdf5Tree;
  const home = { names: ['dense'], storage: 'layers/dense', spec: {} } as unknown as LayerHome;
  expect(new KerasWeights(circle).find(home, 'Dense', ['kernel'])).toEqual({});
  expect(asked).toBeLessThanOrEqual(50_000);
});
