import type { KeyTable } from '../viewer/gestures/keys';
import type { LayerNode } from './layer-tree';

/** The keys of the tree, by what they do; letters go to the next row that begins with them. */
export const TREE_KEYS = {
  rows: ['ArrowDown', 'ArrowUp'],
  pages: ['PageDown', 'PageUp'],
  ends: ['Home', 'End'],
  open: ['ArrowRight'],
  close: ['ArrowLeft'],
  openAll: ['*'],
  show: ['Enter', ' '],
  search: ['/']
} as const satisfies KeyTable<string>;

/** One visible line of the layer tree, with its place in it as WAI-ARIA counts. */
export interface TreeRow {
  node: LayerNode;
  /** From 1. */
  level: number;
  /** Among its siblings, from 1. */
  position: number;
  siblings: number;
  parent: string | null;
  isExpanded: boolean;
}

/** The lines that are seen when the blocks of `expanded` are open. */
export function treeRows(nodes: readonly LayerNode[], expanded: ReadonlySet<string>): TreeRow[] {
  const rows: TreeRow[] = [];
  const add = (children: readonly LayerNode[], level: number, parent: string | null): void => {
    children.forEach((node, i) => {
      const isExpanded = node.kind === 'block' && expanded.has(node.key);
      rows.push({ node, level, position: i + 1, siblings: children.length, parent, isExpanded });
      if (node.kind === 'block' && isExpanded) {
        add(node.children, level + 1, node.key);
      }
    });
  };
  add(nodes, 1, null);
  return rows;
}

/** The keys of the blocks around a layer, outermost first. */
export function pathTo(nodes: readonly LayerNode[], layer: string): string[] {
  for (const node of nodes) {
    if (node.kind === 'block' && node.layers.some(({ id }) => id === layer)) {
      return [node.key, ...pathTo(node.children, layer)];
    }
  }
  return [];
}

/** The keys of all blocks, each before those within it. */
export function blocksOf(nodes: readonly LayerNode[]): string[] {
  return nodes.flatMap(node => (node.kind === 'block' ? [node.key, ...blocksOf(node.children)] : []));
}

/** Handles a key in a tree (WAI-ARIA practices, tree view pattern). */
export type TreeMove = { select: number } | { expand: string } | { collapse: string } | { expandAll: string[] } | null;

/**
 * @param active - Index of the row with the focus.
 * @param page - Rows of a page.
 */
export function treeMove(key: string, rows: readonly TreeRow[], active: number, page: number): TreeMove {
  const row = rows[active];
  if (!row) {
    return rows.length > 0 ? { select: 0 } : null;
  }
  const to = (index: number): TreeMove => ({ select: Math.min(rows.length - 1, Math.max(0, index)) });
  const { node } = row;
  switch (key) {
    case 'ArrowDown':
      return to(active + 1);
    case 'ArrowUp':
      return to(active - 1);
    case 'PageDown':
      return to(active + page);
    case 'PageUp':
      return to(active - page);
    case 'Home':
      return to(0);
    case 'End':
      return to(rows.length - 1);
    case 'ArrowRight':
      if (node.kind === 'layer') {
        return null;
      }
      return row.isExpanded ? to(active + 1) : { expand: node.key };
    case 'ArrowLeft':
      if (row.isExpanded) {
        return { collapse: node.key };
      }
      return row.parent === null ? null : to(rows.findIndex(other => other.node.key === row.parent));
    case '*':
      return {
        expandAll: rows
          .filter(other => other.parent === row.parent && other.node.kind === 'block')
          .map(other => other.node.key)
      };
    default:
      return null;
  }
}

/** The next row whose label begins with the typed letters, from the active one on and around; -1 for none. */
export function typeAhead(rows: readonly TreeRow[], active: number, typed: string): number {
  const text = typed.toLowerCase();
  // A single letter moves on; more of them may stay where they are.
  const start = typed.length > 1 ? active : active + 1;
  for (let i = 0; i < rows.length; i++) {
    const at = (start + i + rows.length) % rows.length;
    if (rows[at].node.label.toLowerCase().startsWith(text)) {
      return at;
    }
  }
  return -1;
}
