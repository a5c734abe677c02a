/** Padding, cropping, joining and cutting; tfjs' WASM backend does the last three cell by cell in JavaScript. */
import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { blank, kernels, pointerTo } from './module';

type Edges = readonly [before: number, after: number];

/** Pads the rows and columns of (n, h, w, c) with zeros; negative padding crops. */
export function padOrCrop(x: Tensor4D, rows: Edges, columns: Edges): Tensor4D {
  const [n, h, w, c] = x.shape;
  const native = kernels();
  if ([...rows, ...columns].every(edge => edge === 0)) {
    return x;
  }
  if (!native) {
    return padded(cropped(x, rows, columns), rows, columns);
  }
  const [height, width] = [h + rows[0] + rows[1], w + columns[0] + columns[1]];
  const y = blank<Tensor4D>([n, height, width, c]);
  for (let image = 0; image < n; image++) {
    const [from, to] = [pointerTo(x) + 4 * image * h * w * c, pointerTo(y) + 4 * image * height * width * c];
    native.placeImage(from, h, w, c, rows[0], columns[0], to, height, width);
  }
  return y;
}

function cropped(x: Tensor4D, rows: Edges, columns: Edges): Tensor4D {
  const [n, h, w, c] = x.shape;
  const crop = (edge: number) => Math.max(-edge, 0);
  return Math.min(...rows, ...columns) < 0
    ? tf.slice(
        x,
        [0, crop(rows[0]), crop(columns[0]), 0],
        [n, h - crop(rows[0]) - crop(rows[1]), w - crop(columns[0]) - crop(columns[1]), c]
      )
    : x;
}

function padded(x: Tensor4D, rows: Edges, columns: Edges): Tensor4D {
  const grow = (edges: Edges): [number, number] => [Math.max(edges[0], 0), Math.max(edges[1], 0)];
  return Math.max(...rows, ...columns) > 0 ? tf.pad(x, [[0, 0], grow(rows), grow(columns), [0, 0]]) : x;
}

/** Changes a tensor along one axis, as one of three axes: WebGL pads and turns round four at most. */
export function alongAxis(x: Tensor, axis: number, change: (x: Tensor) => Tensor): Tensor {
  const [outer, inner] = [x.shape.slice(0, axis), x.shape.slice(axis + 1)];
  const sizes = [tf.util.sizeFromShape(outer), x.shape[axis], tf.util.sizeFromShape(inner)];
  const changed = change(tf.reshape(x, sizes));
  return tf.reshape(changed, [...outer, changed.shape[1]!, ...inner]);
}

/** Pads each axis as `pad` does, at the second of three axes. */
export const padEach = (
  x: Tensor,
  edges: readonly Edges[],
  pad: (x: Tensor, edges: [number, number][]) => Tensor
): Tensor =>
  edges.reduce(
    (padded, [before, after], axis) =>
      before + after === 0
        ? padded
        : alongAxis(padded, axis, whole =>
            pad(whole, [
              [0, 0],
              [before, after],
              [0, 0]
            ])
          ),
    x
  );

/** Pads with a number. */
export const padWith = (x: Tensor, edges: readonly Edges[], value = 0): Tensor =>
  x.shape.length <= 4
    ? tf.pad(
        x,
        edges.map(([before, after]): [number, number] => [before, after]),
        value
      )
    : padEach(x, edges, (whole, own) => tf.pad(whole, own, value));

/** Joins along `axis`. */
export function joined(parts: Tensor[], axis: number): Tensor {
  const native = kernels();
  if (!native) {
    return tf.concat(parts, axis);
  }
  const [shape] = [parts[0].shape.slice()];
  shape[axis] = parts.reduce((sum, part) => sum + part.shape[axis], 0);
  const y = blank(shape);
  const step = 4 * tf.util.sizeFromShape(shape.slice(axis));
  let to = pointerTo(y);
  for (const part of parts) {
    const length = 4 * tf.util.sizeFromShape(part.shape.slice(axis));
    native.copyRows(pointerTo(part), length, to, step, tf.util.sizeFromShape(shape.slice(0, axis)), length);
    to += length;
  }
  return y;
}

/** `size` entries along `axis`, from `start` on. */
export function cut(x: Tensor, axis: number, start: number, size: number): Tensor {
  const native = kernels();
  const shape = x.shape.map((whole, i) => (i === axis ? size : whole));
  if (!native) {
    return tf.slice(
      x,
      x.shape.map((_, i) => (i === axis ? start : 0)),
      shape
    );
  }
  const y = blank(shape);
  const inner = 4 * tf.util.sizeFromShape(shape.slice(axis + 1));
  const from = pointerTo(x) + start * inner;
  native.copyRows(
    from,
    x.shape[axis] * inner,
    pointerTo(y),
    size * inner,
    tf.util.sizeFromShape(shape.slice(0, axis)),
    size * inner
  );
  return y;
}
