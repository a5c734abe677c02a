import { numberOf } from '../attributes';
import type { Attributes } from '../model-graph';
import { any, channelsOf, DATA_FORMAT, flag, type LayerClasses, number, PADDING, times, words } from './layer-class';
import { windowSize } from './window-sizes';

/** Samples from one frame to the next, and frequencies of a frame. */
export function spectrogramSizes(attributes: Attributes): { step: number; frequencies: number } {
  const length = numberOf(attributes, 'frame_length', 256);
  const fft = numberOf(attributes, 'fft_length', 2 ** Math.ceil(Math.log2(length)));
  return { step: numberOf(attributes, 'frame_step', Math.floor(length / 2)), frequencies: Math.floor(fft / 2) + 1 };
}

const roles = ({ mode }: Attributes): string[] => [
  ...(mode === 'imag' ? [] : ['real_kernel']),
  ...(mode === 'real' ? [] : ['imag_kernel'])
];

export const SPECTROGRAMS: LayerClasses = {
  STFTSpectrogram: {
    family: 'convolution',
    arguments: {
      // The angle of what is zero but for rounding is chance: no two libraries agree on it.
      mode: words('log', 'magnitude', 'psd', 'real', 'imag', 'stft'),
      frame_length: number(256),
      frame_step: number(null),
      fft_length: number(null),
      // The file stores what these make as weights.
      window: any,
      periodic: any,
      scaling: any,
      padding: PADDING,
      expand_dims: flag(false),
      data_format: DATA_FORMAT
    },
    weights: roles,
    weightShapes(a) {
      const shape = [numberOf(a, 'frame_length', 256), 1, spectrogramSizes(a).frequencies];
      return Object.fromEntries(roles(a).map(role => [role, shape]));
    },
    outputShape([input], a) {
      const { step, frequencies } = spectrogramSizes(a);
      const values = a.mode === 'stft' ? 2 * frequencies : frequencies;
      const isFirst = a.data_format === 'channels_first';
      const length = isFirst ? input[2] : input[1];
      const frames = windowSize(length, numberOf(a, 'frame_length', 256), step, 1, String(a.padding ?? 'valid'));
      const channels = channelsOf(a, input);
      if (a.expand_dims === true) {
        return isFirst ? [input[0], channels, frames, values] : [input[0], frames, values, channels];
      }
      const together = times(channels, values);
      return isFirst ? [input[0], together, frames] : [input[0], frames, together];
    }
  }
};
