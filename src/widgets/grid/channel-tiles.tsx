import * as React from 'react';
import type { Cursor, Region, ViewState } from '../../state/view-state';
import type { Inks } from '../../viewer/draw/canvas';
import { drawGrid, drawGridCursor, type GridScene } from '../../viewer/draw/draw-grid';
import {
  clickGesture,
  doubleClickGesture,
  dragGesture,
  type GestureTarget,
  hoverGesture,
  type PanePoint,
  perWindowPixel,
  pinchGesture,
  wheelGesture
} from '../../viewer/gestures';
import { actionOf, ariaKeys, TILE_KEYS } from '../../viewer/gestures/keys';
import { type HeatmapPlanes, HeatmapRenderer } from '../../viewer/gl/renderer';
import { fillingLayout, FLATTEST, TALLEST } from '../../viewer/layout/filling-layout';
import { onImage, onMap, viewportOnImage, viewportOnMap } from '../../viewer/layout/map-grid';
import { maxZoom } from '../../viewer/layout/viewport';
import { usePage, useServices } from '../shared/context';
import { showOverlay, themeInks, useCanvas, useTexture } from '../shared/hooks/use-canvas';
import { useSize } from '../shared/hooks/use-size';
import { useStyle } from '../shared/hooks/use-style';
import { useSession, useViewProperty } from '../shared/view-context';

const WATCHED: readonly (keyof ViewState)[] = ['viewport'];
const WATCHED_BY_CURSOR: readonly (keyof ViewState)[] = ['cursor', 'viewport', 'receptiveField'];

/** Of the window, CSS pixels. */
const BORDERS = 2;

export interface ChannelTilesProps {
  planes: HeatmapPlanes;
  /** Channels to show, in order. */
  order: readonly number[];
  /** Range of each channel of `planes`, min and max interleaved. */
  ranges: Float32Array;
  /** Names of the channels; absent: their indices. */
  names?: readonly string[];
  /** Channel to outline, or null. */
  selected: number | null;
  /** Scrolls to the channel that is selected elsewhere. */
  follows?: boolean;
  /** The part of the image that the maps cover. A tile shows a map alone, all of it. */
  region: Region;
  /** Width over height of the image. */
  aspect: number;
  label: string;
  /** Height of the tiles' window in CSS pixels at most, where it ends with a row; absent: what there is. */
  height?: number;
  onPick: (channel: number | null) => void;
  onHover?: (channel: number | null) => void;
  /** Another key than those that move. Returns whether it meant something. */
  onKey?: (key: string, channel: number | null) => boolean;
  /** The cells that see a place of the image, as a part of the map. */
  markedBy?: (cursor: Cursor) => Region;
}

/** Width over height of a map in its tile: its own, but that a strip of the image is stretched until its cells can be seen. */
function tileAspect(image: number, { u0, v0, u1, v1 }: Region): number {
  const own = (image * (u1 - u0)) / (v1 - v0);
  return Math.min(Math.max(FLATTEST, image), Math.max(Math.min(TALLEST, image), own));
}

