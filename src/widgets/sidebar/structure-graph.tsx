import * as React from 'react';
import { graphLayout, type GraphLayout } from '../../session/graph-layout';
import { layerTree } from '../../session/layer-tree';
import type { ModelController } from '../../session/model-controller';
import { pathTo } from '../../session/tree-rows';
import { fitCanvas } from '../../viewer/canvas';
import { useServices, useTrans, useViewProperty } from '../context';
import { useSize } from '../use-size';
import { drawStructure, laneWidth, readInks } from './draw-structure';
import { useCurrentView, useSnapshot } from './use-view';

/** Models of up to this many layers are shown layer by layer from the start. */
const SMALL = 60;
const HEIGHTS = { least: 4, usual: 20, most: 32 };

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
  const model = useSnapshot(controller)?.model ?? null;
  const wanted = useViewProperty(session, 'layer');
  const scroller = React.useRef<HTMLDivElement>(null);
  const canvas = React.useRef<HTMLCanvasElement>(null);
  const { width, height } = useSize(scroller);
  const [scrollTop, setScrollTop] = React.useState(0);
  const [rowHeight, setRowHeight] = React.useState(HEIGHTS.usual);
  const [theme, setTheme] = React.useState(0);
  const layers = React.useMemo(() => model?.layers ?? [], [model]);
  const tree = React.useMemo(() => layerTree(layers), [layers]);
  const [expanded, setExpanded] = React.useState<ReadonlySet<string>>(
    () => new Set(layers.length <= SMALL ? layers.flatMap(({ id }) => pathTo(tree, id)) : [])
  );
  const layout = React.useMemo<GraphLayout>(() => graphLayout(tree, expanded, layers), [tree, expanded, layers]);
  const selected = wanted === null ? (model?.defaultLayer ?? null) : (controller.layer?.id ?? null);
  const selectedRow = selected === null ? -1 : (layout.rowOf.get(selected) ?? -1);

  React.useEffect(() => {
    const listener = (): void => setTheme(count => count + 1);
    themeChanged?.connect(listener);
    return () => {
      themeChanged?.disconnect(listener);
    };
  }, [themeChanged]);

  React.useEffect(() => {
    const element = scroller.current;
    if (element && selectedRow >= 0) {
      const top = selectedRow * rowHeight;
      element.scrollTop = Math.max(top + rowHeight - element.clientHeight, Math.min(top, element.scrollTop));
    }
  }, [selectedRow, rowHeight]);

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

  React.useEffect(() => {
    const element = scroller.current;
    const onWheel = (event: WheelEvent): void => {
      if (event.ctrlKey || event.metaKey) {
        event.preventDefault();
        setRowHeight(before => Math.min(HEIGHTS.most, Math.max(HEIGHTS.least, before * (event.deltaY < 0 ? 1.2 : 1 / 1.2))));
      }
    };
    // React's own wheel listeners are passive and could not keep the page from zooming.
    element?.addEventListener('wheel', onWheel, { passive: false });
    return () => element?.removeEventListener('wheel', onWheel);
  }, []);

  const rowAt = (event: React.MouseEvent): GraphLayout['rows'][number] | undefined => {
    const box = event.currentTarget.getBoundingClientRect();
    return layout.rows[Math.floor((event.clientY - box.top + scrollTop) / rowHeight)];
  };
  const onClick = (event: React.MouseEvent): void => {
    const node = rowAt(event)?.node;
    if (node?.kind === 'layer' && node.layer.unsupported === null) {
      session.update({ layer: node.layer.id, channel: null });
    } else if (node?.kind === 'block') {
      setExpanded(before => new Set([...before, node.key]));
    }
  };
  const onMouseMove = (event: React.MouseEvent<HTMLCanvasElement>): void => {
    const node = rowAt(event)?.node;
    event.currentTarget.title = node ? (node.kind === 'block' ? trans.__('%1: click to open', node.label) : node.layer.id) : '';
  };
  return (
    <div className="jp-GradLens-structure">
      <div className="jp-GradLens-row2">
        <span className="jp-GradLens-quiet">
          {trans.__('%1 nodes, up to %2 branches', layout.rows.length, layout.lanes)}
        </span>
        <button type="button" className="jp-GradLens-button" disabled={expanded.size === 0} onClick={() => setExpanded(new Set())}>
          {trans.__('Close blocks')}
        </button>
      </div>
      <div
        ref={scroller}
        className="jp-GradLens-structureScroll"
        tabIndex={0}
        role="group"
        aria-label={trans.__('Graph of the model; the layer tree lists the same')}
        onScroll={event => setScrollTop(event.currentTarget.scrollTop)}
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
