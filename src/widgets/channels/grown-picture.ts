import type { AscentFindings } from '../../engine/protocol/ascent';
import type { Preprocess } from '../../mime/payload';

/** One colour picture, as a PNG takes it. */
export interface Drawn {
  height: number;
  width: number;
  rgba: Uint8ClampedArray<ArrayBuffer>;
}

/** Where a channel of the model's input lies in a colour: Caffe's models take blue first. */
export const isBlueFirst = (preprocess: Preprocess): boolean => preprocess === 'caffe';

/**
 * Picture `i` in colours, as it looked before preprocessing. One channel is gray; of other numbers than
 * three, which no screen shows, the mean.
 */
export function drawnPicture({ pictures, range }: AscentFindings, i: number, blueFirst: boolean): Drawn {
  const [, height, width, channels] = pictures.shape;
  const rgba = new Uint8ClampedArray(4 * height * width).fill(255);
  const from = i * height * width * channels;
  const share = (cell: number, c: number): number =>
    (pictures.data[from + cell * channels + c] - range.low[c]) / (range.high[c] - range.low[c]);
  const mean = (cell: number): number => {
    let sum = 0;
    for (let c = 0; c < channels; c++) {
      sum += share(cell, c) / channels;
    }
    return sum;
  };
  for (let cell = 0; cell < height * width; cell++) {
    for (let c = 0; c < 3; c++) {
      rgba[4 * cell + c] = 255 * (channels === 3 ? share(cell, blueFirst ? 2 - c : c) : mean(cell));
    }
  }
  return { height, width, rgba };
}

/** Pictures side by side, a pixel apart. */
export function inOneRow(pictures: readonly Drawn[]): Drawn {
  const [{ height, width }] = pictures;
  const whole = pictures.length * (width + 1) - 1;
  const rgba = new Uint8ClampedArray(4 * height * whole);
  pictures.forEach((one, i) => {
    for (let row = 0; row < height; row++) {
      const line = one.rgba.subarray(4 * row * width, 4 * (row + 1) * width);
      rgba.set(line, 4 * (row * whole + i * (width + 1)));
    }
  });
  return { height, width: whole, rgba };
}
