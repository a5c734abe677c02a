import type { Viewport } from '../../state/view-state';
import type { HeatmapRenderer } from '../gl/renderer';
import { cellAt, imageSize, type Pane, pixelAt, visibleRegion } from '../layout/viewport';
import { context2d, type Inks, snap, strokeWithHalo } from './canvas';
import { drawCellLines, drawCellNumbers, MIN_CELL_LINES, MIN_CELL_NUMBERS } from './draw-cells';
import { drawContours, drawOutlines } from './draw-outlines';
import type { MapLayer } from './pane-scene';
import type { PaneScene } from './pane-scene';
import type { Picture } from './pane-scene';

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
    const tile = {
      channel: map.channel,
      x: 0,
      y: 0,
      width: pane.width,
      height: pane.height,
      ...visibleRegion(viewport, pane)
    };
    renderer.draw(context, map.texture, [tile], map.style);
    if (scene.showCells && !map.style.smooth) {
      drawCells(context, map, viewport, pane, inks, pixelRatio);
    }
    drawContours(context, scene.contours ?? [], map.style, viewport, pane, pixelRatio);
    context.restore();
  }
  strokeCursor(context, scene, pane, inks, pixelRatio);
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
  const cell = Math.min(size.width / map.texture.width, size.height / map.texture.height) / pixelRatio;
  if (cell >= MIN_CELL_LINES) {
    drawCellLines(context, map.texture, viewport, pane, inks.line, Math.max(Math.round(pixelRatio), 1));
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
  const cell = map && !map.style.smooth && cellAt(cursor.x, cursor.y, map.texture.width, map.texture.height);
  if (map && cell) {
    const { width, height } = map.texture;
    const from = pixelAt(viewport, pane, cell.column / width, cell.row / height);
    const to = pixelAt(viewport, pane, (cell.column + 1) / width, (cell.row + 1) / height);
    const x = snap(from.x, lineWidth);
    const y = snap(from.y, lineWidth);
    path.rect(x, y, snap(to.x, lineWidth) - x, snap(to.y, lineWidth) - y);
  }
  strokeWithHalo(context, path, inks.crosshair, inks.halo, lineWidth);
}
