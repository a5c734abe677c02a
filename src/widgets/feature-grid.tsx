import * as React from 'react';
import type { ViewState } from '../session/state';
import type { ViewSession } from '../session/view-session';
import type { Inks } from '../viewer/canvas';
import { drawGrid, drawGridCursor, gridLayout, type GridLayout, type GridScene } from '../viewer/draw-grid';
import {
  clickGesture,
  doubleClickGesture,
  dragGesture,
  hoverGesture,
  pinchGesture,
  wheelGesture,
  type GestureTarget,
  type PanePoint
} from '../viewer/gestures';
import { HeatmapRenderer, type HeatmapPlanes } from '../viewer/renderer';
import { formatNumber } from '../viewer/numbers';
import { maxZoom } from '../viewer/viewport';
import { useTrans, useViewProperty } from './context';
import { useStyle } from './map-canvas';
import { valueAt } from './shown-map';
import { themeInks, useCanvas, useTexture } from './use-canvas';
import { useChannelRanges } from './use-range';
import { useSize } from './use-size';

const WATCHED: readonly (keyof ViewState)[] = ['viewport', 'channel'];
const WATCHED_BY_CURSOR: readonly (keyof ViewState)[] = ['cursor', 'viewport'];

/** Widths between which tiles are chosen, CSS pixels. */
const SMALLEST_TILE = 68;
const LARGEST_TILE = 200;
const GAP = 5;
const LABEL = 13;

/** The largest tiles with which all channels are in sight, or the smallest that can be read; rows are filled. */
function fillingLayout(
  channels: number,
  { width, height }: { width: number; height: number },
  aspect: number
): GridLayout {
  const most = Math.max(1, Math.floor((width + GAP) / (SMALLEST_TILE + GAP)));
  const withColumns = (columns: number): GridLayout =>
    gridLayout({
      channels,
      width,
      tileSize: Math.min(LARGEST_TILE, (width - GAP * (columns - 1)) / columns),
      gap: GAP,
      labelHeight: LABEL,
      mapAspect: Math.min(2.4, Math.max(0.5, aspect))
    });
  for (let columns = 1; columns < most; columns++) {
    const layout = withColumns(columns);
    if (layout.height <= height) {
      return layout;
    }
  }
  return withColumns(most);
}

