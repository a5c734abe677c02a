import * as React from 'react';
import type { Cursor, ViewState } from '../session/state';
import type { ViewSession } from '../session/view-session';
import { drawPane, drawPaneCursor, type PaneScene } from '../viewer/draw-pane';
import { attachGestures, type GestureTarget } from '../viewer/gestures';
import { HeatmapRenderer, type HeatmapPlanes } from '../viewer/renderer';
import { valueRange } from '../viewer/statistics';
import { cellAt, maxZoom, type Pane } from '../viewer/viewport';
import { ColorBar } from './color-bar';
import { useTrans, useViewProperty } from './context';
import { Readout } from './readout';
import { themeInks, useCanvas, useTexture } from './use-canvas';

/** One map of a tensor, with what to call it. */
export interface ShownMap {
  planes: HeatmapPlanes;
  channel: number;
  /** Before a value: "Grad-CAM", "channel 12". */
  name: string;
  /** Accessible name of the canvas: what it shows, whole. */
  title: string;
  /** Heading above it; empty for none. */
  caption: string;
}

const WATCHED: readonly (keyof ViewState)[] = ['viewport', 'colormap', 'opacity', 'range', 'smooth'];
const WATCHED_BY_CURSOR: readonly (keyof ViewState)[] = ['cursor', 'viewport'];

/** Milliseconds for which the hint on how to zoom is shown. */
const HINT_TIME = 1600;

/** A picture with a heatmap over it that zooms and pans, its colour bar, and the value under the cursor. */
export function MapPanel(props: {
  session: ViewSession;
  picture: ImageBitmap | null;
  /** Width over height of the image. */
  aspect: number;
  map: ShownMap | null;
  /** Whether a channel is shown in place of the explanation. */
  canGoBack: boolean;
}): React.ReactElement {
  const { session, picture, aspect, map, canGoBack } = props;
  const trans = useTrans();
  const base = React.useRef<HTMLCanvasElement>(null);
  const overlay = React.useRef<HTMLCanvasElement>(null);
  const [hint, setHint] = React.useState(0);
  const range = useViewProperty(session, 'range');
  const colormap = useViewProperty(session, 'colormap');
  const texture = useTexture(map?.planes ?? null);

  const bounds = React.useMemo(() => {
    if (!map) {
      return null;
    }
    const { planes, channel } = map;
    const size = planes.width * planes.height;
    return valueRange(range, planes.data.subarray(channel * size, (channel + 1) * size));
  }, [map, range]);

  const scene = (): PaneScene => {
    const { viewport, cursor, opacity, smooth } = session.state;
    const isReady = texture !== null && map !== null && bounds !== null && texture.data === map.planes.data;
    return {
      viewport,
      aspect,
      cursor,
      picture: picture && { source: picture, width: picture.width, height: picture.height },
      map: isReady
        ? {
            texture,
            channel: map.channel,
            style: { colormap, min: bounds[0], max: bounds[1], smooth, opacity: picture ? opacity : 1 }
          }
        : null,
      showCells: true
    };
  };
  useCanvas(base, session, WATCHED, (canvas, pixelRatio) =>
    drawPane(canvas, { ...scene(), cursor: null }, themeInks(canvas), pixelRatio, HeatmapRenderer.shared())
  );
  useCanvas(overlay, session, WATCHED_BY_CURSOR, (canvas, pixelRatio) =>
    drawPaneCursor(canvas, scene(), themeInks(canvas), pixelRatio)
  );

  const mapWidth = map?.planes.width ?? 1;
  React.useEffect(() => {
    const element = base.current;
    if (!element) {
      return;
    }
    const pane = (): Pane => ({ width: element.clientWidth, height: element.clientHeight, aspect });
    const target: GestureTarget = {
      locate: (clientX, clientY) => {
        const box = element.getBoundingClientRect();
        return {
          tile: 0,
          pane: pane(),
          x: clientX - box.left,
          y: clientY - box.top,
          viewport: session.state.viewport,
          maxZoom: maxZoom(pane(), mapWidth)
        };
      },
      keyPane: () => ({
        tile: 0,
        pane: pane(),
        x: element.clientWidth / 2,
        y: element.clientHeight / 2,
        viewport: session.state.viewport,
        maxZoom: maxZoom(pane(), mapWidth)
      }),
      viewportChanged: viewport => session.update({ viewport }),
      cursorMoved: cursor => session.update({ cursor }),
      zoomHinted: () => setHint(Date.now())
    };
    return attachGestures(element, target);
  }, [session, aspect, mapWidth]);

  React.useEffect(() => {
    if (hint) {
      const timer = setTimeout(() => setHint(0), HINT_TIME);
      return () => clearTimeout(timer);
    }
  }, [hint]);

  return (
    <>
      {map?.caption !== '' && (
        <div className="jp-GradLens-caption">
          <h3>{map?.caption ?? trans.__('Image')}</h3>
          {canGoBack && (
            <button type="button" className="jp-GradLens-button" onClick={() => session.update({ channel: null })}>
              {trans.__('Back to the explanation')}
            </button>
          )}
        </div>
      )}
      <div className="jp-GradLens-canvas" style={{ aspectRatio: String(Math.min(2.4, Math.max(0.8, aspect))) }}>
        <canvas
          ref={base}
          role="img"
          tabIndex={0}
          aria-label={map?.title ?? trans.__('Image')}
          aria-keyshortcuts="+ - 0 ArrowLeft ArrowRight ArrowUp ArrowDown"
          data-gradlens-own-keys="true"
        />
        <canvas ref={overlay} className="jp-GradLens-overlay" aria-hidden="true" />
        {hint > 0 && <div className="jp-GradLens-hint">{trans.__('Ctrl + wheel zooms, or click here first')}</div>}
      </div>
      {map && bounds && (
        <>
          <CursorColorBar session={session} map={map} range={bounds} />
          <Readout
            session={session}
            imageSize={picture}
            map={map}
            label={trans.__('Value under the cursor')}
          />
        </>
      )}
    </>
  );
}

/** The colour bar, which follows the cursor: a component of its own, so that the panel does not. */
function CursorColorBar(props: {
  session: ViewSession;
  map: ShownMap;
  range: readonly [number, number];
}): React.ReactElement {
  const { session, map, range } = props;
  const cursor = useViewProperty(session, 'cursor');
  const colormap = useViewProperty(session, 'colormap');
  return <ColorBar colormap={colormap} range={range} value={cursor && valueAt(map, cursor)} />;
}

/** The value of the cell that holds an image position; null outside. */
export function valueAt(
  { planes, channel }: Pick<ShownMap, 'planes' | 'channel'>,
  { x, y }: Cursor
): number | null {
  const cell = cellAt(x, y, planes.width, planes.height);
  return cell && planes.data[(channel * planes.height + cell.row) * planes.width + cell.column];
}
