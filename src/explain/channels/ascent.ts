/**
 * Activation maximisation: Erhan et al., "Visualizing Higher-Layer Features of a Deep Network",
 * 2009: from noise, a picture climbs the gradient of a score. Left alone it ends in fine noise, so
 * it is held back as usual: jitter (Mordvintsev et al., "Inceptionism", 2015), total variation and
 * the square of the distance from gray (Mahendran and Vedaldi, 2016, section 3, beta = 2 and alpha = 2),
 * a Gaussian blur every few steps (Yosinski et al., 2015), and the range of values that pictures have.
 *
 * The picture is u, 0..1 in each channel; the model is given low + u (high - low). A step is
 *
 *     u <- clip(u + rate (g / rms(g) - tv dTV/du - l2 d|u - 1/2|^2/du), 0, 1)
 *
 * with g the gradient with respect to u of the picture that was rolled by the step's jitter, rolled
 * back; TV = sum of (u[y + 1, x] - u[y, x])^2 + (u[y, x + 1] - u[y, x])^2.
 */
import type { MapSize } from '../method';
import { gaussian, uniform } from '../noise';

export interface AscentSettings {
  steps: number;
  /** How far a step goes, as a share of the range of values, root mean square. */
  rate: number;
  /** Pixels by which the picture is rolled at most, down and across, anew each step. */
  jitter: number;
  /** Weight of the total variation. */
  tv: number;
  /** Weight of the squared distance from gray. */
  l2: number;
  /** Steps from one blur to the next; 0: none. */
  blurEvery: number;
  /** Standard deviation of the blur, in pixels. */
  blurSigma: number;
}

export const ASCENT_DEFAULTS: Readonly<AscentSettings> = {
  steps: 128,
  rate: 0.03,
  jitter: 4,
  tv: 0.5,
  l2: 0.5,
  blurEvery: 4,
  blurSigma: 1
};

/** The values between which a picture lies, for each channel of the model's input. */
export interface InputRange {
  low: number[];
  high: number[];
}

/** Standard deviation of the noise around gray from which a picture grows. */
const START = 0.1;

/** Of scipy's `gaussian_filter`: the kernel is cut at so many standard deviations. */
const TRUNCATE = 4;

/** One picture on its way up. The same seed, size and settings make the same picture of the same gradients. */
export class Ascent {
  private u: Float32Array;
  private offset: readonly [number, number] = [0, 0];
  private next: () => number;
  private done = 0;

  constructor(
    private size: MapSize,
    private range: InputRange,
    private settings: AscentSettings,
    seed: number
  ) {
    const normal = gaussian(seed);
    this.u = Float32Array.from({ length: size.height * size.width * size.channels }, () =>
      held(0.5 + START * normal())
    );
    // Another stream than the noise's.
    this.next = uniform(seed ^ 0x9e3779b9);
  }

  /** The picture on the scale of the model's input. */
  picture(): Float32Array {
    return this.scaled(this.u);
  }

  /** The same, rolled by the jitter of the step that comes. */
  rolled(): Float32Array {
    const { jitter } = this.settings;
    const draw = (): number => Math.floor(this.next() * (2 * jitter + 1)) - jitter;
    this.offset = [draw(), draw()];
    return roll(this.scaled(this.u), this.size, this.offset);
  }

  /**
   * @param gradient - Of the score with respect to {@link rolled}'s picture.
   * @returns false if the gradient is 0 everywhere
   */
  step(gradient: Float32Array): boolean {
    const { rate, tv, l2, blurEvery, blurSigma } = this.settings;
    const [down, across] = this.offset;
    const g = roll(gradient, this.size, [-down, -across]);
    g.forEach((value, at) => (g[at] = value * this.span(at)));
    const rms = Math.sqrt(g.reduce((sum, value) => sum + value * value, 0) / g.length);
    const rough = variationSlope(this.u, this.size);
    this.u = this.u.map((value, at) => {
      const uphill = rms > 0 ? g[at] / rms : 0;
      return held(value + rate * (uphill - tv * rough[at] - 2 * l2 * (value - 0.5)));
    });
    this.done++;
    if (blurEvery > 0 && blurSigma > 0 && this.done % blurEvery === 0) {
      this.u = blurredBy(this.u, this.size, blurSigma);
    }
    return rms > 0;
  }

  private scaled(u: Float32Array): Float32Array {
    const { channels } = this.size;
    return u.map((value, at) => this.range.low[at % channels] + value * this.span(at));
  }

  private span(at: number): number {
    const channel = at % this.size.channels;
    return this.range.high[channel] - this.range.low[channel];
  }
}

const held = (value: number): number => Math.min(Math.max(value, 0), 1);

/** As `numpy.roll` along rows and columns. */
function roll(
  values: Float32Array,
  { height, width, channels }: MapSize,
  [down, across]: readonly [number, number]
): Float32Array {
  const rolled = new Float32Array(values.length);
  const left = ((across % width) + width) % width;
  for (let row = 0; row < height; row++) {
    const from = row * width * channels;
    const to = ((((row + down) % height) + height) % height) * width * channels;
    const cut = from + (width - left) * channels;
    rolled.set(values.subarray(from, cut), to + left * channels);
    rolled.set(values.subarray(cut, from + width * channels), to);
  }
  return rolled;
}

/** d TV / du: for each neighbour twice the difference to it. */
function variationSlope(u: Float32Array, { height, width, channels }: MapSize): Float32Array {
  const line = width * channels;
  return u.map((value, at) => {
    const [row, column] = [Math.floor(at / line), Math.floor(at / channels) % width];
    let sum = 0;
    sum += row > 0 ? value - u[at - line] : 0;
    sum += row < height - 1 ? value - u[at + line] : 0;
    sum += column > 0 ? value - u[at - channels] : 0;
    sum += column < width - 1 ? value - u[at + channels] : 0;
    return 2 * sum;
  });
}

/** As scipy's `gaussian_filter` with `mode="nearest"`, along rows and columns. */
function blurredBy(u: Float32Array, { height, width, channels }: MapSize, sigma: number): Float32Array {
  const radius = Math.floor(TRUNCATE * sigma + 0.5);
  const bell = Array.from({ length: 2 * radius + 1 }, (_, i) => Math.exp(-((i - radius) ** 2) / (2 * sigma ** 2)));
  const sum = bell.reduce((a, b) => a + b, 0);
  const line = width * channels;
  const along = (values: Float32Array, length: number, stride: number, placeOf: (at: number) => number): Float32Array =>
    values.map((_, at) => {
      const place = placeOf(at);
      return bell.reduce((total, weight, i) => {
        const other = Math.min(Math.max(place + i - radius, 0), length - 1);
        return total + (weight / sum) * values[at + (other - place) * stride];
      }, 0);
    });
  const downwards = along(u, height, line, at => Math.floor(at / line));
  return along(downwards, width, channels, at => Math.floor(at / channels) % width);
}
