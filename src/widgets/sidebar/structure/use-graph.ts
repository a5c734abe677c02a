import * as React from 'react';
import type { ModelSummary } from '../../../graph/layer-info';
import { type GraphLayout, graphLayout } from '../../../layers/graph-layout';
import { layerTree } from '../../../layers/layer-tree';
import { blocksOf } from '../../../layers/tree-rows';

/** Models of up to this many layers are shown layer by layer from the start. */
const SMALL = 60;

export interface Graph {
  layout: GraphLayout;
  /** True if the model has blocks. */
  hasBlocks: boolean;
  /** True if no block is open. */
  isClosed: boolean;
  open(block: string): void;
  /** Opens all blocks, or closes them. */
  toggleAll(): void;
}

/** The graph of a model, with the blocks that are open. */
export function useGraph(model: ModelSummary | null): Graph {
  const layers = React.useMemo(() => model?.layers ?? [], [model]);
  const tree = React.useMemo(() => layerTree(layers), [layers]);
  const blocks = React.useMemo(() => blocksOf(tree), [tree]);
  const [expanded, setExpanded] = React.useState<ReadonlySet<string>>(
    () => new Set(layers.length <= SMALL ? blocks : [])
  );
  const layout = React.useMemo(() => graphLayout(tree, expanded, layers), [tree, expanded, layers]);
  return {
    layout,
    hasBlocks: blocks.length > 0,
    isClosed: expanded.size === 0,
    open: block => setExpanded(before => new Set([...before, block])),
    toggleAll: () => setExpanded(expanded.size === 0 ? new Set(blocks) : new Set())
  };
}
