import type { Region, Viewport } from '../../state/places';
import { colorOf } from '../color/colormaps';
import { cellsWithin, inImage, intersection, type MapGrid, regionOfCells } from '../layout/map-grid';
import { type Pane, pixelAt, visibleRegion } from '../layout/viewport';
import { formatNumber } from '../values/numbers';
import { scaleToStrength, scaleToUnit } from '../values/scale';
import { luminance, snap } from './canvas';
import { gridOf, type MapLayer } from './pane-scene';

/** Smallest side of a cell, in CSS pixels, for lines between cells. */
export const MIN_CELL_LINES = 16;

/** Smallest side of a cell, in CSS pixels, for its number. */
export const MIN_CELL_NUMBERS = 44;

const FONT_SIZE = 11;

/** The part of the image that a pane shows. */
const shownPart = (viewport: Viewport, pane: Pane): Region => inImage(visibleRegion(viewport, pane));

/** Draws the lines between the cells of a map. */
export function drawCellLines(
  context: CanvasRenderingContext2D,
  grid: MapGrid,
  viewport: Viewport,
  pane: Pane,
  ink: string,
  lineWidth: number
): void {
  const part = intersection(shownPart(viewport, pane), grid.region);
  const { from: first, end: last } = cellsWithin(grid, part);
  const from = pixelAt(viewport, pane, part.u0, part.v0);
  const to = pixelAt(viewport, pane, part.u1, part.v1);
  context.beginPath();
  for (let column = first.column; column <= last.column; column++) {
    const { u0 } = regionOfCells(grid, { row: 0, column });
    const x = snap(pixelAt(viewport, pane, u0, 0).x, lineWidth);
    context.moveTo(x, from.y);
    context.lineTo(x, to.y);
  }
  for (let row = first.row; row <= last.row; row++) {
    const { v0 } = regionOfCells(grid, { row, column: 0 });
    const y = snap(pixelAt(viewport, pane, 0, v0).y, lineWidth);
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
  const grid = gridOf(map);
  const { from: first, end: last } = cellsWithin(grid, shownPart(viewport, pane));
  context.font = `${Math.round(FONT_SIZE * pixelRatio)}px ${font}`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.lineJoin = 'round';
  context.lineWidth = 2.5 * pixelRatio;
  for (let row = first.row; row < last.row; row++) {
    for (let column = first.column; column < last.column; column++) {
      const { u0, v0, u1, v1 } = inImage(regionOfCells(grid, { row, column }));
      const from = pixelAt(viewport, pane, u0, v0);
      const to = pixelAt(viewport, pane, u1, v1);
      const [width, height] = [to.x - from.x, to.y - from.y];
      // Of a cell that reaches out of the image, too little may be left for its number.
      if (Math.min(width, height) < MIN_CELL_NUMBERS * pixelRatio - 1) {
        continue;
      }
      const value = texture.valueAt(channel, row, column);
      const isDark = groundLuminance(value, style) < 0.5;
      const [x, y] = [from.x + width / 2, from.y + height / 2];
      const text = formatNumber(value, 3);
      context.strokeStyle = isDark ? 'rgba(0, 0, 0, 0.6)' : 'rgba(255, 255, 255, 0.6)';
      context.strokeText(text, x, y, width * 0.92);
      context.fillStyle = isDark ? '#fff' : '#000';
      context.fillText(text, x, y, width * 0.92);
    }
  }
}

/** Lightness of a cell; assumes a medium grey for the picture beneath, which is unknown. */
function groundLuminance(value: number, style: MapLayer['style']): number {
  const unit = scaleToUnit(style.scale ?? 'linear', value, [style.min, style.max]);
  const color = colorOf(style.colormap, unit, 0, 1, style.reversed);
  const opacity =
    (style.opacity ?? 1) * (style.fades ? scaleToStrength(style.scale ?? 'linear', value, [style.min, style.max]) : 1);
  return color ? opacity * luminance(color) + (1 - opacity) * 0.45 : 0.45;
}
