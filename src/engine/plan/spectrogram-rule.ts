/** Keras' STFTSpectrogram: two convolutions of each channel with windowed waves, which the file holds. */
import { stringOf } from '../../graph/attributes';
import { spectrogramSizes } from '../../graph/classes/spectrogram';
import type { WeightRef } from '../../graph/model-graph';
import type { Chain } from './chain';
import type { Rule } from './rule';
import type { StepInput } from './step';

/** keras.config.epsilon(), which no file holds. */
const EPSILON = 1e-7;

/** The signal of each channel as a row of a picture, of whose convolution the frequencies are channels: (n, c, t, f). */
export const spectrogram: Rule = {
  expand(chain, { attributes, weights, outputShape }) {
    const isFirst = attributes.data_format === 'channels_first';
    const { step, frequencies } = spectrogramSizes(attributes);
    const rows = isFirst ? chain.own() : [chain.push('transpose', { order: [0, 2, 1] }, {}, chain.own())];
    const signal = chain.push('expandDims', { dim: 3 }, {}, rows);
    const waves = (kernel: WeightRef): StepInput => {
      const along = { strides: [1, step], padding: attributes.padding ?? 'valid' };
      return chain.push('conv2d', along, { kernel: { ...kernel, shape: [1, ...kernel.shape] } }, [signal]);
    };
    const { real_kernel, imag_kernel } = weights;
    const parts = [real_kernel, imag_kernel].filter(kernel => kernel !== undefined).map(waves);
    const seen = inMode(stringOf(attributes, 'mode', 'log'), parts, frequencies, chain);
    const isPicture = attributes.expand_dims === true;
    if (isPicture) {
      chain.push('transpose', { order: isFirst ? [0, 1, 2, 3] : [0, 2, 3, 1] }, {}, [seen]);
    } else {
      chain.push('transpose', { order: isFirst ? [0, 1, 3, 2] : [0, 2, 1, 3] }, {}, [seen]);
      chain.push('reshape', { target_shape: outputShape.slice(1).map(size => size ?? -1) });
    }
  }
};

function inMode(mode: string, parts: StepInput[], frequencies: number, chain: Chain): StepInput {
  if (mode === 'real' || mode === 'imag') {
    return parts[0];
  }
  if (mode === 'stft') {
    return chain.push('concatenate', { axis: -1 }, {}, parts);
  }
  const squares = parts.map(part => chain.push('multiply', {}, {}, [part, part]));
  const power = chain.push('add', {}, {}, squares);
  if (mode === 'psd') {
    // Of the spectrum's two halves one is kept: all but its ends count twice.
    const inner = chain.push('slice', { begin: [0, 0, 0, 1], size: [-1, -1, -1, frequencies - 2] }, {}, [power]);
    const edges = [
      [0, 0],
      [0, 0],
      [1, 1]
    ];
    return chain.push('add', {}, {}, [power, chain.push('pad', { pads: edges }, {}, [inner])]);
  }
  const atLeast = (value: StepInput): StepInput => chain.push('maximum', {}, {}, [value, { constant: EPSILON }]);
  const magnitude = chain.push('elementFunction', { function: 'sqrt' }, {}, [atLeast(power)]);
  return mode === 'magnitude'
    ? magnitude
    : chain.push('elementFunction', { function: 'log' }, {}, [atLeast(magnitude)]);
}
