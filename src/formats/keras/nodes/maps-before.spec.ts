import { expect, it } from 'vitest';
import type { GraphNode, Shape } from '../../../graph/model-graph';
import { english, verbatim } from '../../../messages/message';
import { withMapsBefore } from './maps-before';

const node = (id: string, op: string, inputs: string[], outputShape: Shape): GraphNode => ({
  id,
  op,
  className: op,
  attributes: {},
  inputs: inputs.map(input => ({ node: input, output: 0 })),
  weights: {},
  outputShape
});
const stopped = (nodes: GraphNode[], ...ids: string[]): string[] =>
  withMapsBefore(
    ids.map(id => ({ node: id, op: 'Lambda', reason: verbatim('No.') })),
    nodes
  ).map(({ reason }) => english(reason));

const SEEN = 'No. The feature maps of the layers before it can still be seen.';
const picture = node('picture', 'InputLayer', [], [null, 8, 8, 3]);

it('speaks of feature maps where a layer stands in front, and not of the picture alone', () => {
  const conv = node('conv', 'Conv2D', ['picture'], [null, 8, 8, 4]);
  expect(stopped([picture, conv, node('own', 'Lambda', ['conv'], [])], 'own')).toEqual([SEEN]);
  const first = [
    picture,
    node('own', 'Lambda', ['picture'], [null, 8, 8, 3]),
    node('conv', 'Conv2D', ['own'], [null, 8, 8, 4])
  ];
  expect(stopped(first, 'own')).toEqual(['No.']);
  // What stands behind the first that stops cannot run.
  expect(stopped([...first, node('next', 'Lambda', ['conv'], [])], 'own', 'next')).toEqual(['No.', 'No.']);
});

it('does not take a layer without places for one with feature maps', () => {
  const nodes = [picture, node('flat', 'Flatten', ['picture'], [null, 192]), node('own', 'Lambda', ['flat'], [])];
  expect(stopped(nodes, 'own')).toEqual(['No.']);
});
