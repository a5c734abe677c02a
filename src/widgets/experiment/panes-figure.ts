import { drawFigure } from '../../viewer/export/figure';
import { figureOf, type FigureSource, LIGHT, SHARPNESS, toPng, withScene } from '../export/figure-source';

/** Width of one pane, CSS pixels. */
const WIDTH = 320;
const MARGIN = 12;
const LINE = 16;

/** PNG of maps side by side, each with its heading and colour bar; under all of them where they come from. */
export async function pngOfPanes(
  title: string,
  panes: readonly FigureSource[],
  provenance: readonly string[]
): Promise<Blob> {
  const drawn = panes.map(pane =>
    withScene(pane, pane.state().viewport, scene =>
      drawFigure(
        figureOf({ ...pane, provenance: [] }, scene, WIDTH, Math.round(WIDTH / pane.aspect), '#fff', '#111'),
        LIGHT,
        SHARPNESS,
        pane.renderer
      )
    )
  );
  const canvas = document.createElement('canvas');
  canvas.width = drawn.reduce((sum, { width }) => sum + width, 0);
  const width = canvas.width / SHARPNESS - 2 * MARGIN;
  const top = Math.max(...drawn.map(({ height }) => height)) / SHARPNESS;
  const font = `12px ${LIGHT.font}`;
  const measure = canvas.getContext('2d') as CanvasRenderingContext2D;
  measure.font = font;
  const lines = linesOf([title, ...provenance], text => measure.measureText(text).width <= width);
  canvas.height = (top + lines.length * LINE + MARGIN) * SHARPNESS;
  const context = canvas.getContext('2d') as CanvasRenderingContext2D;
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  let left = 0;
  for (const pane of drawn) {
    context.drawImage(pane, left, 0);
    left += pane.width;
  }
  context.scale(SHARPNESS, SHARPNESS);
  context.font = font;
  context.fillStyle = '#111';
  lines.forEach((line, i) => context.fillText(line, MARGIN, top + LINE * (i + 0.75), width));
  return toPng(canvas, { title, provenance });
}

function linesOf(parts: readonly string[], fits: (text: string) => boolean): string[] {
  const lines: string[] = [];
  for (const part of parts) {
    const joined = `${lines.at(-1)} · ${part}`;
    if (lines.length > 0 && fits(joined)) {
      lines[lines.length - 1] = joined;
    } else {
      lines.push(part);
    }
  }
  return lines;
}
