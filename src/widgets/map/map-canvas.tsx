import * as React from 'react';
import type { ShownMap } from '../../session/view/shown-map';
import type { Cursor, ViewState } from '../../state/view-state';
import type { Outline } from '../../viewer/draw/draw-outlines';
import { drawPane, drawPaneCursor } from '../../viewer/draw/draw-pane';
import { type PaneScene } from '../../viewer/draw/pane-scene';
import { attachGestures, type DragTool, type GestureTarget, type PanePoint } from '../../viewer/gestures';
import { HeatmapRenderer } from '../../viewer/gl/renderer';
import type { Rect } from '../../viewer/layout/tile';
import { cellAt, clampViewport, imageSize, maxZoom, type Pane, visibleRegion } from '../../viewer/layout/viewport';
import { usePage, useServices } from '../shared/context';
import { showOverlay, themeInks, useCanvas, useTexture } from '../shared/hooks/use-canvas';
import { useContours, useStyle } from '../shared/hooks/use-style';
import { paneAspect } from '../shared/reserve-space';
import { useView } from '../shared/view-context';
import { Divider } from './divider';

const WATCHED: readonly (keyof ViewState)[] = ['viewport'];
const WATCHED_BY_CURSOR: readonly (keyof ViewState)[] = ['cursor', 'viewport', 'region', 'probe', 'receptiveField'];

/** Milliseconds for which the hint on how to zoom is shown. */
const HINT_TIME = 1600;

/** Fewer cells than this in a direction are walked one by one; finer maps in steps of a part of the image. */
const MAX_STEPS = 64;

