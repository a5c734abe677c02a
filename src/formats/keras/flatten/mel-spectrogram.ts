/** MelSpectrogram: power of a signal's waves, in bands as wide as they sound. */
import type { Attributes, NodeInput, Shape } from '../../../graph/model-graph';
import { isMessage, message } from '../../../messages/message';
import type { Grow, MakeConstant, Operation } from '../nodes/operation';
import { add, apply, multiply, swap } from '../nodes/terms';
import { FOURIER } from '../operators/fourier';
import { matrix, timesMatrix } from '../operators/shaped';

/** HTK's scale of what a frequency sounds like. */
const mel = (hertz: number): number => 1127 * Math.log(1 + hertz / 700);

/** How much of each wave is in each band: triangles that overlap by half, (waves, bands). */
function bands(waves: number, count: number, rate: number, low: number, high: number) {
  const [from, to] = [mel(low), mel(high)];
  const edge = (i: number): number => from + ((to - from) * i) / (count + 1);
  return matrix([waves, count], (wave, band) => {
    const at = mel((rate / 2 / (waves - 1)) * wave);
    const up = (at - edge(band)) / (edge(band + 1) - edge(band));
    const down = (edge(band + 2) - at) / (edge(band + 2) - edge(band + 1));
    return wave === 0 ? 0 : Math.max(0, Math.min(up, down));
  });
}

export function melSpectrogram(
  x: NodeInput,
  shape: Shape,
  attributes: Attributes,
  constant: MakeConstant
): ReturnType<Grow> {
  if (attributes.power_to_db !== false) {
    return message('measures against the loudest of all samples, which GradLens keeps apart: say power_to_db=False');
  }
  const { fft_length: fft, sampling_rate: rate, min_freq: low, mag_exp: exponent } = attributes;
  const options = { ...attributes, sequence_length: attributes.sequence_length ?? fft, center: true };
  const parts = FOURIER.stft.make([x], options, constant, 2);
  if (isMessage(parts) || 'op' in parts || typeof exponent !== 'number') {
    return message('parts the signal in a way that GradLens does not know');
  }
  const [real, imaginary] = parts.map((part): Operation | null => grown(part, x, shape, constant));
  if (!real || !imaginary) {
    return message('parts the signal in a way that GradLens does not know, or is longer than the signal');
  }
  const power = add(multiply(real, real), multiply(imaginary, imaginary));
  const size = exponent === 2 ? power : apply('power', power, { exponent: exponent / 2 });
  const most = Number(attributes.max_freq ?? Math.trunc(Number(rate) / 2));
  const count = Number(attributes.num_mel_bins);
  const weights = constant(bands(Math.floor(Number(fft) / 2) + 1, count, Number(rate), Number(low), most));
  return swap(timesMatrix(size, weights), -1, -2);
}

function grown(part: Operation, x: NodeInput, shape: Shape, constant: MakeConstant): Operation | null {
  const made = part.grow?.([x], [shape], constant);
  return !made || isMessage(made) ? null : made;
}
