/**
 * Fourier transforms along the last axes, of real and imaginary parts that are tensors of their own,
 * as products with matrices of waves: their sizes are those of pictures and frames.
 */
import { message } from '../../../messages/message';
import { type Argument } from '../config/spec';
import { add, divide, multiply, subtract, swap } from '../nodes/terms';
import { arrayOf, isTensor, type Operand, type Operator, type Operators, type Term, unary } from './operator';
import { type Around, matrix, outputsOf, shaped, timesMatrix, windowsOf } from './shaped';

const NO_PAIR = message('transforms what are no real and imaginary tensors');
/** Longer axes would need matrices of more than 16 million waves. */
const MOST = 4096;
const TOO_LONG = message('transforms more than %1 values along an axis, which GradLens cannot do', MOST);

/** The angle of a wave, of whole turns of which float32 would lose digits. */
const angle = (product: number, length: number): number => (2 * Math.PI * (product % length)) / length;

interface Pair {
  real: Term;
  imaginary: Term;
}

/** The last axis of a pair, transformed. */
function transformed({ real, imaginary }: Pair, length: number, constant: Around['constant']): Pair {
  const [cosines, sines] = [Math.cos, Math.sin].map(wave =>
    constant(matrix([length, length], (i, k) => wave(angle(i * k, length))))
  );
  return {
    real: add(timesMatrix(real, cosines), timesMatrix(imaginary, sines)),
    imaginary: subtract(timesMatrix(imaginary, cosines), timesMatrix(real, sines))
  };
}

/** Both parts of a complex tensor, along the last axis or the last two. */
const complex = (axes: 1 | 2, isInverse = false): Operator => ({
  operands: 2,
  make: ([real, imaginary], _, __, outputs) =>
    isTensor(real) && isTensor(imaginary)
      ? outputsOf([real, imaginary], Math.min(outputs, 2), ({ inputs, sizes: [sizes], constant }, output) => {
          const [height, width] = sizes.slice(-2);
          if (sizes.length < axes || sizes.slice(-axes).some(size => size > MOST)) {
            return sizes.length < axes ? NO_PAIR : TOO_LONG;
          }
          const [re, im] = inputs;
          let pair: Pair = { real: re, imaginary: isInverse ? multiply(im, -1) : im };
          pair = transformed(pair, sizes[sizes.length - 1], constant);
          if (axes === 2) {
            const turned = { real: swap(pair.real, -1, -2), imaginary: swap(pair.imaginary, -1, -2) };
            const both = transformed(turned, height, constant);
            pair = { real: swap(both.real, -1, -2), imaginary: swap(both.imaginary, -1, -2) };
          }
          const count = isInverse ? height * width : 1;
          const found = output === 0 ? pair.real : pair.imaginary;
          return divide(found, output === 1 && isInverse ? -count : count);
        })
      : NO_PAIR
});

/** The waves of half a spectrum, the real or the imaginary ones, each value times `window`. */
const halfSpectrum = (rows: number, length: number, output: number, window: (i: number) => number = () => 1) =>
  matrix([rows, Math.floor(length / 2) + 1], (i, k) =>
    i >= length ? 0 : window(i) * (output === 0 ? Math.cos(angle(i * k, length)) : -Math.sin(angle(i * k, length)))
  );

const lengthOf = (given: unknown, otherwise: number): number => (typeof given === 'number' ? given : otherwise);

const rfft: Operator = {
  after: ['fft_length'],
  make: unary((x, { fft_length: given }, outputs) =>
    outputsOf([x], Math.min(outputs, 2), ({ inputs, sizes: [sizes], constant }, output) => {
      const last = sizes[sizes.length - 1];
      const length = lengthOf(given, last);
      return Math.max(length, last) > MOST
        ? TOO_LONG
        : timesMatrix(inputs[0], constant(halfSpectrum(last, length, output)));
    })
  )
};

/** Values of half spectra of `rows` entries: each but the ends counts twice. */
const fromHalf = (rows: number, length: number, output: number) =>
  matrix([rows, length], (k, i) => {
    const wave = output === 0 ? Math.cos(angle(i * k, length)) : -Math.sin(angle(i * k, length));
    const isEnd = k === 0 || 2 * k === length;
    return k > Math.floor(length / 2) ? 0 : ((isEnd ? 1 : 2) * wave) / length;
  });

/** Values from the two parts of half a spectrum. */
function inverted([real, imaginary]: readonly Term[], rows: number, length: number, { constant }: Around) {
  const [ofReal, ofImaginary] = [0, 1].map(output => constant(fromHalf(rows, length, output)));
  return add(timesMatrix(real, ofReal), timesMatrix(imaginary, ofImaginary));
}

const irfft: Operator = {
  operands: 2,
  after: ['fft_length'],
  make: ([real, imaginary], { fft_length: given }) =>
    isTensor(real) && isTensor(imaginary)
      ? shaped([real, imaginary], around => {
          const rows = around.sizes[0][around.sizes[0].length - 1];
          const length = lengthOf(given, 2 * (rows - 1));
          return Math.max(length, rows) > MOST ? TOO_LONG : inverted(around.inputs, rows, length, around);
        })
      : NO_PAIR
};

