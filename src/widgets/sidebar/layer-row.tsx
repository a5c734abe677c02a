import * as React from 'react';
import { formatShape } from '../../session/layer-search';
import { formatCount } from '../../session/model-totals';
import type { TreeRow } from '../../session/tree-rows';
import { useTrans } from '../context';
import { familyOf, OpIcon } from './op-icon';

/** CSS pixels; style/sidebar.css agrees. */
export const ROW_HEIGHT = 38;
const INDENT = 14;

/** One layer or block of the tree: what it does, its name, its output's shape, its parameters. */
export function LayerRow(props: {
  id: string;
  row: TreeRow;
  top: number;
  isActive: boolean;
  isSelected: boolean;
  onClick: () => void;
}): React.ReactElement {
  const { id, row, top, isActive, isSelected, onClick } = props;
  const trans = useTrans();
  const { node } = row;
  const isBlock = node.kind === 'block';
  const shape = formatShape(isBlock ? node.outputShape : node.layer.outputShape);
  const count = isBlock ? node.parameters : node.layer.parameters;
  const facts = [
    isBlock ? trans._n('%1 layer', '%1 layers', node.layers.length, node.layers.length) : node.layer.op,
    shape,
    ...(count > 0 ? [trans.__('%1 par.', formatCount(count))] : [])
  ];
  const problem = isBlock ? null : node.layer.unsupported;
  return (
    <div
      id={id}
      role="treeitem"
      aria-level={row.level}
      aria-posinset={row.position}
      aria-setsize={row.siblings}
      aria-expanded={isBlock ? row.isExpanded : undefined}
      aria-selected={isSelected}
      aria-disabled={problem !== null || undefined}
      className={`jp-GradLens-row${isActive ? ' jp-mod-active' : ''}`}
      style={{ top, paddingLeft: 4 + (row.level - 1) * INDENT }}
      title={problem ?? `${isBlock ? node.label : node.layer.id}\n${facts.join(' · ')}`}
      onClick={onClick}
    >
      <span className={`jp-GradLens-chevron${isBlock ? '' : ' jp-mod-none'}`} aria-hidden="true">
        {isBlock && (row.isExpanded ? '▾' : '▸')}
      </span>
      <OpIcon family={isBlock ? 'block' : familyOf(node.layer.op)} />
      <span className="jp-GradLens-rowText">
        <span className="jp-GradLens-rowName">{node.label}</span>
        <span className="jp-GradLens-rowFacts">{facts.join(' · ')}</span>
      </span>
    </div>
  );
}