/** Maps of many channels as tiles that zoom and pan with the image. A click picks one. */
export function ChannelTiles(props: ChannelTilesProps): React.ReactElement {
  const { planes, order, ranges, names, selected, region, label, onPick, onHover, onKey, markedBy } = props;
  const aspect = tileAspect(props.aspect, region);
  const session = useSession();
  const { showKeys } = useServices();
  const renderer = usePage(HeatmapRenderer);
  const frame = React.useRef<HTMLDivElement>(null);
  const scroller = React.useRef<HTMLDivElement>(null);
  const base = React.useRef<HTMLCanvasElement>(null);
  const overlay = React.useRef<HTMLCanvasElement>(null);
  const size = useSize(frame);
  const inner = useSize(scroller);
  const texture = useTexture(planes);
  const scale = useViewProperty('scale');
  const style = useStyle(
    // All channels have the same rule for their ranges: those of the first tell what zero is among the colours.
    React.useMemo(() => ({ bounds: [ranges[0], ranges[1]], scale }), [ranges, scale]),
    planes,
    false
  );
  const count = order.length;
  const { width } = inner;
  const most = props.height ?? Math.max(0, size.height - BORDERS);
  const layout = React.useMemo(
    () => fillingLayout({ channels: count, width, height: most, aspect }),
    [count, width, most, aspect]
  );

  const followed = props.follows && selected !== null ? order.indexOf(selected) : -1;
  React.useEffect(() => {
    const scroll = scroller.current;
    if (scroll && followed >= 0) {
      scroll.scrollTop = layout.scrollTo(followed, scroll.scrollTop, scroll.clientHeight);
    }
  }, [followed, layout]);

  const scene = (resolution = 1): GridScene | null => {
    if (!texture || !style || texture.data !== planes.data) {
      return null;
    }
    const { viewport, cursor, receptiveField } = session.state;
    const marked = cursor && receptiveField && !cursor.inGrid && markedBy ? markedBy(cursor) : null;
    const scrollTop = scroller.current?.scrollTop ?? 0;
    const drawn = { layout, scrollTop, texture, order, names, aspect, style: { ...style, resolution } };
    return {
      ...drawn,
      viewport: viewportOnMap(region, viewport),
      channelRanges: ranges,
      selected,
      cursor: cursor && onMap(region, cursor),
      marked
    };
  };
  const invalidate = useCanvas(
    base,
    WATCHED,
    (canvas, pixelRatio, resolution) => {
      const what = scene(resolution);
      if (what) {
        drawGrid(canvas, { ...what, cursor: null }, gridInks(canvas), pixelRatio, renderer);
      }
    },
    'map'
  );
  const invalidateCursor = useCanvas(
    overlay,
    WATCHED_BY_CURSOR,
    (canvas, pixelRatio) => {
      const what = scene();
      showOverlay(canvas, what !== null && what.cursor !== null);
      if (what?.cursor) {
        drawGridCursor(canvas, what, themeInks(canvas), pixelRatio);
      }
    },
    'overlay'
  );

  const latest = React.useRef({ onPick, onHover });
  React.useEffect(() => {
    latest.current = { onPick, onHover };
  });
  const mapWidth = planes.width;
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
        viewport: viewportOnMap(region, session.state.viewport),
        maxZoom: maxZoom(pane, mapWidth)
      };
    };
    const target: GestureTarget = {
      locate: (clientX, clientY) => {
        const box = element.getBoundingClientRect();
        const scale = perWindowPixel(element);
        const x = (clientX - box.left) * scale;
        const y = (clientY - box.top) * scale + scroll.scrollTop;
        const tile = layout.indexAt(x, y);
        return tile < 0 ? null : { ...at(tile, x, y), perWindowPixel: scale };
      },
      keyPane: () => null,
      viewportChanged: viewport => session.update({ viewport: viewportOnImage(region, viewport) }),
      cursorMoved: (cursor, tile) => {
        session.update({ cursor: cursor && { ...onImage(region, cursor), inGrid: true } });
        latest.current.onHover?.(tile === null ? null : order[tile]);
      },
      tileClicked: tile => latest.current.onPick(order[tile])
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
  }, [session, layout, aspect, region, mapWidth, order]);

  const onKeyDown = (event: React.KeyboardEvent): void => {
    const steps: Record<(typeof TILE_KEYS)['move' | 'ends'][number], number> = {
      ArrowRight: 1,
      ArrowLeft: -1,
      ArrowDown: layout.columns,
      ArrowUp: -layout.columns,
      Home: -Infinity,
      End: Infinity
    };
    const action = actionOf(TILE_KEYS, event.key);
    if (event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    if (action === 'back') {
      onPick(null);
    } else if (action === 'help') {
      showKeys();
    } else if (action === 'move' || action === 'ends') {
      const from = selected === null ? -1 : order.indexOf(selected);
      const next = Math.min(order.length - 1, Math.max(0, from + steps[event.key as keyof typeof steps]));
      onPick(order[next]);
      const scroll = scroller.current;
      if (scroll) {
        scroll.scrollTop = layout.scrollTo(next, scroll.scrollTop, scroll.clientHeight);
      }
    } else if (!onKey?.(event.key, selected)) {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div className={`jp-GradLens-mapsFrame${props.height === undefined ? '' : ' jp-mod-fixed'}`} ref={frame}>
      <div
        className="jp-GradLens-mapsScroll"
        style={{ height: layout.wholeRows(most) }}
        ref={scroller}
        onScroll={() => {
          invalidate();
          invalidateCursor();
        }}
        tabIndex={-1}
      >
        <div style={{ height: layout.height }}>
          <div className="jp-GradLens-mapsWindow" style={{ height: Math.min(inner.height, layout.height) }}>
            <canvas
              ref={base}
              role="img"
              tabIndex={0}
              aria-label={label}
              aria-keyshortcuts={ariaKeys(TILE_KEYS)}
              data-gradlens-own-keys="true"
              onKeyDown={onKeyDown}
            />
            <canvas ref={overlay} className="jp-GradLens-overlay" aria-hidden="true" />
          </div>
        </div>
      </div>
    </div>
  );
}

/** Tiles lie on the paper itself, as in a table. */
function gridInks(canvas: HTMLCanvasElement): Inks {
  return { ...themeInks(canvas), background: getComputedStyle(canvas).getPropertyValue('--jp-layout-color1') };
}
