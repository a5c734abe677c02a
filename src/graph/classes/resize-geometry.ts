/**
 * The part of its input that a resize reads, and the reach of its cells: facts of Keras that engine and graph share.
 */
import { booleanOf } from '../attributes';
import type { Attributes } from '../model-graph';

/** The cells of an axis between edges that were cut off (negative) or put on, and the edge before them. */
export interface Frame {
  size: number;
  edge: number;
}

/** Keras' crop or pad of both axes to the aspect ratio of the target, in whole cells. */
export function frames(
  [h, w]: readonly number[],
  [height, width]: readonly [number, number],
  attributes: Attributes
): [Frame, Frame] {
  const tall = Math.trunc(Math.fround(Math.fround(w * height) / width));
  const wide = Math.trunc(Math.fround(Math.fround(h * width) / height));
  if (booleanOf(attributes, 'crop_to_aspect_ratio', false)) {
    return [cropOf(h, tall), cropOf(w, wide)];
  }
  return booleanOf(attributes, 'pad_to_aspect_ratio', false)
    ? [padOf(h, tall), padOf(w, wide)]
    : [
        { size: h, edge: 0 },
        { size: w, edge: 0 }
      ];
}

function cropOf(from: number, wanted: number): Frame {
  const size = Math.max(Math.min(from, wanted), 1);
  return { size, edge: -Math.floor((from - size) / 2) };
}

function padOf(from: number, wanted: number): Frame {
  const edge = Math.max(Math.floor((wanted - from) / 2), 0);
  return { size: from + 2 * edge, edge };
}

/** Radii of the kernels of TensorFlow's `ScaleAndTranslate`, in cells of the input. */
export const KERNEL_RADIUS = {
  bilinear: 1,
  bicubic: 2,
  lanczos3: 3,
  lanczos5: 5,
  gaussian: 1.5,
  mitchellcubic: 2
} as const;
