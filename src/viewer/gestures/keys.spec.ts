import { expect, it } from 'vitest';
import { layerInfo } from '../../graph/testing/layer-info';
import { layerTree } from '../../layers/layer-tree';
import { TREE_KEYS, treeMove, treeRows } from '../../layers/tree-rows';
import { actionOf, ariaKeys, type KeyTable, MAP_KEYS, TILE_KEYS } from './keys';

it.each<KeyTable<string>>([MAP_KEYS, TILE_KEYS, TREE_KEYS])('gives no key two actions', table => {
  const keys = Object.values(table).flat();
  expect(new Set(keys).size).toBe(keys.length);
  expect(actionOf(table, 'toString')).toBeNull();
});

it('lists keys as aria-keyshortcuts does', () => {
  expect(ariaKeys(TILE_KEYS)).toBe('ArrowLeft ArrowRight ArrowUp ArrowDown Home End P O Escape ?');
});

it('moves in the tree by each of its keys', () => {
  const layers = ['block_a/conv', 'block_a/bn', 'block_b/conv', 'block_b/bn', 'head'].map(name => layerInfo(name));
  const nodes = layerTree(layers);
  const blocks = nodes.filter(({ kind }) => kind === 'block').map(({ key }) => key);
  expect(blocks.length).toBeGreaterThan(0);
  const closed = treeRows(nodes, new Set());
  const open = treeRows(nodes, new Set(blocks));
  const { rows, pages, ends, open: into, openAll, close } = TREE_KEYS;
  for (const key of [rows, pages, ends, into, openAll].flat()) {
    expect(treeMove(key, closed, 0, 5), key).not.toBeNull();
  }
  expect(treeMove(close[0], open, 0, 5)).toEqual({ collapse: blocks[0] });
});
