import { Clipboard } from '@jupyterlab/apputils';
import * as React from 'react';
import type { LayerInfo } from '../../graph/layer-info';
import type { LayerNode } from '../../layers/layer-tree';
import { TREE_KEYS, treeMove, treeRows, typeAhead } from '../../layers/tree-rows';
import type { Thumbnails } from '../../session/model/layer-thumbnails';
import { actionOf } from '../../viewer/gestures/keys';
import { useTrans } from '../shared/context';
import { useSize } from '../shared/hooks/use-size';
import { LayerRow, ROW_HEIGHT } from './layer-row';
import { openMenu, rowActions } from './row-menu';

/** Rows drawn beyond what is seen, so that scrolling finds them. */
const SPARE = 6;
/** Letters typed within this time make one word, milliseconds. */
const TYPING = 700;

/**
 * The tree of layers: WAI-ARIA's tree view, of which only the rows in sight
 * exist. The focus stays on the tree; `aria-activedescendant` names the row.
 */
export function LayerTree(props: {
  nodes: readonly LayerNode[];
  /** The nodes are what a search found. */
  isSearch: boolean;
  expanded: ReadonlySet<string>;
  /** Id of the layer that the view shows. */
  selected: string | null;
  label: string;
  thumbnails: Thumbnails;
  onExpand: (expanded: ReadonlySet<string>) => void;
  onPick: (layer: LayerInfo) => void;
  /** Shows a layer beside the view: Ctrl or Cmd with a click or Enter. */
  onCompare: (layer: LayerInfo) => void;
}): React.ReactElement {
  const { nodes, isSearch, expanded, selected, label, thumbnails, onExpand, onPick, onCompare } = props;
  const trans = useTrans();
  const scroller = React.useRef<HTMLDivElement>(null);
  const id = React.useId();
  const { height } = useSize(scroller);
  const [scrollTop, setScrollTop] = React.useState(0);
  const [activeKey, setActiveKey] = React.useState<string | null>(selected);
  const typed = React.useRef({ text: '', at: 0 });
  const rows = React.useMemo(() => treeRows(nodes, expanded), [nodes, expanded]);
  const active = rows.findIndex(row => row.node.key === activeKey);

  const scrollTo = React.useCallback((index: number): void => {
    const element = scroller.current;
    if (element && index >= 0) {
      const top = index * ROW_HEIGHT;
      const bottom = top + ROW_HEIGHT - element.clientHeight;
      element.scrollTop = Math.max(bottom, Math.min(top, element.scrollTop));
    }
  }, []);

  // Follows the view, whoever changed its layer, when its row is there to be seen.
  const selectedRow = rows.findIndex(row => row.node.kind === 'layer' && row.node.layer.id === selected);
  const followed = React.useRef<string | null>(null);
  React.useEffect(() => {
    if (selectedRow >= 0 && followed.current !== selected) {
      followed.current = selected;
      setActiveKey(selected);
      scrollTo(selectedRow);
    }
  }, [selected, selectedRow, scrollTo]);

  // The best matches of a search come first, and are seen first.
  React.useEffect(() => {
    if (isSearch) {
      setActiveKey(null);
      scroller.current?.scrollTo({ top: 0 });
    }
  }, [isSearch, nodes]);

  const toggle = (keys: readonly string[], open: boolean): void => {
    const next = new Set(expanded);
    keys.forEach(key => (open ? next.add(key) : next.delete(key)));
    onExpand(next);
  };
  const activate = (index: number, isCompared: boolean): void => {
    const row = rows[index];
    if (!row) {
      return;
    }
    setActiveKey(row.node.key);
    if (row.node.kind === 'block') {
      toggle([row.node.key], !row.isExpanded);
    } else if (row.node.layer.unsupported === null) {
      if (isCompared) {
        onCompare(row.node.layer);
        return;
      }
      followed.current = row.node.layer.id;
      onPick(row.node.layer);
    }
  };
  const go = (index: number): void => {
    setActiveKey(rows[index]?.node.key ?? null);
    scrollTo(index);
  };

  const onKeyDown = (event: React.KeyboardEvent): void => {
    const isCompared = event.ctrlKey || event.metaKey;
    if (event.altKey || (isCompared && event.key !== 'Enter')) {
      return;
    }
    const move = treeMove(event.key, rows, active, Math.max(1, Math.floor(height / ROW_HEIGHT) - 1));
    const action = actionOf(TREE_KEYS, event.key);
    if (action === 'show') {
      activate(active, isCompared);
    } else if (move && 'select' in move) {
      go(move.select);
    } else if (move && 'expand' in move) {
      toggle([move.expand], true);
    } else if (move && 'collapse' in move) {
      toggle([move.collapse], false);
    } else if (move) {
      toggle(move.expandAll, true);
    } else if (event.key.length === 1 && action !== 'search') {
      const now = event.timeStamp;
      const text = now - typed.current.at < TYPING ? typed.current.text + event.key : event.key;
      typed.current = { text, at: now };
      const found = typeAhead(rows, active, text);
      if (found >= 0) {
        go(found);
      }
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  };

  /** @param at - A place of the window; null: the row itself, for keys. */
  const openRowMenu = (index: number, at: { x: number; y: number } | null): void => {
    const node = rows[index]?.node;
    const tree = scroller.current?.querySelector<HTMLElement>('[role="tree"]');
    if (node?.kind !== 'layer' || !tree) {
      return;
    }
    setActiveKey(node.key);
    const { layer } = node;
    const actions = rowActions(
      { id: layer.id, canRun: layer.unsupported === null },
      { show: () => onPick(layer), compare: () => onCompare(layer), copy: text => Clipboard.copyToSystem(text) },
      trans
    );
    const box = tree.getBoundingClientRect();
    const place = at ?? { x: box.left + 24, y: box.top + (index + 1) * ROW_HEIGHT };
    openMenu(actions, place.x, place.y, tree);
  };
  const onContextMenu = (event: React.MouseEvent): void => {
    // Of a key, which has no place: on the row that it acts on. JupyterLab's own menu has nothing about rows.
    const row = (event.target as Element).closest('[role="treeitem"]');
    const index = row ? Number(row.id.slice(id.length + 1)) : active;
    if (rows[index]?.node.kind === 'layer') {
      event.preventDefault();
      event.stopPropagation();
      openRowMenu(index, row ? { x: event.clientX, y: event.clientY } : null);
    }
  };

  const first = Math.max(0, Math.floor(scrollTop / ROW_HEIGHT) - SPARE);
  const last = Math.min(rows.length, Math.ceil((scrollTop + height) / ROW_HEIGHT) + SPARE);
  const inSight = React.useMemo(
    () => rows.slice(first, last).flatMap(({ node }) => (node.kind === 'layer' ? [node.layer] : [])),
    [rows, first, last]
  );
  React.useEffect(() => thumbnails.want(inSight), [thumbnails, inSight]);
  const isActiveDrawn = active >= first && active < last;
  return (
    <div
      ref={scroller}
      className="jp-GradLens-treeScroll"
      onScroll={event => setScrollTop(event.currentTarget.scrollTop)}
      tabIndex={-1}
    >
      <div
        role="tree"
        tabIndex={0}
        className="jp-GradLens-tree"
        aria-label={label}
        aria-activedescendant={isActiveDrawn ? `${id}-${active}` : undefined}
        style={{ height: rows.length * ROW_HEIGHT }}
        onKeyDown={onKeyDown}
        onContextMenu={onContextMenu}
        onFocus={() => active < 0 && setActiveKey(rows[0]?.node.key ?? null)}
      >
        {rows.slice(first, last).map((row, i) => (
          <LayerRow
            key={row.node.key}
            id={`${id}-${first + i}`}
            row={row}
            top={(first + i) * ROW_HEIGHT}
            thumbnails={thumbnails}
            isActive={first + i === active}
            isSelected={first + i === selectedRow}
            onClick={event => activate(first + i, event.ctrlKey || event.metaKey)}
            onMenu={at => openRowMenu(first + i, at)}
          />
        ))}
      </div>
      {rows.length === 0 && <p className="jp-GradLens-quiet">{trans.__('No layer matches')}</p>}
    </div>
  );
}
