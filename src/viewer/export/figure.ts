import type { ScaleName } from '../../state/view-state';
import { colormapGradientStops } from '../color/colormaps';
import { context2d, type Inks } from '../draw/canvas';
import { drawPane } from '../draw/draw-pane';
import { type PaneScene } from '../draw/pane-scene';
import type { HeatmapRenderer } from '../gl/renderer';
import { barTicks } from '../values/bar-ticks';
import type { Range } from '../values/statistics';

/** A pane to take away, with its title and colour bar. Sizes are CSS pixels. */
export interface Figure {
  title: string;
  /** Its provenance, part by part: a caption under the colour bar, in as many lines as it takes. */
  provenance: readonly string[];
  scene: PaneScene;
  /** Of the pane. */
  width: number;
  height: number;
  bounds: Range;
  scale: ScaleName;
  /** Behind it all, and the text on it. */
  paper: string;
  ink: string;
  /** Around letters, where the paper is not known. */
  edge?: string;
}

/** Layout of a figure's parts. */
export interface FigureLayout {
  width: number;
  height: number;
  title: { x: number; y: number };
  pane: { x: number; y: number; width: number; height: number };
  bar: { x: number; y: number; width: number; height: number };
  ticks: { x: number; y: number; text: string }[];
  caption: { x: number; y: number; text: string }[];
}

const MARGIN = 12;
const TITLE = 22;
const BAR = 12;
const TICKS = 20;
const CAPTION_LINE = 14;
/** Width of a letter beside its height, on average: the lines are the same in PNG and SVG, which cannot measure text. */
const LETTER = 0.56;

export const TITLE_FONT_SIZE = 13;
export const TICK_FONT_SIZE = 11;
export const CAPTION_FONT_SIZE = 10;
/** Width of the edge of letters, half of which they cover. */
const EDGE = 3;

export function layOut({ width, height, bounds, scale, provenance }: Figure): FigureLayout {
  const bar = { x: MARGIN, y: MARGIN + TITLE + height + 8, width, height: BAR };
  const ticks = barTicks(scale, bounds, width / (TICK_FONT_SIZE * LETTER));
  const caption = linesOf(provenance, Math.floor(width / (CAPTION_FONT_SIZE * LETTER)));
  const below = bar.y + BAR + TICKS;
  return {
    width: width + 2 * MARGIN,
    height: below + caption.length * CAPTION_LINE + MARGIN / 2,
    title: { x: MARGIN, y: MARGIN + TITLE_FONT_SIZE },
    pane: { x: MARGIN, y: MARGIN + TITLE, width, height },
    bar,
    ticks: ticks.map(({ place, label }) => ({ x: bar.x + place * width, y: bar.y + BAR + 14, text: label })),
    caption: caption.map((text, i) => ({ x: MARGIN, y: below + CAPTION_FONT_SIZE + i * CAPTION_LINE, text }))
  };
}

/** Parts joined to lines of so many letters; a part that is longer has a line of its own. */
function linesOf(parts: readonly string[], letters: number): string[] {
  const lines: string[] = [];
  for (const part of parts) {
    const joined = `${lines.at(-1)} · ${part}`;
    if (lines.length > 0 && joined.length <= letters) {
      lines[lines.length - 1] = joined;
    } else {
      lines.push(part);
    }
  }
  return lines;
}

/** Draws the pane alone into a new canvas of device pixels. */
export function drawFigurePane(
  figure: Figure,
  inks: Inks,
  pixelRatio: number,
  renderer: HeatmapRenderer
): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(figure.width * pixelRatio);
  canvas.height = Math.round(figure.height * pixelRatio);
  drawPane(canvas, figure.scene, inks, pixelRatio, renderer);
  return canvas;
}

/** Draws a whole figure into a new canvas of device pixels. */
export function drawFigure(
  figure: Figure,
  inks: Inks,
  pixelRatio: number,
  renderer: HeatmapRenderer
): HTMLCanvasElement {
  const layout = layOut(figure);
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(layout.width * pixelRatio);
  canvas.height = Math.round(layout.height * pixelRatio);
  const context = context2d(canvas);
  context.fillStyle = figure.paper;
  context.fillRect(0, 0, canvas.width, canvas.height);
  const pane = drawFigurePane(figure, inks, pixelRatio, renderer);
  context.drawImage(pane, Math.round(layout.pane.x * pixelRatio), Math.round(layout.pane.y * pixelRatio));
  context.scale(pixelRatio, pixelRatio);
  const write = (text: string, x: number, y: number, most?: number): void => {
    if (figure.edge) {
      context.strokeStyle = figure.edge;
      context.lineWidth = EDGE;
      context.lineJoin = 'round';
      context.strokeText(text, x, y, most);
    }
    context.fillStyle = figure.ink;
    context.fillText(text, x, y, most);
  };
  context.font = `600 ${TITLE_FONT_SIZE}px ${inks.font}`;
  write(figure.title, layout.title.x, layout.title.y, layout.pane.width);
  const { bar } = layout;
  const gradient = context.createLinearGradient(bar.x, 0, bar.x + bar.width, 0);
  const style = figure.scene.map?.style;
  colormapGradientStops(style?.colormap ?? 'gray', style?.reversed).forEach(([offset, color]) =>
    gradient.addColorStop(offset, color)
  );
  context.fillStyle = gradient;
  context.fillRect(bar.x, bar.y, bar.width, bar.height);
  context.font = `${TICK_FONT_SIZE}px ${inks.font}`;
  for (const { x, y, text } of layout.ticks) {
    const half = context.measureText(text).width / 2;
    write(text, Math.min(Math.max(x - half, bar.x), bar.x + bar.width - 2 * half), y);
  }
  context.font = `${CAPTION_FONT_SIZE}px ${inks.font}`;
  for (const { x, y, text } of layout.caption) {
    write(text, x, y, layout.pane.width);
  }
  return canvas;
}
