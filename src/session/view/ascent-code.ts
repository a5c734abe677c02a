import type { AscentFindings } from '../../engine/protocol/ascent';
import { findLines, isKeras2, type KerasCell, layerCall, modelLines } from './keras-cell';
import { python } from './python-literal';

/** What is made large. */
export type Grown =
  | { layer: string; channel: number; isActivationLayer: boolean }
  /** `outputLayer`: the layer that gives the scores. */
  | { outputLayer: string; index: number; isActivationLayer: boolean };

/**
 * The cell that grows the same pictures with Keras on TensorFlow: src/explain/channels/ascent.ts, in NumPy.
 *
 * @param of - What is made large; of a layer that is an activation itself, what goes into it is.
 */
export function ascentCode(
  cell: KerasCell,
  of: Grown,
  { asked, range, pictures, isBeforeActivation }: AscentFindings
): string {
  const isChannel = 'channel' in of;
  const name = isChannel ? of.layer : of.outputLayer;
  const isBefore = isChannel ? isBeforeActivation : true;
  const [, ...shape] = pictures.shape;
  const { seeds, steps, rate, jitter, tv, l2, blurEvery, blurSigma } = asked;
  const flatten = isKeras2(cell) ? 'tf.nest' : 'keras.tree';
  const before = of.isActivationLayer
    ? ['tap = keras.Model(model.inputs, layer.input)']
    : [
        'if hasattr(layer, "activation"):',
        '    layer.activation = keras.activations.linear',
        'tap = keras.Model(model.inputs, layer.output)'
      ];
  return [
    ...modelLines(cell, ['import tensorflow as tf', 'from scipy.ndimage import gaussian_filter']),
    ...findLines([name]),
    ...(name.includes('/') ? ['', ''] : []),
    `layer = ${layerCall(name)}`,
    ...(isBefore
      ? ['# Before its activation, whose gradient is 0 where it is silent or certain.', ...before]
      : ['tap = keras.Model(model.inputs, layer.output)']),
    `shape = ${tuple(shape)}`,
    '# As a black and a white picture are fed.',
    `low, high = np.array(${python(range.low)}), np.array(${python(range.high)})`,
    `steps, rate, jitter, tv, l2 = ${[steps, rate, jitter, tv, l2].join(', ')}`,
    `blur_every, blur_sigma = ${blurEvery}, ${blurSigma}`,
    '',
    '',
    'def score(x):',
    `    y = ${flatten}.flatten(tap(x))[0]`,
    isChannel ? `    return tf.reduce_mean(y[..., ${of.channel}])` : `    return tf.reduce_sum(y[..., ${of.index}])`,
    ...DRAWS,
    '',
    '',
    'def grow(seed):',
    '    u = np.clip(0.5 + 0.1 * normal(seed, np.prod(shape)).reshape(shape), 0, 1)',
    '    draws = uniform(seed ^ 0x9E3779B9)',
    '    for step in range(1, steps + 1):',
    '        shift = [int(next(draws) * (2 * jitter + 1)) - jitter for _ in range(2)]',
    '        x = tf.constant(np.roll(low + u * (high - low), shift, (0, 1))[None], "float32")',
    '        with tf.GradientTape() as tape:',
    '            tape.watch(x)',
    '            value = score(x)',
    '        g = tape.gradient(value, x).numpy()[0].astype("float64")',
    '        g = np.roll(g, [-pixels for pixels in shift], (0, 1)) * (high - low)',
    '        down, right, rough = np.diff(u, axis=0), np.diff(u, axis=1), np.zeros(shape)',
    '        rough[1:] += down',
    '        rough[:-1] -= down',
    '        rough[:, 1:] += right',
    '        rough[:, :-1] -= right',
    '        uphill = g / (np.sqrt(np.mean(g**2)) or 1)',
    '        u = np.clip(u + rate * (uphill - 2 * tv * rough - 2 * l2 * (u - 0.5)), 0, 1)',
    '        if blur_every and step % blur_every == 0:',
    '            u = gaussian_filter(u, (blur_sigma, blur_sigma, 0), mode="nearest")',
    '    return low + u * (high - low)',
    '',
    '',
    `pictures = np.stack([grow(seed) for seed in ${python(seeds)}])`,
    'scores = [float(score(tf.constant(one[None], "float32"))) for one in pictures]',
    'print(scores)',
    ''
  ].join('\n');
}

/** The numbers of src/explain/noise.ts. */
const DRAWS = [
  '',
  '',
  'def uniform(seed):',
  '    """Mulberry32: numbers from 0 to 1."""',
  '    while True:',
  '        seed = (seed + 0x6D2B79F5) & 0xFFFFFFFF',
  '        t = ((seed ^ (seed >> 15)) * (1 | seed)) & 0xFFFFFFFF',
  '        t = ((t + ((t ^ (t >> 7)) * (61 | t) & 0xFFFFFFFF)) & 0xFFFFFFFF) ^ t',
  '        yield (t ^ (t >> 14)) / 2**32',
  '',
  '',
  'def normal(seed, count):',
  '    draws = uniform(seed)',
  '    a, b = np.array([(next(draws), next(draws)) for _ in range(count)]).T',
  '    return np.sqrt(-2 * np.log(1 - a)) * np.cos(2 * np.pi * b)'
];

const tuple = (numbers: readonly number[]): string => `(${numbers.join(', ')})`;