/** All channels of a layer as small heatmaps that zoom and pan with the image. A click enlarges one. */
export function FeatureGrid(props: {
  session: ViewSession;
  planes: HeatmapPlanes;
  layer: string;
  /** Width over height of the image. */
  aspect: number;
}): React.ReactElement {
  const { session, planes, layer, aspect } = props;
  const trans = useTrans();
  const scroller = React.useRef<HTMLDivElement>(null);
  const base = React.useRef<HTMLCanvasElement>(null);
  const overlay = React.useRef<HTMLCanvasElement>(null);
  const [hovered, setHovered] = React.useState<number | null>(null);
  const { width, height } = useSize(scroller);
  const texture = useTexture(planes);
  const channel = useViewProperty(session, 'channel');
  const scale = useViewProperty(session, 'scale');
  const ranges = useChannelRanges(session, planes, 'activation');
  const style = useStyle(session, React.useMemo(() => ({ bounds: [0, 1], scale }), [scale]), false);

  const layout = React.useMemo(() => fillingLayout(planes.channels, { width, height }, aspect), [planes, width, height, aspect]);

  const scene = (): GridScene | null => {
    if (!texture || !style || texture.data !== planes.data) {
      return null;
    }
    const { viewport, cursor } = session.state;
    return {
      layout,
      scrollTop: scroller.current?.scrollTop ?? 0,
      texture,
      viewport,
      aspect,
      style,
      channelRanges: ranges,
      selected: session.state.channel,
      cursor
    };
  };
  const invalidate = useCanvas(base, session, WATCHED, (canvas, pixelRatio) => {
    const what = scene();
    if (what) {
      drawGrid(canvas, { ...what, cursor: null }, gridInks(canvas), pixelRatio, HeatmapRenderer.shared());
    }
  });
  const invalidateCursor = useCanvas(overlay, session, WATCHED_BY_CURSOR, (canvas, pixelRatio) => {
    const what = scene();
    if (what) {
      drawGridCursor(canvas, what, themeInks(canvas), pixelRatio);
    }
  });

  React.useEffect(() => {
    const element = base.current;
    const scroll = scroller.current;
    if (!element || !scroll) {
      return;
    }
    const at = (tile: number, x: number, y: number): PanePoint => {
      const rect = layout.rect(tile);
      const pane = { width: rect.width, height: rect.height, aspect };
      return {
        tile,
        pane,
        x: x - rect.x,
        y: y - rect.y,
        viewport: session.state.viewport,
        maxZoom: maxZoom(pane, planes.width)
      };
    };
    const target: GestureTarget = {
      locate: (clientX, clientY) => {
        const box = element.getBoundingClientRect();
        const x = clientX - box.left;
        const y = clientY - box.top + scroll.scrollTop;
        const tile = layout.indexAt(x, y);
        return tile < 0 ? null : at(tile, x, y);
      },
      keyPane: () => null,
      viewportChanged: viewport => session.update({ viewport }),
      cursorMoved: (cursor, tile) => {
        session.update({ cursor });
        setHovered(tile);
      },
      tileClicked: tile => session.update({ channel: tile })
    };
    const disposers = [
      wheelGesture(element, target, { zoomWhenFocused: false }),
      dragGesture(element, target),
      doubleClickGesture(element, target),
      clickGesture(element, target),
      hoverGesture(element, target),
      pinchGesture(element, target)
    ];
    return () => disposers.forEach(dispose => dispose());
  }, [session, layout, aspect, planes]);

  const onScroll = (): void => {
    invalidate();
    invalidateCursor();
  };

  const onKeyDown = (event: React.KeyboardEvent): void => {
    const steps: Record<string, number> = {
      ArrowRight: 1,
      ArrowLeft: -1,
      ArrowDown: layout.columns,
      ArrowUp: -layout.columns,
      Home: -Infinity,
      End: Infinity
    };
    if (event.key === 'Escape') {
      session.update({ channel: null });
    } else if (event.key in steps) {
      const from = session.state.channel ?? -1;
      const next = Math.min(planes.channels - 1, Math.max(0, from + steps[event.key]));
      session.update({ channel: next });
      const scroll = scroller.current;
      if (scroll) {
        scroll.scrollTop = layout.scrollTo(next, scroll.scrollTop, scroll.clientHeight);
      }
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  };

  const shown = hovered ?? channel;
  return (
    <section role="group" className="jp-GradLens-maps" aria-label={trans.__('Feature maps')}>
      <div className="jp-GradLens-caption">
        <h3>{trans.__('Feature maps of %1', layer)}</h3>
        <span className="jp-GradLens-facts">
          {trans._n('%1 channel', '%1 channels', planes.channels, planes.channels.toLocaleString())}
          {` · ${planes.height}×${planes.width}`}
        </span>
      </div>
      <div className="jp-GradLens-mapsScroll" ref={scroller} onScroll={onScroll} tabIndex={-1}>
        <div style={{ height: layout.height }}>
          <div className="jp-GradLens-mapsWindow" style={{ height: Math.min(height, layout.height) }}>
            <canvas
              ref={base}
              role="img"
              tabIndex={0}
              aria-label={trans.__('%1 feature maps of %2', planes.channels, layer)}
              aria-keyshortcuts="ArrowLeft ArrowRight ArrowUp ArrowDown Home End Escape"
              data-gradlens-own-keys="true"
              onKeyDown={onKeyDown}
            />
            <canvas ref={overlay} className="jp-GradLens-overlay" aria-hidden="true" />
          </div>
        </div>
      </div>
      <ChannelReadout session={session} planes={planes} channel={shown} />
    </section>
  );
}

/** Tiles lie on the paper itself, as in a table. */
function gridInks(canvas: HTMLCanvasElement): Inks {
  return { ...themeInks(canvas), background: getComputedStyle(canvas).getPropertyValue('--jp-layout-color1') };
}

/** The channel under the cursor or chosen, and its value there. */
function ChannelReadout(props: {
  session: ViewSession;
  planes: HeatmapPlanes;
  channel: number | null;
}): React.ReactElement {
  const { session, planes, channel } = props;
  const trans = useTrans();
  const cursor = useViewProperty(session, 'cursor');
  const value =
    channel !== null && cursor ? valueAt({ planes, channel }, cursor) : null;
  return (
    <output className="jp-GradLens-readout" aria-label={trans.__('Channel under the cursor')}>
      {channel === null
        ? trans.__('Click a channel to enlarge it')
        : value === null
          ? trans.__('channel %1', channel)
          : `${trans.__('channel %1', channel)} · ${formatNumber(value)}`}
    </output>
  );
}
