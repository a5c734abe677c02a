import * as React from 'react';
import { type GraphLayout, graphLayout } from '../../../layers/graph-layout';
import { layerTree } from '../../../layers/layer-tree';
import { blocksOf } from '../../../layers/tree-rows';
import type { ModelController } from '../../../session/model/model-controller';
import { fitCanvas } from '../../../viewer/draw/canvas';
import { useServices, useTrans } from '../../shared/context';
import { useSize } from '../../shared/hooks/use-size';
import { useCurrentView, useSnapshot } from '../../shared/hooks/use-view';
import { drawStructure, laneWidth, readInks } from './draw-structure';
import { useRowZoom } from './use-row-zoom';

/** Models of up to this many layers are shown layer by layer from the start. */
const SMALL = 60;

/** The structure of the model of the view in use. */
export function StructurePanel(): React.ReactElement {
  const trans = useTrans();
  const controller = useCurrentView()?.controller ?? null;
  const model = useSnapshot(controller)?.model ?? null;
  return controller && model ? (
    <StructureGraph key={model.model} controller={controller} />
  ) : (
    <p className="jp-GradLens-quiet">{trans.__('The structure of a view’s model is drawn here.')}</p>
  );
}

/** A graph of lanes, one row a layer or closed block; the tree says the same in words. */
function StructureGraph({ controller }: { controller: ModelController }): React.ReactElement {
  const { session } = controller;
  const trans = useTrans();
  const { themeChanged } = useServices();
  const snapshot = useSnapshot(controller);
  const model = snapshot?.model ?? null;
  const scroller = React.useRef<HTMLDivElement>(null);
  const canvas = React.useRef<HTMLCanvasElement>(null);
  const { width, height } = useSize(scroller);
  const [theme, setTheme] = React.useState(0);
  const layers = React.useMemo(() => model?.layers ?? [], [model]);
  const tree = React.useMemo(() => layerTree(layers), [layers]);
  const blocks = React.useMemo(() => blocksOf(tree), [tree]);
  const [expanded, setExpanded] = React.useState<ReadonlySet<string>>(
    () => new Set(layers.length <= SMALL ? blocks : [])
  );
  const layout = React.useMemo<GraphLayout>(() => graphLayout(tree, expanded, layers), [tree, expanded, layers]);
  const { rowHeight, scrollTop, onScroll, zoom, canZoom } = useRowZoom(scroller, layout.rows.length);
  const selected = snapshot?.layer?.id ?? null;
  const selectedRow = selected === null ? -1 : (layout.rowOf.get(selected) ?? -1);

  React.useEffect(() => {
    const listener = (): void => setTheme(count => count + 1);
    themeChanged?.connect(listener);
    return () => {
      themeChanged?.disconnect(listener);
    };
  }, [themeChanged]);

  // Follows the view, not the zoom: what is looked at stays in sight.
  const heightNow = React.useRef(rowHeight);
  heightNow.current = rowHeight;
  React.useEffect(() => {
    const element = scroller.current;
    if (element && selectedRow >= 0) {
      const top = selectedRow * heightNow.current;
      element.scrollTop = Math.max(top + heightNow.current - element.clientHeight, Math.min(top, element.scrollTop));
    }
  }, [selectedRow]);

  React.useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (element && context) {
      const ratio = window.devicePixelRatio || 1;
      fitCanvas(element, width, height, ratio);
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      drawStructure(context, layout, { width, height, scrollTop, rowHeight, selectedRow, inks: readInks(element) });
    }
  }, [layout, width, height, scrollTop, rowHeight, selectedRow, theme]);

  const rowAt = (event: React.MouseEvent): GraphLayout['rows'][number] | undefined => {
    const box = event.currentTarget.getBoundingClientRect();
    return layout.rows[Math.floor((event.clientY - box.top + scrollTop) / rowHeight)];
  };
  const onClick = (event: React.MouseEvent): void => {
    const node = rowAt(event)?.node;
    if (node?.kind === 'layer' && node.layer.unsupported === null) {
      session.explain({ layer: node.layer.id });
    } else if (node?.kind === 'block') {
      setExpanded(before => new Set([...before, node.key]));
    }
  };
  const onKeyDown = (event: React.KeyboardEvent): void => {
    if ((event.key === '+' || event.key === '-') && !event.ctrlKey && !event.metaKey) {
      zoom(event.key === '+' ? 1 : -1);
      event.preventDefault();
      event.stopPropagation();
    }
  };
  const onMouseMove = (event: React.MouseEvent<HTMLCanvasElement>): void => {
    const node = rowAt(event)?.node;
    event.currentTarget.title = node
      ? node.kind === 'block'
        ? trans.__('%1: click to open', node.label)
        : node.layer.id
      : '';
  };
  return (
    <div className="jp-GradLens-structure">
      <div className="jp-GradLens-structureHead">
        <span className="jp-GradLens-quiet" title={trans.__('Parallel branches at the widest point: %1', layout.lanes)}>
          {trans._n('%2 node', '%2 nodes', layout.rows.length, layout.rows.length.toLocaleString())}
        </span>
        <button
          type="button"
          className="jp-GradLens-button"
          disabled={blocks.length === 0}
          onClick={() => setExpanded(new Set(expanded.size === 0 ? blocks : []))}
        >
          {expanded.size === 0 ? trans.__('Open blocks') : trans.__('Close blocks')}
        </button>
        <button
          type="button"
          className="jp-GradLens-iconButton"
          disabled={!canZoom(-1)}
          aria-label={trans.__('Smaller')}
          title={trans.__('Smaller (−, or Ctrl with the wheel)')}
          onClick={() => zoom(-1)}
        >
          <span aria-hidden="true">−</span>
        </button>
        <button
          type="button"
          className="jp-GradLens-iconButton"
          disabled={!canZoom(1)}
          aria-label={trans.__('Larger')}
          title={trans.__('Larger (+, or Ctrl with the wheel)')}
          onClick={() => zoom(1)}
        >
          <span aria-hidden="true">+</span>
        </button>
      </div>
      <div
        ref={scroller}
        className="jp-GradLens-structureScroll"
        tabIndex={0}
        role="group"
        aria-label={trans.__('Graph of the model; the layer tree lists the same')}
        onScroll={onScroll}
        onKeyDown={onKeyDown}
      >
        <div style={{ height: layout.rows.length * rowHeight, minWidth: laneWidth(layout.lanes) }}>
          <canvas
            ref={canvas}
            role="img"
            aria-label={trans.__('Structure of %1', model?.name ?? '')}
            style={{ width, height }}
            onClick={onClick}
            onMouseMove={onMouseMove}
          />
        </div>
      </div>
    </div>
  );
}
