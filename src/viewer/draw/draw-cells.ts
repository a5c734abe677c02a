import type { Viewport } from '../../state/view-state';
import { colorOf } from '../color/colormaps';
import { type Pane, pixelAt, visibleRegion } from '../layout/viewport';
import { formatNumber } from '../values/numbers';
import { scaleToUnit } from '../values/scale';
import { luminance, snap } from './canvas';
import type { MapLayer } from './pane-scene';

/** Smallest side of a cell, in CSS pixels, for lines between cells. */
export const MIN_CELL_LINES = 16;

/** Smallest side of a cell, in CSS pixels, for its number. */
export const MIN_CELL_NUMBERS = 44;

const FONT_SIZE = 11;

interface CellSpan {
  firstColumn: number;
  lastColumn: number;
  firstRow: number;
  lastRow: number;
}

/** The cells of a map that a pane shows at least in part, last ones excluded. */
function visibleCells(map: { width: number; height: number }, viewport: Viewport, pane: Pane): CellSpan {
  const seen = visibleRegion(viewport, pane);
  return {
    firstColumn: Math.max(Math.floor(seen.u0 * map.width), 0),
    lastColumn: Math.min(Math.ceil(seen.u1 * map.width), map.width),
    firstRow: Math.max(Math.floor(seen.v0 * map.height), 0),
    lastRow: Math.min(Math.ceil(seen.v1 * map.height), map.height)
  };
}

/** Draws the lines between the cells of a map. */
export function drawCellLines(
  context: CanvasRenderingContext2D,
  map: { width: number; height: number },
  viewport: Viewport,
  pane: Pane,
  ink: string,
  lineWidth: number
): void {
  const { firstColumn, lastColumn, firstRow, lastRow } = visibleCells(map, viewport, pane);
  const from = pixelAt(viewport, pane, firstColumn / map.width, firstRow / map.height);
  const to = pixelAt(viewport, pane, lastColumn / map.width, lastRow / map.height);
  context.beginPath();
  for (let column = firstColumn; column <= lastColumn; column++) {
    const x = snap(pixelAt(viewport, pane, column / map.width, 0).x, lineWidth);
    context.moveTo(x, from.y);
    context.lineTo(x, to.y);
  }
  for (let row = firstRow; row <= lastRow; row++) {
    const y = snap(pixelAt(viewport, pane, 0, row / map.height).y, lineWidth);
    context.moveTo(from.x, y);
    context.lineTo(to.x, y);
  }
  context.strokeStyle = ink;
  context.lineWidth = lineWidth;
  context.stroke();
}

/** Writes each cell's value into it, dark on light cells and light on dark ones. */
export function drawCellNumbers(
  context: CanvasRenderingContext2D,
  map: MapLayer,
  viewport: Viewport,
  pane: Pane,
  font: string,
  pixelRatio: number
): void {
  const { texture, channel, style } = map;
  const { firstColumn, lastColumn, firstRow, lastRow } = visibleCells(texture, viewport, pane);
  const origin = pixelAt(viewport, pane, 0, 0);
  const end = pixelAt(viewport, pane, 1, 1);
  const cellWidth = (end.x - origin.x) / texture.width;
  const cellHeight = (end.y - origin.y) / texture.height;
  context.font = `${Math.round(FONT_SIZE * pixelRatio)}px ${font}`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.lineJoin = 'round';
  context.lineWidth = 2.5 * pixelRatio;
  for (let row = firstRow; row < lastRow; row++) {
    for (let column = firstColumn; column < lastColumn; column++) {
      const value = texture.valueAt(channel, row, column);
      const isDark = groundLuminance(value, style) < 0.5;
      const x = origin.x + (column + 0.5) * cellWidth;
      const y = origin.y + (row + 0.5) * cellHeight;
      const text = formatNumber(value, 3);
      context.strokeStyle = isDark ? 'rgba(0, 0, 0, 0.6)' : 'rgba(255, 255, 255, 0.6)';
      context.strokeText(text, x, y, cellWidth * 0.92);
      context.fillStyle = isDark ? '#fff' : '#000';
      context.fillText(text, x, y, cellWidth * 0.92);
    }
  }
}

/** Lightness of a cell; assumes a medium grey for the picture beneath, which is unknown. */
function groundLuminance(value: number, style: MapLayer['style']): number {
  const unit = scaleToUnit(style.scale ?? 'linear', value, [style.min, style.max]);
  const color = colorOf(style.colormap, unit, 0, 1, style.reversed);
  const opacity = style.opacity ?? 1;
  return color ? opacity * luminance(color) + (1 - opacity) * 0.45 : 0.45;
}
