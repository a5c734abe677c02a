import { expect, it } from 'vitest';
import type { ModelGraph } from '../../graph/model-graph';
import { explainedInput, explainedNode } from './input-space';

const graph = (...nodes: string[]) => ({ inputs: nodes.map(node => ({ node })) }) as unknown as ModelGraph;

it.each([
  ['a picture', { signal: [1, 9, 2], volume: [1, 3, 4, 4, 2], picture: [1, 4, 4, 2] }, 'picture'],
  ['a volume', { vector: [1, 9], signal: [1, 9, 2], volume: [1, 3, 4, 4, 2] }, 'volume'],
  ['a signal', { films: [1, 2, 3, 4, 4, 2], signal: [1, 9, 2] }, 'signal'],
  ['the first, whatever it is', { films: [1, 2, 3, 4, 4, 2], vector: [1, 9] }, 'films']
])('explains %s', (_, shapes: Record<string, number[]>, node) => {
  expect(explainedNode(graph(...Object.keys(shapes)), new Map(Object.entries(shapes)))).toBe(node);
});

it('says that what has more axes than a volume has no map', () => {
  expect(() => explainedInput(graph('films'), new Map([['films', [1, 2, 3, 4, 4, 2]]]))).toThrow(
    'The input has the shape (n, 2, 3, 4, 4, 2), which is more than a volume'
  );
});
