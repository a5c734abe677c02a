import * as React from 'react';
import { fetched } from '../../messages/fetched';
import { tellProblem } from '../../session/tell-problem';
import { gridOf } from '../../session/view/shown-map';
import { WHOLE } from '../../state/places';
import type { Cursor, RegionOfInterest, ViewState } from '../../state/view-state';
import type { Outline } from '../../viewer/draw/draw-outlines';
import { drawPane, drawPaneCursor } from '../../viewer/draw/draw-pane';
import { type PaneScene } from '../../viewer/draw/pane-scene';
import {
  attachGestures,
  type DragTool,
  type GestureTarget,
  type PanePoint,
  perWindowPixel
} from '../../viewer/gestures';
import { actionOf, ariaKeys, MAP_KEYS } from '../../viewer/gestures/keys';
import { HeatmapRenderer } from '../../viewer/gl/renderer';
import { cellsAcross, type MapGrid } from '../../viewer/layout/map-grid';
import type { Rect } from '../../viewer/layout/tile';
import { imageSize, maxZoom, type Pane } from '../../viewer/layout/viewport';
import { usePage, useServices } from '../shared/context';
import { showOverlay, themeInks, useCanvas, useTexture } from '../shared/hooks/use-canvas';
import { useHeldKey } from '../shared/hooks/use-held-key';
import { useContours, useStyle } from '../shared/hooks/use-style';
import { paneAspect } from '../shared/reserve-space';
import { useView } from '../shared/view-context';
import { Divider } from './divider';
import { cellOutline, regionOutline } from './outlines';
import type { RegionByKeys } from './region-by-keys';
import { keepInSight, walk } from './walk-cells';

const WATCHED: readonly (keyof ViewState)[] = ['viewport'];
const WATCHED_BY_CURSOR: readonly (keyof ViewState)[] = ['cursor', 'viewport', 'region', 'probe', 'receptiveField'];

const SHORTCUTS = `${ariaKeys(MAP_KEYS)} ${MAP_KEYS.walk.map(key => `Shift+${key}`).join(' ')}`;

/** Milliseconds for which the hint on how to zoom is shown. */
const HINT_TIME = 1600;

/** What painting does, with the tool `brush`. */
export interface Brush {
  outline: (cursor: Cursor) => Outline | null;
  stroked: (from: Cursor, to: Cursor) => void;
  ended: (isKept: boolean) => void;
}

/** A region that is drawn for another purpose than to be measured. */
export interface DrawnRegion {
  now: RegionOfInterest | null;
  drawn: (region: RegionOfInterest | null) => void;
}

