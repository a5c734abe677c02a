/** Pictures to numbers, as Keras and PIL do it: pure functions on arrays. */
import type { Interpolation, Preprocess } from '../../mime/payload';

/** Values (height, width, channels), 0..255. */
export interface Pixels {
  height: number;
  width: number;
  channels: number;
  data: Float32Array;
}

/** RGBA bytes to RGB or, where the picture is gray, to one channel's worth; alpha is dropped. */
export function pixelsOfRgba(rgba: Uint8ClampedArray | Uint8Array, height: number, width: number): Pixels {
  const data = new Float32Array(height * width * 3);
  for (let from = 0, to = 0; from < rgba.length; from += 4) {
    data[to++] = rgba[from];
    data[to++] = rgba[from + 1];
    data[to++] = rgba[from + 2];
  }
  return { height, width, channels: 3, data };
}

/** RGB values, whole numbers, to opaque RGBA bytes. */
export function rgbaOfPixels({ height, width, data }: Pixels): Uint8ClampedArray<ArrayBuffer> {
  const rgba = new Uint8ClampedArray(4 * height * width).fill(255);
  for (let from = 0, to = 0; from < data.length; to += 4) {
    rgba[to] = data[from++];
    rgba[to + 1] = data[from++];
    rgba[to + 2] = data[from++];
  }
  return rgba;
}

/** PIL's `convert('L')` on whole numbers: ITU-R 601-2 luma in 16-bit fixed point. */
export function toGray({ height, width, channels, data }: Pixels): Pixels {
  const gray = new Float32Array(height * width);
  for (let i = 0; i < gray.length; i++) {
    const at = i * channels;
    gray[i] = (data[at] * 19595 + data[at + 1] * 38470 + data[at + 2] * 7471 + 0x8000) >> 16;
  }
  return { height, width, channels: 1, data: gray };
}

/**
 * Resizes as Keras: `bilinear` is `tf.image.resize` (half-pixel centres, no
 * antialiasing; the result is not rounded), `nearest` is PIL's nearest as
 * `keras.utils.load_img` uses it.
 */
export function resizePixels(pixels: Pixels, height: number, width: number, interpolation: Interpolation): Pixels {
  if (pixels.height === height && pixels.width === width) {
    return pixels;
  }
  return interpolation === 'nearest' ? resizeNearest(pixels, height, width) : resizeBilinear(pixels, height, width);
}

function resizeNearest({ height: h, width: w, channels, data }: Pixels, height: number, width: number): Pixels {
  const resized = new Float32Array(height * width * channels);
  for (let row = 0, to = 0; row < height; row++) {
    const y = Math.min(Math.floor((row + 0.5) * (h / height)), h - 1);
    for (let column = 0; column < width; column++) {
      const x = Math.min(Math.floor((column + 0.5) * (w / width)), w - 1);
      for (let c = 0; c < channels; c++) {
        resized[to++] = data[(y * w + x) * channels + c];
      }
    }
  }
  return { height, width, channels, data: resized };
}

interface Tap {
  low: number;
  high: number;
  fraction: number;
}

/** The two cells and the weight of the second for each output index, in float32 as TensorFlow. */
function bilinearTaps(from: number, to: number): Tap[] {
  const scale = Math.fround(from / to);
  return Array.from({ length: to }, (_, i) => {
    const position = Math.fround(Math.fround((i + 0.5) * scale) - 0.5);
    const base = Math.floor(position);
    const fraction = Math.fround(position - base);
    return { low: Math.max(base, 0), high: Math.min(base + 1, from - 1), fraction };
  });
}

function resizeBilinear({ height: h, width: w, channels, data }: Pixels, height: number, width: number): Pixels {
  const rows = bilinearTaps(h, height);
  const columns = bilinearTaps(w, width);
  const resized = new Float32Array(height * width * channels);
  let to = 0;
  for (const row of rows) {
    for (const column of columns) {
      for (let c = 0; c < channels; c++) {
        const at = (y: number, x: number) => data[(y * w + x) * channels + c];
        const top = at(row.low, column.low) + (at(row.low, column.high) - at(row.low, column.low)) * column.fraction;
        const bottom =
          at(row.high, column.low) + (at(row.high, column.high) - at(row.high, column.low)) * column.fraction;
        resized[to++] = top + (bottom - top) * row.fraction;
      }
    }
  }
  return { height, width, channels, data: resized };
}

/** ImageNet's statistics as keras.applications.imagenet_utils has them. */
const IMAGENET = { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225], caffe: [103.939, 116.779, 123.68] };

/** Preprocesses a picture by name, in float32 and in Keras' order of operations. */
export function preprocessPixels(pixels: Pixels, preprocess: Preprocess): Pixels {
  const { channels, data } = pixels;
  const f = Math.fround;
  const each = (of: (value: number, channel: number) => number) => ({
    ...pixels,
    data: data.map((value, i) => of(value, i % channels))
  });
  if (preprocess === null) {
    return pixels;
  }
  if (preprocess === 'tf') {
    return each(value => f(f(value / 127.5) - 1));
  }
  if (preprocess === 'scale') {
    return each(value => value / 255);
  }
  if (preprocess === 'caffe') {
    return caffe(pixels);
  }
  const { mean, std } = preprocess === 'torch' ? IMAGENET : preprocess;
  return each((value, c) => f(f(f(value / 255) - f(mean[c % mean.length])) / f(std[c % std.length])));
}

function caffe(pixels: Pixels): Pixels {
  const { channels, data } = pixels;
  const turned = new Float32Array(data.length);
  for (let at = 0; at < data.length; at += channels) {
    for (let c = 0; c < channels; c++) {
      turned[at + c] = data[at + channels - 1 - c] - Math.fround(IMAGENET.caffe[c % 3]);
    }
  }
  return { ...pixels, data: turned };
}
