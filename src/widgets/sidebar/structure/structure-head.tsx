import * as React from 'react';
import { useTrans } from '../../shared/context';
import type { Graph } from './use-graph';

/** The line above a graph: how many nodes, the blocks, and its scale. */
export function StructureHead(props: {
  graph: Graph;
  zoom: (by: number) => void;
  canZoom: (by: number) => boolean;
  children?: React.ReactNode;
}): React.ReactElement {
  const { graph, zoom, canZoom, children } = props;
  const { layout } = graph;
  const trans = useTrans();
  const scale = (by: number, sign: string, label: string, title: string): React.ReactElement => (
    <button
      type="button"
      className="jp-GradLens-iconButton"
      disabled={!canZoom(by)}
      aria-label={label}
      title={title}
      onClick={() => zoom(by)}
    >
      <span aria-hidden="true">{sign}</span>
    </button>
  );
  return (
    <div className="jp-GradLens-structureHead">
      <span className="jp-GradLens-quiet" title={trans.__('Parallel branches at the widest point: %1', layout.lanes)}>
        {trans._n('%2 node', '%2 nodes', layout.rows.length, layout.rows.length.toLocaleString())}
      </span>
      {children}
      <button type="button" className="jp-GradLens-button" disabled={!graph.hasBlocks} onClick={graph.toggleAll}>
        {graph.isClosed ? trans.__('Open blocks') : trans.__('Close blocks')}
      </button>
      {scale(-1, '−', trans.__('Smaller'), trans.__('Smaller (−, or Ctrl with the wheel)'))}
      {scale(1, '+', trans.__('Larger'), trans.__('Larger (+, or Ctrl with the wheel)'))}
    </div>
  );
}
