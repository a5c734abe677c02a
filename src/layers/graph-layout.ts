/**
 * A model as a graph of few lanes, top to bottom in the order in which it runs.
 *
 * Each node's value keeps a lane from its row to that of its last reader, and a
 * node takes over a lane that ends at it: the allocation of registers by linear
 * scan (Poletto and Sarkar, ACM TOPLAS 1999), so that a chain is one straight
 * line and a skip connection a second one beside it.
 */
import type { LayerInfo } from '../graph/layer-info';
import type { LayerNode } from './layer-tree';

export interface GraphRow {
  node: LayerNode;
  lane: number;
  /** Rows that read its value, ascending. */
  readers: number[];
}

export interface GraphLayout {
  rows: GraphRow[];
  lanes: number;
  /** The row in which a layer is, itself or inside a closed block. */
  rowOf: ReadonlyMap<string, number>;
}

/**
 * @param nodes - Blocks and layers.
 * @param expanded - Blocks that are shown by what is in them.
 */
export function graphLayout(
  nodes: readonly LayerNode[],
  expanded: ReadonlySet<string>,
  layers: readonly LayerInfo[]
): GraphLayout {
  const order = new Map(layers.map((layer, i) => [layer.id, i]));
  // A block runs when its last layer does: all that reads it comes later.
  const placeOf = (node: LayerNode): number =>
    (node.kind === 'block' ? node.layers : [node.layer]).reduce(
      (last, { id }) => Math.max(last, order.get(id) ?? 0),
      0
    );
  const shown = visible(nodes, expanded)
    .map(node => ({ node, place: placeOf(node) }))
    .sort((a, b) => a.place - b.place)
    .map(({ node }) => node);

  const rowOf = new Map<string, number>();
  shown.forEach((node, row) =>
    (node.kind === 'block' ? node.layers : [node.layer]).forEach(({ id }) => rowOf.set(id, row))
  );
  const readers = shown.map(() => new Set<number>());
  layers.forEach(layer => {
    const to = rowOf.get(layer.id);
    layer.inputs.forEach(input => {
      const from = rowOf.get(input);
      if (from !== undefined && to !== undefined && from < to) {
        readers[from].add(to);
      }
    });
  });

  const lanes = allocate(readers.map(set => [...set].sort((a, b) => a - b)));
  return {
    rows: shown.map((node, i) => ({ node, lane: lanes[i], readers: [...readers[i]].sort((a, b) => a - b) })),
    lanes: Math.max(0, ...lanes.map(lane => lane + 1)),
    rowOf
  };
}

function visible(nodes: readonly LayerNode[], expanded: ReadonlySet<string>): LayerNode[] {
  return nodes.flatMap(node =>
    node.kind === 'block' && expanded.has(node.key) ? visible(node.children, expanded) : [node]
  );
}

function allocate(readers: readonly (readonly number[])[]): number[] {
  const inputs = readers.map((): number[] => []);
  readers.forEach((rows, from) => rows.forEach(row => inputs[row].push(from)));
  const lanes: number[] = [];
  /** By lane, the row at which its value is read last. */
  const until: number[] = [];
  readers.forEach((rows, row) => {
    const ending = inputs[row].map(from => lanes[from]).filter(lane => until[lane] === row);
    let lane = Math.min(...ending);
    if (ending.length === 0) {
      lane = 0;
      while (until[lane] !== undefined && until[lane] > row) {
        lane++;
      }
    }
    lanes.push(lane);
    until[lane] = rows.length > 0 ? rows[rows.length - 1] : row;
  });
  return lanes;
}
