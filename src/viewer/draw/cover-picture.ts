/** A picture with what is covered hatched, drawn once into a canvas of its own. */
import { canvasOf } from './class-picture';
import type { Picture } from './pane-scene';

/** Width of the stripes, in pixels of the canvas. */
const STRIPE = 4;
const DARK = [40, 40, 40, 215];
const LIGHT = [255, 255, 255, 150];

/**
 * @param aspect - Width over height of the picture.
 * @param cells - 1 where the picture is covered, row by row.
 */
export function drawCoverPicture(
  picture: Picture | null,
  aspect: number,
  cells: Uint8Array,
  [rows, columns]: readonly [number, number]
): OffscreenCanvas {
  const canvas = canvasOf(picture, aspect, { rows, columns });
  const { width, height } = canvas;
  const context = canvas.getContext('2d');
  if (!context || !cells.includes(1)) {
    return canvas;
  }
  const hatched = new ImageData(width, height);
  for (let y = 0, at = 0; y < height; y++) {
    const row = Math.min(Math.floor(((y + 0.5) * rows) / height), rows - 1) * columns;
    for (let x = 0; x < width; x++, at += 4) {
      if (cells[row + Math.min(Math.floor(((x + 0.5) * columns) / width), columns - 1)] === 1) {
        hatched.data.set(Math.floor((x + y) / STRIPE) % 3 === 0 ? LIGHT : DARK, at);
      }
    }
  }
  const shades = new OffscreenCanvas(width, height);
  shades.getContext('2d')?.putImageData(hatched, 0, 0);
  context.drawImage(shades, 0, 0);
  return canvas;
}