/** Hann's and Hamming's windows as they repeat, or one that is given; null where it is none of these. */
function windowOf(given: unknown, length: number): ((i: number) => number) | null {
  if (given === null) {
    return () => 1;
  }
  if (given === 'hann' || given === 'hamming') {
    const share = given === 'hann' ? 0.5 : 0.54;
    return i => share - (1 - share) * Math.cos((2 * Math.PI * i) / length);
  }
  const array = arrayOf(given as Argument);
  return array?.shape.length === 1 && array.shape[0] === length ? i => array.values[i] : null;
}

/** A window in the middle of frames of the length of the transform; where there is none, they are taken whole. */
function framed(given: unknown, length: number, fft: number): ((i: number) => number) | null {
  const window = windowOf(given, length);
  const before = Math.floor((fft - length) / 2);
  return given === null ? window : window && (i => (i < before || i >= before + length ? 0 : window(i - before)));
}

const NO_FRAMES = message('parts the signal in a way that GradLens does not know, or is longer than the signal');

/** The edges of a signal mirrored, on its last axis. */
const mirrored = (x: Term, axes: number, edge: number): Term => ({
  op: 'op:pad',
  attributes: {
    pads: Array.from({ length: axes }, (_, i) => (i === axes - 1 ? [edge, edge] : [0, 0])),
    mode: 'reflect',
    value: 0
  },
  inputs: [x]
});

const STFT = ['sequence_length', 'sequence_stride', 'fft_length'];

const stft: Operator = {
  after: [...STFT, 'window', 'center'],
  make: unary((x, { sequence_length, sequence_stride, fft_length, window = 'hann', center = true }, outputs) =>
    outputsOf([x], Math.min(outputs, 2), ({ inputs, sizes: [sizes], constant }, output) => {
      const [length, stride, fft] = [sequence_length, sequence_stride, fft_length].map(Number);
      const edge = center === true ? Math.floor(fft / 2) : 0;
      const weight = framed(window, length, fft);
      const signal = edge > 0 ? mirrored(inputs[0], sizes.length, edge) : inputs[0];
      const whole = [...sizes.slice(0, -1), sizes[sizes.length - 1] + 2 * edge];
      const frames = fft > MOST ? null : windowsOf(signal, whole, fft, stride);
      return frames && weight ? timesMatrix(frames, constant(halfSpectrum(fft, fft, output, weight))) : NO_FRAMES;
    })
  )
};

/** Frames put together again where they overlap, each by the window that undoes the first. */
const istft: Operator = {
  operands: 2,
  after: [...STFT, 'length', 'window', 'center'],
  make: ([real, imaginary]: Operand[], options) => {
    const { length: wanted, window = 'hann', center = true } = options;
    const [length, stride, fft] = STFT.map(name => Number(options[name]));
    if (!isTensor(real) || !isTensor(imaginary)) {
      return NO_PAIR;
    }
    return shaped([real, imaginary], around => {
      const [frames, bins] = around.sizes[0].slice(-2);
      const weight = framed(window, length, fft);
      if (!weight || around.sizes[0].length !== 2 || fft > MOST) {
        return NO_FRAMES;
      }
      const sum = (i: number): number => {
        let total = 0;
        for (let at = i % stride; at < fft; at += stride) {
          total += weight(at) ** 2;
        }
        return total;
      };
      const inverse = (i: number): number => (window === null ? 1 : weight(i) / sum(i));
      const [ofReal, ofImaginary] = [0, 1].map(output => {
        const waves = fromHalf(bins, fft, output);
        return around.constant(matrix([bins, fft], (k, i) => waves.values[k * fft + i] * inverse(i)));
      });
      const [re, im] = around.inputs;
      const parts = add(timesMatrix(re, ofReal), timesMatrix(im, ofImaginary));
      const each = around.constant({ ...matrix([fft, fft], (i, k) => Number(i === k)), shape: [fft, 1, fft] });
      const joined: Term = {
        op: 'op:window',
        attributes: { kind: 'transpose', strides: [stride], padding: 'valid', dilation_rate: 1, output_padding: null },
        inputs: [parts, each]
      };
      const whole = fft + stride * (frames - 1);
      const start = center === true ? Math.floor(fft / 2) : 0;
      const end = typeof wanted === 'number' ? start + wanted : center === true ? whole - Math.floor(fft / 2) : whole;
      const size = Math.min(end, whole) - start;
      return size > 0
        ? {
            op: 'op:slice',
            attributes: { begin: [0, start, 0], size: [-1, size, -1], drop: [2], picks: [], add: [] },
            inputs: [joined]
          }
        : NO_FRAMES;
    });
  }
};

const sequences: Operator = {
  after: ['sequence_length', 'sequence_stride'],
  make: unary((x, { sequence_length: length, sequence_stride: stride }) =>
    shaped([x], ({ inputs, sizes: [sizes] }) => {
      return windowsOf(inputs[0], sizes, Number(length), Number(stride)) ?? NO_FRAMES;
    })
  )
};

export const FOURIER: Operators = {
  fft: complex(1),
  fft2: complex(2),
  ifft2: complex(2, true),
  rfft,
  irfft,
  stft,
  istft,
  extract_sequences: sequences
};