/** A picture, a heatmap over it, or both, that zooms and pans, with the linked cursor. */
export function MapCanvas(props: {
  picture: ImageBitmap | OffscreenCanvas | null;
  /** Width over height of the image. */
  aspect: number;
  /** Shows the picture alone. */
  isPlain?: boolean;
  label: string;
  tool: DragTool;
  /** Left edge of the heatmap, 0..1 of the width; null without a divider. */
  divider: number | null;
  /** The part of the image that a cell sees, as an outline; null if it is not known or not wanted. */
  fieldOf?: (cursor: Cursor) => Outline | null;
  onPick?: (cursor: Cursor) => void;
  /** The cells that arrow keys walk; absent: the map's. */
  cells?: MapGrid;
  /** A region was drawn, and is as it is to be. */
  onRegionEnd?: () => void;
  brush?: Brush;
  /** Absent: the view's region of interest. */
  region?: DrawnRegion;
}): React.ReactElement {
  const { picture, aspect, isPlain = false, label, tool, divider, fieldOf, onPick, cells, onRegionEnd, brush } = props;
  const ownRegion = props.region;
  const { session, map: shown, range } = useView();
  const map = isPlain ? null : shown;
  const { trans, wheelZooms, showKeys } = useServices();
  const renderer = usePage(HeatmapRenderer);
  const base = React.useRef<HTMLCanvasElement>(null);
  const overlay = React.useRef<HTMLCanvasElement>(null);
  const [hint, setHint] = React.useState(0);
  const [box, setBox] = React.useState<Rect | null>(null);
  const texture = useTexture(map?.planes ?? null);
  const style = useStyle(range, map?.planes ?? null, picture !== null);
  const contours = useContours(map, range);
  const isBare = useHeldKey(base, MAP_KEYS.bare[0]) && picture !== null;

  const scene = (resolution = 1): PaneScene => {
    const { viewport, cursor, probe, receptiveField } = session.state;
    const region = ownRegion ? ownRegion.now : session.state.region;
    const isReady = !isBare && texture !== null && map !== null && style !== null && texture.data === map.planes.data;
    const field = cursor && receptiveField && fieldOf ? fieldOf(cursor) : null;
    return {
      viewport,
      aspect,
      cursor,
      picture: picture && { source: picture, width: picture.width, height: picture.height },
      map: isReady ? { texture, channel: map.channel, region: map.region, style: { ...style, resolution } } : null,
      showCells: true,
      divider: divider ?? 0,
      contours: isBare ? [] : contours,
      outlines: [
        ...(field ? [field] : []),
        ...(cursor && brush && tool === 'brush' ? [brush.outline(cursor) ?? []].flat() : []),
        ...(region ? [regionOutline(region)] : []),
        ...(probe && map ? [cellOutline(gridOf(map), probe) ?? []].flat() : [])
      ]
    };
  };
  useCanvas(
    base,
    WATCHED,
    (canvas, pixelRatio, resolution) =>
      drawPane(canvas, { ...scene(resolution), cursor: null }, themeInks(canvas), pixelRatio, renderer),
    'map'
  );
  useCanvas(
    overlay,
    WATCHED_BY_CURSOR,
    (canvas, pixelRatio) => {
      const what = scene();
      showOverlay(canvas, what.cursor !== null || (what.outlines ?? []).length > 0);
      drawPaneCursor(canvas, what, themeInks(canvas), pixelRatio);
    },
    'overlay'
  );

  const latest = React.useRef({ tool, onPick, onRegionEnd, brush, ownRegion });
  React.useEffect(() => {
    latest.current = { tool, onPick, onRegionEnd, brush, ownRegion };
  });
  const byKeys = React.useRef<RegionByKeys | null>(null);
  // What is half drawn goes with the tool that it was drawn by.
  React.useEffect(() => void byKeys.current?.cancel(), [tool]);
  const grid = React.useMemo<MapGrid>(
    () => cells ?? (map ? gridOf(map) : { width: 1, height: 1, region: WHOLE }),
    [map, cells]
  );
  const pictureWidth = picture?.width;
  React.useEffect(() => {
    const element = base.current;
    if (!element) {
      return;
    }
    const at = (x: number, y: number): PanePoint => {
      const pane: Pane = { width: element.clientWidth, height: element.clientHeight, aspect };
      const trueZoom =
        pictureWidth === undefined ? undefined : pictureWidth / window.devicePixelRatio / imageSize(pane).width;
      return {
        tile: 0,
        pane,
        x,
        y,
        viewport: session.state.viewport,
        maxZoom: maxZoom(pane, cellsAcross(grid)),
        trueZoom
      };
    };
    const setRegion = (region: RegionOfInterest | null): void => {
      const { ownRegion: own } = latest.current;
      if (own) {
        own.drawn(region);
      } else {
        session.update({ region });
      }
    };
    // Loaded by the first corner: views are looked at far more often than measured by keys.
    const isShown = (region: RegionOfInterest): boolean =>
      latest.current.ownRegion !== undefined || session.state.region === region;
    let loading: Promise<RegionByKeys> | null = null;
    const loadKeys = async (): Promise<RegionByKeys> => {
      const made = await fetched(import('./region-by-keys'));
      return (byKeys.current = new made.RegionByKeys(grid, setRegion, () => latest.current.onRegionEnd?.(), isShown));
    };
    const unavailable = (error: unknown): void => {
      loading = null;
      tellProblem(error, trans);
    };
    const target: GestureTarget = {
      locate: (clientX, clientY) => {
        const bounds = element.getBoundingClientRect();
        const scale = perWindowPixel(element);
        return { ...at((clientX - bounds.left) * scale, (clientY - bounds.top) * scale), perWindowPixel: scale };
      },
      keyPane: () => at(element.clientWidth / 2, element.clientHeight / 2),
      viewportChanged: viewport => session.update({ viewport }),
      cursorMoved: cursor => session.update({ cursor }),
      zoomHinted: () => setHint(Date.now()),
      boxDrawn: drawn => {
        const bounds = element.getBoundingClientRect();
        const scale = perWindowPixel(element);
        setBox(
          drawn && {
            x: (drawn.x - bounds.left) * scale,
            y: (drawn.y - bounds.top) * scale,
            width: drawn.width * scale,
            height: drawn.height * scale
          }
        );
      },
      tool: () => latest.current.tool,
      regionDrawn: region => {
        byKeys.current?.forget();
        setRegion(region);
      },
      regionEnded: () => latest.current.onRegionEnd?.(),
      stroked: (from, to) => latest.current.brush?.stroked(from, to),
      strokeEnded: isKept => latest.current.brush?.ended(isKept),
      cellWalked: (dx, dy) => {
        const { pane, maxZoom: largest } = at(0, 0);
        const cursor = walk(grid, session.state.cursor, dx, dy);
        session.update({ cursor, viewport: keepInSight(cursor, session.state.viewport, pane, largest) });
        loading?.then(made => made.walked(cursor, latest.current.tool), unavailable);
      },
      cellPicked: () => {
        const { cursor } = session.state;
        if (cursor && latest.current.tool === 'brush') {
          latest.current.brush?.stroked(cursor, cursor);
          latest.current.brush?.ended(true);
        } else if (cursor && latest.current.tool !== 'move') {
          loading ??= loadKeys();
          loading.then(made => made.picked(cursor, latest.current.tool), unavailable);
        } else if (cursor) {
          latest.current.onPick?.(cursor);
        }
      },
      keyPressed: key => {
        const action = actionOf(MAP_KEYS, key);
        if (action === 'outline') {
          session.update({ receptiveField: !session.state.receptiveField });
        } else if (action === 'help') {
          showKeys();
        }
        return action === 'outline' || action === 'help' || (action === 'cancel' && byKeys.current?.cancel() === true);
      },
      tileClicked: (_, cursor) => {
        if (latest.current.tool !== 'brush' && cursor.x >= 0 && cursor.x < 1 && cursor.y >= 0 && cursor.y < 1) {
          latest.current.onPick?.(cursor);
        }
      }
    };
    return attachGestures(element, target, { zoomAlways: wheelZooms });
  }, [session, aspect, grid, pictureWidth, wheelZooms, showKeys, trans]);

  React.useEffect(() => {
    if (hint) {
      const timer = setTimeout(() => setHint(0), HINT_TIME);
      return () => clearTimeout(timer);
    }
  }, [hint]);

  return (
    <div className="jp-GradLens-canvas" style={{ aspectRatio: String(paneAspect(aspect)) }}>
      <canvas
        ref={base}
        role="img"
        tabIndex={0}
        aria-label={label}
        aria-keyshortcuts={SHORTCUTS}
        data-gradlens-own-keys="true"
      />
      <canvas ref={overlay} className="jp-GradLens-overlay" aria-hidden="true" />
      {divider !== null && <Divider value={divider} />}
      {box && (
        <div className="jp-GradLens-box" style={{ left: box.x, top: box.y, width: box.width, height: box.height }} />
      )}
      {hint > 0 && <div className="jp-GradLens-hint">{trans.__('Ctrl + wheel zooms, or click here first')}</div>}
    </div>
  );
}
