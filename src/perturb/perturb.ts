/** Changes a picture before the model is given it. `gradlens/_images/perturb.py` is its twin. */
import { extremes } from '../explain/extremes';
import type { PixelMask } from '../explain/names';
import { cellsOfMask, resampled } from '../explain/pixels';
import { blurred } from './blur';
import { moved } from './moved';
import type { Fill, Perturbation } from './perturbation';
import { surroundings } from './surroundings';
import { channelMeans, type Values } from './values';

/** Longer sides of a picture to a pixel of the blur that covers. */
const COVERING_BLUR = 16;

/** True if nothing is done. */
export const isNothing = (perturbation: Perturbation): boolean => stepsOf(perturbation).length === 0;

/**
 * Does what a perturbation says, in this order: cover, contrast, brightness, blur, turn and shift.
 *
 * @param range - Black and white: [0, 255] of a picture. Of a tensor null: its own smallest and largest
 *   value. What becomes of a picture is a picture again: rounded to whole numbers, once, at the end.
 */
export function perturbed<T extends Values>(
  values: T,
  perturbation: Perturbation,
  range: readonly [number, number] | null
): T {
  const steps = stepsOf(perturbation);
  if (steps.length === 0) {
    return values;
  }
  const bounds = range ?? extremes(values.data);
  const data = steps.reduce<Values>((now, step) => ({ ...now, data: step(now, bounds) }), values).data;
  const [low, high] = bounds;
  const whole = (value: number): number => Math.min(Math.max(Math.floor(value + 0.5), low), high);
  return { ...values, data: new Float32Array(range ? data.map(whole) : data) };
}

type Step = (values: Values, bounds: readonly [number, number]) => Float64Array;

function stepsOf(perturbation: Perturbation): Step[] {
  const { cover, fill = 'black', soft = 0, brightness = 0, contrast = 1 } = perturbation;
  const { blur = 0, shift = [0, 0], rotation = 0 } = perturbation;
  const steps: [boolean, Step][] = [
    [cover !== undefined, (values, bounds) => covered(values, cover as PixelMask, fill, soft, bounds)],
    [contrast !== 1, values => stretched(values, contrast)],
    [brightness !== 0, ({ data }, [low, high]) => each(data, i => data[i] + brightness * (high - low))],
    [blur > 0, values => blurred(values, blur)],
    [rotation !== 0 || shift.some(pixels => pixels !== 0), values => moved(values, rotation, shift)]
  ];
  return steps.filter(([isWanted]) => isWanted).map(([, step]) => step);
}

/** As tf.image.adjust_contrast. */
function stretched(values: Values, contrast: number): Float64Array {
  const means = channelMeans(values);
  return each(values.data, i => {
    const mean = means[i % values.channels];
    return (values.data[i] - mean) * contrast + mean;
  });
}

function covered(
  values: Values,
  mask: PixelMask,
  fill: Fill,
  soft: number,
  bounds: readonly [number, number]
): Float64Array {
  const { height, width, channels, data } = values;
  const cells = maskAt(mask, height, width);
  const alone = { height, width, channels: 1, data: Float64Array.from(cells) };
  const share = soft > 0 ? blurred(alone, soft) : alone.data;
  // What lies under a soft edge is no surroundings.
  const filling = filled(
    values,
    fill,
    Uint8Array.from(share, part => Number(part > 0)),
    bounds
  );
  return each(data, i => {
    const part = share[Math.floor(i / channels)];
    return data[i] * (1 - part) + filling[i] * part;
  });
}

/** As `Float64Array.from`, which takes ten times as long: a stroke waits for it. */
function each({ length }: Values['data'], of: (i: number) => number): Float64Array {
  const made = new Float64Array(length);
  for (let i = 0; i < length; i++) {
    made[i] = of(i);
  }
  return made;
}

function filled(values: Values, fill: Fill, cells: Uint8Array, [low, high]: readonly [number, number]): Float64Array {
  const { height, width, channels, data } = values;
  switch (fill) {
    case 'black':
      return each(data, () => low);
    case 'grey':
      return each(data, () => (low + high) / 2);
    case 'mean': {
      const means = channelMeans(values);
      return each(data, i => means[i % channels]);
    }
    case 'noise':
      return each(data, i => low + (noiseByte(i) / 255) * (high - low));
    case 'blur':
      return blurred(values, Math.max(1, Math.floor(Math.max(height, width) / COVERING_BLUR + 0.5)));
    case 'surroundings':
      return surroundings(values, cells);
  }
}

/** A mask at a picture's size. */
function maskAt(mask: PixelMask, height: number, width: number): Uint8Array {
  const cells = cellsOfMask(mask) ?? new Uint8Array(mask.shape[0] * mask.shape[1]);
  const [rows, columns] = mask.shape;
  return rows === height && columns === width ? cells : resampled(cells, mask.shape, [height, width]);
}

/** The same noise at every run: the top byte of MurmurHash3's finaliser of the index. */
function noiseByte(index: number): number {
  let bits = Math.imul(index + 1, 0x9e3779b1);
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 24;
}
