/** Signals and vectors as curves, for a picture under their maps: time runs as the maps' columns do. */

import { minMax } from './statistics';

/** Pixels; maps of signals are one row, so the picture is wide. */
const WIDTH = 960;
const HEIGHT = 400;
const MARGIN = 12;
const MOST_CURVES = 8;

/** Okabe and Ito (2008): told apart without full colour vision; dashes tell them apart without any. */
const INKS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9', '#000000', '#8a6d00'];
const DASHES = [[], [8, 4], [2, 3], [8, 3, 2, 3], [14, 4], [4, 4], [2, 6], [10, 2]];

/** Points of a curve: one point a value, over the whole width, the highest value on top. */
export function curve(
  values: Float32Array,
  from: number,
  step: number,
  count: number,
  low: number,
  high: number
): [number, number][] {
  const span = high - low || 1;
  return Array.from({ length: count }, (_, i) => {
    const share = (values[from + i * step] - low) / span;
    return [((i + 0.5) / count) * WIDTH, HEIGHT - MARGIN - share * (HEIGHT - 2 * MARGIN)];
  });
}

/**
 * A drawing of a signal (steps, channels), or of a vector as one channel.
 *
 * @param data - Values in C order; what is not finite breaks the curve.
 * @returns 960 x 400 pixels, opaque; the first eight channels are drawn.
 */
export function signalPicture(data: Float32Array, steps: number, channels: number): ImageBitmap | null {
  const canvas = new OffscreenCanvas(WIDTH, HEIGHT);
  const context = canvas.getContext('2d');
  if (!context) {
    return null;
  }
  const [low, high] = minMax(data);
  context.fillStyle = 'white';
  context.fillRect(0, 0, WIDTH, HEIGHT);
  context.lineWidth = 2;
  for (let channel = 0; channel < Math.min(channels, MOST_CURVES); channel++) {
    context.strokeStyle = INKS[channel];
    context.setLineDash(DASHES[channel]);
    context.beginPath();
    let isDown = false;
    for (const [x, y] of curve(data, channel, channels, steps, low, high)) {
      const isKnown = Number.isFinite(y);
      if (isKnown && isDown) {
        context.lineTo(x, y);
      } else if (isKnown) {
        context.moveTo(x, y);
      }
      isDown = isKnown;
    }
    context.stroke();
  }
  return canvas.transferToImageBitmap();
}
