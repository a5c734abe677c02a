import * as React from 'react';
import { formatShape } from '../../layers/layer-search';
import { formatCount } from '../../layers/model-totals';
import type { TreeRow } from '../../layers/tree-rows';
import { translated } from '../../messages/message';
import { type Thumbnails, useThumbnail } from '../../session/model/layer-thumbnails';
import { useServices } from '../shared/context';
import { MiddleCut } from '../shared/middle-cut';
import { OpIcon } from '../shared/op-icon';
import { Facts } from './structure/facts';
import { Thumb } from './structure/layer-thumbnail';

/** CSS pixels; style/sidebar.css agrees. */
export const ROW_HEIGHT = 38;
const INDENT = 14;
/** Layers of a nested model share the beginning of their names. */
const ROW_TAIL = 14;

/** One layer or block of the tree: what it does, its name, its output's shape, its parameters. */
export function LayerRow(props: {
  id: string;
  row: TreeRow;
  thumbnails: Thumbnails;
  top: number;
  isActive: boolean;
  isSelected: boolean;
  onClick: (event: React.MouseEvent) => void;
  /** Opens the row's menu at a place of the window. */
  onMenu: (at: { x: number; y: number }) => void;
}): React.ReactElement {
  const { id, row, thumbnails, top, isActive, isSelected, onClick, onMenu } = props;
  const { trans } = useServices();
  const { node } = row;
  const isBlock = node.kind === 'block';
  const shape = formatShape(isBlock ? node.outputShape : node.layer.outputShape);
  const count = isBlock ? node.parameters : node.layer.parameters;
  const layer = isBlock ? null : node.layer;
  const thumbnail = useThumbnail(thumbnails, layer?.id ?? null);
  const seen = layer?.seesRows ?? 1;
  // The shape first: in a narrow sidebar the rest is cut off, and the icon tells the type.
  const facts = [
    shape,
    isBlock ? trans._n('%1 layer', '%1 layers', node.layers.length) : node.layer.op,
    ...(count > 0 ? [trans.__('%1 par.', formatCount(count))] : []),
    ...(seen > 1 ? [trans.__('sees %1 px', seen)] : []),
    ...(thumbnail && thumbnail.overview && thumbnail.overview.dead > 0
      ? [trans.__('%1 % dead', Math.max(1, Math.round(100 * thumbnail.overview.dead)))]
      : [])
  ];
  // Inside a block its name goes without saying; for those who hear the tree, it does not.
  const shown =
    row.parent !== null && node.label.startsWith(`${row.parent}_`)
      ? node.label.slice(row.parent.length + 1)
      : node.label;
  const problem = isBlock || node.layer.unsupported === null ? null : translated(node.layer.unsupported, trans);
  return (
    <div
      id={id}
      role="treeitem"
      aria-label={`${node.label} ${facts.join(' · ')}`}
      aria-level={row.level}
      aria-posinset={row.position}
      aria-setsize={row.siblings}
      aria-expanded={isBlock ? row.isExpanded : undefined}
      aria-selected={isSelected}
      aria-disabled={problem !== null || undefined}
      className={`jp-GradLens-row${isActive ? ' jp-mod-active' : ''}`}
      style={{ top, height: ROW_HEIGHT, paddingLeft: 4 + (row.level - 1) * INDENT }}
      title={problem ?? `${isBlock ? node.label : node.layer.id}\n${facts.join(' · ')}`}
      onClick={onClick}
    >
      <span className={`jp-GradLens-chevron${isBlock ? '' : ' jp-mod-none'}`} aria-hidden="true">
        {isBlock && (row.isExpanded ? '▾' : '▸')}
      </span>
      <OpIcon family={isBlock ? 'block' : node.layer.family} />
      <span className="jp-GradLens-rowText">
        <span className="jp-GradLens-rowName">
          <MiddleCut text={shown} tail={ROW_TAIL} />
        </span>
        <Facts facts={facts} />
      </span>
      {thumbnail?.map && <Thumb picture={thumbnail.map} title={trans.__('Explanation at this layer')} />}
      {thumbnail?.overview && (
        <Thumb
          picture={{
            data: thumbnail.overview.mean,
            width: thumbnail.overview.width,
            height: thumbnail.overview.height
          }}
          title={trans.__('Mean over the channels')}
        />
      )}
      {layer && (
        // For the mouse: keys open the menu by the key for menus, on the tree.
        <span
          className="jp-GradLens-rowMenu"
          aria-hidden="true"
          title={trans.__('Compare beside, and more')}
          onClick={event => {
            event.stopPropagation();
            const box = event.currentTarget.getBoundingClientRect();
            onMenu({ x: box.left, y: box.bottom });
          }}
        >
          ⋯
        </span>
      )}
    </div>
  );
}
