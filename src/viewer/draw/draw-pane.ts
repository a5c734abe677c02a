import type { Viewport } from '../../state/view-state';
import type { HeatmapRenderer } from '../gl/renderer';
import { cellAt, inImage, onMap, regionOfCells } from '../layout/map-grid';
import type { Tile } from '../layout/tile';
import { imageSize, type Pane, pixelAt, visibleRegion } from '../layout/viewport';
import { context2d, type Inks, snap, strokeWithHalo } from './canvas';
import { drawCellLines, drawCellNumbers, MIN_CELL_LINES, MIN_CELL_NUMBERS } from './draw-cells';
import { drawContours, drawOutlines } from './draw-outlines';
import { gridOf, type MapLayer, type PaneScene, type Picture } from './pane-scene';

/** The pane that a canvas is, in device pixels. */
function paneOf(canvas: HTMLCanvasElement, aspect: number): Pane {
  return { width: canvas.width, height: canvas.height, aspect };
}

/**
 * Draws a pane into a canvas sized for `pixelRatio` (see `fitCanvas`):
 * picture, map, cells and cursor. Clears what was there.
 */
export function drawPane(
  canvas: HTMLCanvasElement,
  scene: PaneScene,
  inks: Inks,
  pixelRatio: number,
  renderer: HeatmapRenderer
): void {
  const context = context2d(canvas);
  const pane = paneOf(canvas, scene.aspect);
  const { viewport, picture, map } = scene;
  context.clearRect(0, 0, pane.width, pane.height);
  context.fillStyle = inks.background;
  context.fillRect(0, 0, pane.width, pane.height);
  if (picture) {
    drawPicture(context, picture, viewport, pane);
  }
  if (map) {
    const from = Math.round((scene.divider ?? 0) * pane.width);
    context.save();
    context.beginPath();
    context.rect(from, 0, pane.width - from, pane.height);
    context.clip();
    renderer.draw(context, map.texture, tilesOf(map, viewport, pane), map.style);
    if (scene.showCells && !map.style.smooth) {
      drawCells(context, map, viewport, pane, inks, pixelRatio);
    }
    clipToImage(context, viewport, pane);
    drawContours(context, scene.contours ?? [], map.style, viewport, pane, pixelRatio);
    context.restore();
  }
  strokeCursor(context, scene, pane, inks, pixelRatio);
}

/** The pane's part that shows the image, with what it sees of the map; none where it shows no image. */
function tilesOf({ channel, region }: MapLayer, viewport: Viewport, pane: Pane): Tile[] {
  const seen = inImage(visibleRegion(viewport, pane));
  const from = pixelAt(viewport, pane, seen.u0, seen.v0);
  const to = pixelAt(viewport, pane, seen.u1, seen.v1);
  const start = onMap(region, { x: seen.u0, y: seen.v0 });
  const end = onMap(region, { x: seen.u1, y: seen.v1 });
  return to.x > from.x && to.y > from.y
    ? [
        {
          channel,
          x: from.x,
          y: from.y,
          width: to.x - from.x,
          height: to.y - from.y,
          u0: start.x,
          v0: start.y,
          u1: end.x,
          v1: end.y
        }
      ]
    : [];
}

/** Keeps what is drawn from here on within the image. */
function clipToImage(context: CanvasRenderingContext2D, viewport: Viewport, pane: Pane): void {
  const from = pixelAt(viewport, pane, 0, 0);
  const to = pixelAt(viewport, pane, 1, 1);
  context.beginPath();
  context.rect(from.x, from.y, to.x - from.x, to.y - from.y);
  context.clip();
}

/**
 * Draws the cursor alone, into a transparent canvas of the same size stacked over
 * the pane's: a moving pointer then redraws no map.
 */
export function drawPaneCursor(canvas: HTMLCanvasElement, scene: PaneScene, inks: Inks, pixelRatio: number): void {
  const context = context2d(canvas);
  context.clearRect(0, 0, canvas.width, canvas.height);
  const pane = paneOf(canvas, scene.aspect);
  drawOutlines(context, scene.outlines ?? [], scene.viewport, pane, inks, pixelRatio);
  strokeCursor(context, scene, pane, inks, pixelRatio);
}

/** Draws the seen part of a picture; its pixels are shown as they are from 2x on. */
function drawPicture(
  context: CanvasRenderingContext2D,
  { source, width, height }: Picture,
  viewport: Viewport,
  pane: Pane
): void {
  const seen = visibleRegion(viewport, pane);
  // Whole source pixels around the seen part: a small source rectangle, whatever the zoom.
  const left = Math.max(Math.floor(seen.u0 * width), 0);
  const top = Math.max(Math.floor(seen.v0 * height), 0);
  const columns = Math.min(Math.ceil(seen.u1 * width), width) - left;
  const rows = Math.min(Math.ceil(seen.v1 * height), height) - top;
  if (columns <= 0 || rows <= 0) {
    return;
  }
  const from = pixelAt(viewport, pane, left / width, top / height);
  const to = pixelAt(viewport, pane, (left + columns) / width, (top + rows) / height);
  context.imageSmoothingEnabled = imageSize(pane, viewport.zoom).width / width < 2;
  context.imageSmoothingQuality = 'high';
  context.drawImage(source, left, top, columns, rows, from.x, from.y, to.x - from.x, to.y - from.y);
}

function drawCells(
  context: CanvasRenderingContext2D,
  map: MapLayer,
  viewport: Viewport,
  pane: Pane,
  inks: Inks,
  pixelRatio: number
): void {
  const size = imageSize(pane, viewport.zoom);
  const { u0, v0, u1, v1 } = map.region;
  const [width, height] = [(u1 - u0) * size.width, (v1 - v0) * size.height];
  const cell = Math.min(width / map.texture.width, height / map.texture.height) / pixelRatio;
  if (cell >= MIN_CELL_LINES) {
    drawCellLines(context, gridOf(map), viewport, pane, inks.line, Math.max(Math.round(pixelRatio), 1));
  }
  if (cell >= MIN_CELL_NUMBERS) {
    drawCellNumbers(context, map, viewport, pane, inks.font, pixelRatio);
  }
}

/** The cross-hair over the whole pane, and a frame around the cell that it is in. */
function strokeCursor(
  context: CanvasRenderingContext2D,
  { cursor, viewport, map }: PaneScene,
  pane: Pane,
  inks: Inks,
  pixelRatio: number
): void {
  if (!cursor) {
    return;
  }
  const lineWidth = Math.max(Math.round(pixelRatio), 1);
  const place = pixelAt(viewport, pane, cursor.x, cursor.y);
  const path = new Path2D();
  path.moveTo(snap(place.x, lineWidth), 0);
  path.lineTo(snap(place.x, lineWidth), pane.height);
  path.moveTo(0, snap(place.y, lineWidth));
  path.lineTo(pane.width, snap(place.y, lineWidth));
  const cell = map && !map.style.smooth && cellAt(gridOf(map), cursor);
  if (map && cell) {
    const { u0, v0, u1, v1 } = inImage(regionOfCells(gridOf(map), cell));
    const from = pixelAt(viewport, pane, u0, v0);
    const to = pixelAt(viewport, pane, u1, v1);
    const x = snap(from.x, lineWidth);
    const y = snap(from.y, lineWidth);
    path.rect(x, y, snap(to.x, lineWidth) - x, snap(to.y, lineWidth) - y);
  }
  strokeWithHalo(context, path, inks.crosshair, inks.halo, lineWidth);
}
