import * as React from 'react';
import type { GraphLayout } from '../../../layers/graph-layout';
import type { ModelController } from '../../../session/model/model-controller';
import { fitCanvas } from '../../../viewer/draw/canvas';
import { useServices, useTrans } from '../../shared/context';
import { useSize } from '../../shared/hooks/use-size';
import { useThemeCount } from '../../shared/hooks/use-theme-count';
import { useCurrentView, useSnapshot } from '../../shared/hooks/use-view';
import { drawStructure, laneWidth, readInks } from './draw-structure';
import { openStructure } from './open-structure';
import { StructureHead } from './structure-head';
import { useGraph } from './use-graph';
import { useRowZoom } from './use-row-zoom';

/** The structure of the model of the view in use. */
export function StructurePanel(): React.ReactElement {
  const services = useServices();
  const { trans } = services;
  const view = useCurrentView();
  const controller = view?.controller ?? null;
  const model = useSnapshot(controller)?.model ?? null;
  return view && controller && model ? (
    <StructureGraph key={model.model} controller={controller} onLarge={() => openStructure(view, services)} />
  ) : (
    <p className="jp-GradLens-quiet">{trans.__('The structure of a view’s model is drawn here.')}</p>
  );
}

/** A graph of lanes, one row a layer or closed block; the tree says the same in words. */
function StructureGraph(props: {
  controller: ModelController;
  /** Opens it in the main area. */
  onLarge: () => void;
}): React.ReactElement {
  const { controller, onLarge } = props;
  const { session } = controller;
  const trans = useTrans();
  const snapshot = useSnapshot(controller);
  const model = snapshot?.model ?? null;
  const scroller = React.useRef<HTMLDivElement>(null);
  const canvas = React.useRef<HTMLCanvasElement>(null);
  const { width, height } = useSize(scroller);
  const theme = useThemeCount();
  const graph = useGraph(model);
  const { layout } = graph;
  const { rowHeight, scrollTop, onScroll, zoom, canZoom } = useRowZoom(scroller, layout.rows.length);
  const selected = snapshot?.layer?.id ?? null;
  const selectedRow = selected === null ? -1 : (layout.rowOf.get(selected) ?? -1);

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
      graph.open(node.key);
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
      <StructureHead graph={graph} zoom={zoom} canZoom={canZoom}>
        <button
          type="button"
          className="jp-GradLens-iconButton"
          aria-label={trans.__('Open large')}
          title={trans.__('Open large, in the main area')}
          onClick={onLarge}
        >
          <span aria-hidden="true">⤢</span>
        </button>
      </StructureHead>
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