/** A picture, a heatmap over it, or both, that zooms and pans, with the linked cursor. */
export function MapCanvas(props: {
  picture: ImageBitmap | null;
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
}): React.ReactElement {
  const { picture, aspect, isPlain = false, label, tool, divider, fieldOf, onPick } = props;
  const { session, map: shown, range } = useView();
  const map = isPlain ? null : shown;
  const { trans, wheelZooms } = useServices();
  const renderer = usePage(HeatmapRenderer);
  const base = React.useRef<HTMLCanvasElement>(null);
  const overlay = React.useRef<HTMLCanvasElement>(null);
  const [hint, setHint] = React.useState(0);
  const [box, setBox] = React.useState<Rect | null>(null);
  const texture = useTexture(map?.planes ?? null);
  const style = useStyle(range, picture !== null);
  const contours = useContours(map, range);

  const scene = (resolution = 1): PaneScene => {
    const { viewport, cursor, region, probe, receptiveField } = session.state;
    const isReady = texture !== null && map !== null && style !== null && texture.data === map.planes.data;
    const field = cursor && receptiveField && fieldOf ? fieldOf(cursor) : null;
    return {
      viewport,
      aspect,
      cursor,
      picture: picture && { source: picture, width: picture.width, height: picture.height },
      map: isReady ? { texture, channel: map.channel, style: { ...style, resolution } } : null,
      showCells: true,
      divider: divider ?? 0,
      contours,
      outlines: [
        ...(field ? [field] : []),
        ...(region ? [regionOutline(region)] : []),
        ...(probe && map ? [cellOutline(probe, map)] : [])
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

  const latest = React.useRef({ tool, onPick });
  React.useEffect(() => {
    latest.current = { tool, onPick };
  });
  const mapWidth = map?.planes.width ?? 1;
  const mapHeight = map?.planes.height ?? 1;
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
      return { tile: 0, pane, x, y, viewport: session.state.viewport, maxZoom: maxZoom(pane, mapWidth), trueZoom };
    };
    let corner: Cursor | null = null;
    const target: GestureTarget = {
      locate: (clientX, clientY) => {
        const bounds = element.getBoundingClientRect();
        return at(clientX - bounds.left, clientY - bounds.top);
      },
      keyPane: () => at(element.clientWidth / 2, element.clientHeight / 2),
      viewportChanged: viewport => session.update({ viewport }),
      cursorMoved: cursor => session.update({ cursor }),
      zoomHinted: () => setHint(Date.now()),
      boxDrawn: drawn => {
        const bounds = element.getBoundingClientRect();
        setBox(drawn && { ...drawn, x: drawn.x - bounds.left, y: drawn.y - bounds.top });
      },
      tool: () => latest.current.tool,
      regionDrawn: region => session.update({ region }),
      cellWalked: (dx, dy) => {
        const { pane, maxZoom: largest } = at(0, 0);
        const cursor = walk(session.state.cursor, dx, dy, mapWidth, mapHeight);
        session.update({
          cursor,
          viewport: keepInSight(cursor, session.state.viewport, pane, largest),
          ...(corner && { region: spanned(corner, cursor, mapWidth, mapHeight) })
        });
      },
      cellPicked: () => {
        const { cursor } = session.state;
        if (cursor && latest.current.tool !== 'move') {
          // The first Enter sets a corner of the region, the second ends it.
          session.update({ region: spanned(corner ?? cursor, cursor, mapWidth, mapHeight) });
          corner = corner ? null : cursor;
        } else if (cursor) {
          latest.current.onPick?.(cursor);
        }
      },
      keyPressed: key => {
        const isField = key.toLowerCase() === 'f';
        if (isField) {
          session.update({ receptiveField: !session.state.receptiveField });
        }
        return isField;
      },
      tileClicked: (_, cursor) => {
        if (cursor.x >= 0 && cursor.x < 1 && cursor.y >= 0 && cursor.y < 1) {
          latest.current.onPick?.(cursor);
        }
      }
    };
    return attachGestures(element, target, { zoomAlways: wheelZooms });
  }, [session, aspect, mapWidth, mapHeight, pictureWidth, wheelZooms]);

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
        aria-keyshortcuts="+ - 0 1 F Enter ArrowLeft ArrowRight ArrowUp ArrowDown Shift+ArrowLeft Shift+ArrowRight Shift+ArrowUp Shift+ArrowDown"
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

/** The centre of the cell beside the cursor's; of the middle one where there is no cursor. */
function walk(cursor: Cursor | null, dx: number, dy: number, width: number, height: number): Cursor {
  const step = (size: number): number => Math.max(1, Math.round(size / MAX_STEPS));
  const cell = cursor && cellAt(cursor.x, cursor.y, width, height);
  const move = (at: number | undefined, by: number, size: number): number =>
    at === undefined ? Math.floor(size / 2) : Math.min(Math.max(at + by * step(size), 0), size - 1);
  return { x: (move(cell?.column, dx, width) + 0.5) / width, y: (move(cell?.row, dy, height) + 0.5) / height };
}

/** The rectangle of all cells from one to another. */
function spanned(a: Cursor, b: Cursor, width: number, height: number): NonNullable<ViewState['region']> {
  const cells = [a, b].map(({ x, y }) => cellAt(x, y, width, height) ?? { row: 0, column: 0 });
  const [columns, rows] = [cells.map(({ column }) => column), cells.map(({ row }) => row)];
  return {
    kind: 'rectangle',
    x0: Math.min(...columns) / width,
    y0: Math.min(...rows) / height,
    x1: (Math.max(...columns) + 1) / width,
    y1: (Math.max(...rows) + 1) / height
  };
}

/** The viewport moved as little as it takes to show a place. */
function keepInSight(
  cursor: Cursor,
  viewport: ViewState['viewport'],
  pane: Pane,
  largest: number
): ViewState['viewport'] {
  const seen = visibleRegion(viewport, pane);
  const shift = (at: number, from: number, to: number): number => (at < from ? at - from : at > to ? at - to : 0);
  return clampViewport(
    {
      ...viewport,
      x: viewport.x + shift(cursor.x, seen.u0, seen.u1),
      y: viewport.y + shift(cursor.y, seen.v0, seen.v1)
    },
    largest
  );
}

function cellOutline({ x, y }: Cursor, { planes: { width, height } }: ShownMap): Outline {
  const cell = cellAt(x, y, width, height) ?? { row: 0, column: 0 };
  const [x0, y0, x1, y1] = [cell.column / width, cell.row / height, (cell.column + 1) / width, (cell.row + 1) / height];
  return {
    points: [
      [x0, y0],
      [x1, y0],
      [x1, y1],
      [x0, y1]
    ],
    dashed: false
  };
}

function regionOutline(region: NonNullable<ViewState['region']>): Outline {
  if (region.kind === 'lasso') {
    return { points: region.points, dashed: false };
  }
  const { x0, y0, x1, y1 } = region;
  return {
    points: [
      [x0, y0],
      [x1, y0],
      [x1, y1],
      [x0, y1]
    ],
    dashed: false
  };
}
