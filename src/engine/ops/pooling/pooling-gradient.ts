/**
 * Gradients of pooling in plain loops over (n, h, w, c). tfjs' own are wrong
 * for ties, for windows without a positive value and for padded averages; a
 * model has few pooling layers behind a tap, so one right implementation for
 * all backends beats one fast one each.
 */
import type { WindowAxis, Windows } from '../../kernels/windows';

/** First and last input index of a window, clipped to the input. */
function span(axis: WindowAxis, at: number): [number, number] {
  const start = at * axis.stride - axis.before;
  return [Math.max(start, 0), Math.min(start + axis.window, axis.input)];
}

type Visit = (inputRow: [number, number], inputColumn: [number, number], outputOffset: number, image: number) => void;

function eachWindow(images: number, channels: number, { rows, columns }: Windows, visit: Visit): void {
  let offset = 0;
  for (let image = 0; image < images; image++) {
    for (let row = 0; row < rows.output; row++) {
      const rowSpan = span(rows, row);
      for (let column = 0; column < columns.output; column++) {
        visit(rowSpan, span(columns, column), offset, image);
        offset += channels;
      }
    }
  }
}

/** Each window's gradient goes to its largest value, the first of equals in row-major order, as TensorFlow. */
export function maxPoolGradient(
  x: Float32Array,
  dy: Float32Array,
  images: number,
  channels: number,
  windows: Windows
): Float32Array {
  const { input: h } = windows.rows;
  const { input: w } = windows.columns;
  const dx = new Float32Array(x.length);
  const best = new Float32Array(channels);
  const where = new Int32Array(channels);
  eachWindow(images, channels, windows, ([top, bottom], [left, right], offset, image) => {
    best.fill(-Infinity);
    where.fill(-1);
    for (let row = top; row < bottom; row++) {
      for (let column = left; column < right; column++) {
        const at = ((image * h + row) * w + column) * channels;
        for (let c = 0; c < channels; c++) {
          const value = x[at + c];
          if (value > best[c] || where[c] < 0) {
            best[c] = value;
            where[c] = at + c;
          }
        }
      }
    }
    for (let c = 0; c < channels; c++) {
      if (where[c] >= 0) {
        dx[where[c]] += dy[offset + c];
      }
    }
  });
  return dx;
}

/** Each window's gradient is shared by the cells that it averaged; padding was not among them. */
export function averagePoolGradient(
  dy: Float32Array,
  images: number,
  channels: number,
  windows: Windows
): Float32Array {
  const { input: h } = windows.rows;
  const { input: w } = windows.columns;
  const dx = new Float32Array(images * h * w * channels);
  eachWindow(images, channels, windows, ([top, bottom], [left, right], offset, image) => {
    const count = (bottom - top) * (right - left);
    for (let row = top; row < bottom; row++) {
      for (let column = left; column < right; column++) {
        const at = ((image * h + row) * w + column) * channels;
        for (let c = 0; c < channels; c++) {
          dx[at + c] += dy[offset + c] / count;
        }
      }
    }
  });
  return dx;
}
