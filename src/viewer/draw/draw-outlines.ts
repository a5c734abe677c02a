import type { Viewport } from '../../state/view-state';
import { colorOf } from '../color/colormaps';
import type { HeatmapStyle } from '../gl/renderer';
import { type Pane, pixelAt } from '../layout/viewport';
import { scaleToUnit } from '../values/scale';
import { type Inks, strokeWithHalo } from './canvas';
import type { ContourLevel } from './contours';

/** A shape over a pane, in relative image coordinates. */
export interface Outline {
  points: readonly (readonly [x: number, y: number])[];
  /** Dashed: computed, as a receptive field. Solid: drawn or chosen by the user. */
  dashed: boolean;
}

function trace(points: readonly (readonly [number, number])[], viewport: Viewport, pane: Pane, path: Path2D): void {
  points.forEach(([u, v], i) => {
    const { x, y } = pixelAt(viewport, pane, u, v);
    if (i === 0) {
      path.moveTo(x, y);
    } else {
      path.lineTo(x, y);
    }
  });
}

/** Draws closed shapes with a halo, so that they show on any ground. */
export function drawOutlines(
  context: CanvasRenderingContext2D,
  outlines: readonly Outline[],
  viewport: Viewport,
  pane: Pane,
  inks: Inks,
  pixelRatio: number
): void {
  for (const { points, dashed } of outlines) {
    const path = new Path2D();
    trace(points, viewport, pane, path);
    path.closePath();
    context.setLineDash(dashed ? [5 * pixelRatio, 4 * pixelRatio] : []);
    strokeWithHalo(context, path, inks.crosshair, inks.halo, Math.max(Math.round((dashed ? 1 : 1.5) * pixelRatio), 1));
  }
  context.setLineDash([]);
}

/** Draws contour lines, each in the colour of its level, with a dark edge. */
export function drawContours(
  context: CanvasRenderingContext2D,
  contours: readonly ContourLevel[],
  style: HeatmapStyle,
  viewport: Viewport,
  pane: Pane,
  pixelRatio: number
): void {
  context.lineJoin = 'round';
  for (const { level, lines } of contours) {
    const path = new Path2D();
    lines.forEach(line => trace(line, viewport, pane, path));
    strokeWithHalo(context, path, contourColor(style, level), 'rgba(0, 0, 0, 0.65)', Math.max(1.25 * pixelRatio, 1));
  }
}

/** The CSS colour of a contour: that of its level. */
export function contourColor({ colormap, scale, min, max, reversed }: HeatmapStyle, level: number): string {
  const color = colorOf(colormap, scaleToUnit(scale ?? 'linear', level, [min, max]), 0, 1, reversed);
  return color ? `rgb(${color.join(', ')})` : '#fff';
}
