import { expect, it } from 'vitest';
import { layerInfo } from '../../../graph/testing/layer-info';
import { graphLayout } from '../../../layers/graph-layout';
import { layerTree } from '../../../layers/layer-tree';
import { BOX, boxAt, diagramSize, edgesBetween, rowsBetween } from './diagram-geometry';

/** a - b - c, with a skip connection from a to c. */
const LAYERS = [layerInfo('a'), layerInfo('b', { inputs: ['a'] }), layerInfo('c', { inputs: ['b', 'a'] })];
const layout = graphLayout(layerTree(LAYERS), new Set(), LAYERS);

it('puts boxes that do not overlap into an area that holds them all', () => {
  const boxes = layout.rows.map((_, row) => boxAt(layout, row));
  const { width, height } = diagramSize(layout);
  boxes.forEach(({ x, y }, i) => {
    expect([x >= 0, y >= 0, x + BOX.width <= width, y + BOX.height <= height]).toEqual([true, true, true, true]);
    boxes.slice(i + 1).forEach(other => expect(other.y).toBeGreaterThan(y + BOX.height));
  });
});

it('draws each line from the bottom of one box to the top of its reader', () => {
  const edges = edgesBetween(layout, 0, 2);
  expect(edges.map(({ from, to }) => [from, to])).toEqual([
    [0, 1],
    [0, 2],
    [1, 2]
  ]);
  for (const { from, to, path } of edges) {
    const numbers = path.match(/[\d.]+/g)!.map(Number);
    expect(numbers.slice(0, 2)).toEqual([boxAt(layout, from).x + BOX.width / 2, boxAt(layout, from).y + BOX.height]);
    expect(numbers.at(-1)).toBe(boxAt(layout, to).y);
  }
});

it('finds the rows in sight, and the lines that pass them without having an end there', () => {
  const { y } = boxAt(layout, 1);
  expect(rowsBetween(layout, y, y + BOX.height)).toEqual({ first: 1, last: 1 });
  expect(rowsBetween(layout, -100, 1e6)).toEqual({ first: 0, last: 2 });
  expect(edgesBetween(layout, 1, 1).map(({ from, to }) => `${from}-${to}`)).toEqual(['0-1', '0-2', '1-2']);
  expect(edgesBetween(layout, 0, 0).map(({ from, to }) => `${from}-${to}`)).toEqual(['0-1', '0-2']);
});
