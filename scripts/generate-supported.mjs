/**
 * Writes the tables of layers in docs/supported.md from src/graph/classes.
 * With --check, only says whether they are up to date.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { importSource } from '../headless/bundle.mjs';
import { keepUpToDate, root } from './generated-files.mjs';

const path = 'docs/supported.md';

/** Rows of the table, in order. */
const TITLES = {
  convolution: 'Convolution (any `groups`, `dilation_rate`, `data_format`)',
  dense: 'Dense',
  normalization: 'Normalisation and scaling',
  attention: 'Transformers (attention over all axes between batch and features; masks as tensors, arrays or implied)',
  recurrent: 'Recurrent',
  activation: 'Activation',
  pooling: 'Pooling',
  merge: 'Merging',
  concatenate: 'Joining',
  padding: 'Padding and cropping',
  reshape: 'Shape',
  input: 'Input',
  dropout: 'Nothing to do outside training'
};

const { LAYER_CLASSES } = await importSource('graph/classes/index.ts');
const { ACTIVATION_FUNCTIONS } = await importSource('graph/classes/activations.ts');
const classes = Object.entries(LAYER_CLASSES).filter(([name]) => !name.startsWith('op:') && name !== 'Constant');

const python = value =>
  value === null ? 'None' : value === true ? 'True' : value === false ? 'False' : JSON.stringify(value);

/** Arguments of which only some values are honoured, by what they must be, with the classes that have them. */
function limits() {
  const found = new Map();
  for (const [name, { arguments: declared = {} }] of classes) {
    for (const [argument, { honours }] of Object.entries(declared)) {
      const known = Array.isArray(honours) ? honours.filter(value => value !== null || honours.length === 1) : null;
      if (known && argument !== 'data_format') {
        const key = `\`${argument}\`: ${known.map(value => `\`${python(value)}\``).join(', ')}`;
        found.set(key, [...(found.get(key) ?? []), name]);
      }
    }
  }
  return [...found].map(([limit, names]) => `| ${names.join(', ')} | ${limit} |`);
}

const sections = {
  layers: [
    '| | |',
    '|---|---|',
    ...Object.entries(TITLES).map(([family, title]) => {
      const names = classes.filter(([, made]) => made.family === family).map(([name]) => name);
      return `| ${title} | ${names.join(', ')} |`;
    }),
    '| Around other layers | TimeDistributed of a layer or a model, SpectralNormalization, RNN of a cell |',
    '| Operators of two tensors, numbers or arrays on either side | `+`, `-`, `*`, `/`, `//`, `%`, `**`, maximum, minimum, arctan2, squared_difference, hypot, fmod, fmax, fmin, heaviside, ldexp, logaddexp, cross, cdist, isclose, xlogy; comparisons, logical and, or, xor; where, select; matmul, dot, inner, tensordot and einsum, of tensors and constants; bitwise_and and its kin, shifts, gcd, lcm |',
    '| Functions of each value | abs, sqrt, rsqrt, log, log2, log10, log1p, exp, exp2, expm1, sin, cos, tan and their inverse and hyperbolic kin, erf, erfc, erfinv, i0, sinc, cbrt, reciprocal, sign, floor, ceil, round, clip; isnan, isinf, isfinite, nan_to_num, signbit, logical_not; one_hot, multi_hot, isin, digitize; threshold, glu; cast to floats, int32, int64 and bool; zeros_like, ones_like, full_like; stop_gradient |',
    '| Along any axes but that of the samples | mean, max, min, sum, prod, var, std, logsumexp, any, all, count_nonzero, norm, normalize, fft, fft2, ifft2, rfft, irfft, stft, istft, extract_sequences, cumsum, cumprod, argmax, argmin, sort, argsort, top_k, median, quantile, percentile, ptp, average, moments, and their kin that leave NaN out (nansum, nanmean, …); diff, trapezoid; batch, layer and RMS normalization as functions; local_response_normalization; cross-entropies of logits; dot_product_attention |',
    '| Of square matrices of at most 256 rows | inv, det, slogdet, logdet, cholesky, cholesky_inverse, solve, solve_triangular |',
    '| That move values | reshape, transpose, expand_dims, squeeze, swapaxes, moveaxis, flip, roll, tile, repeat, take at constant indices, take_along_axis, gather with an index for each sample; broadcast_to; concatenate, append, hstack, dstack, stack, split, array_split, unstack, slice; tril, triu, band_part, diagonal, trace; rot90; unfold, fold; slice_update; linspace and logspace between tensors; `keras.ops.pad` (constant, reflect, symmetric); `x[:, 0]`, `x[:, ::2]`, `x[..., None]` and other indexing by whole numbers and slices; sizes of `tf.shape(x)` as arguments of reshape and resize, and as numbers |',
    '| On pictures, as functions | conv, depthwise_conv, separable_conv with arrays as kernels; max_pool, average_pool, their adaptive kin; image.resize, crop_images, pad_images, crop_to_bounding_box, pad_to_bounding_box, central_crop, extract_patches, rgb_to_grayscale, grayscale_to_rgb, flip_left_right, flip_up_down, per_image_standardization, adjust_brightness, sobel_edges, gaussian_blur, rgb_to_hsv, hsv_to_rgb; depth_to_space, space_to_depth; with their channels first too; conv, pooling and patches of volumes |'
  ],
  functions: [`Activation functions: ${[...ACTIVATION_FUNCTIONS].join(', ')}.`],
  limits: ['| Class | Honoured values |', '|---|---|', ...limits()]
};

let text = readFileSync(join(root, path), 'utf8');
for (const [name, lines] of Object.entries(sections)) {
  const pattern = new RegExp(`(<!-- ${name} -->\\n)[\\s\\S]*?(\\n<!-- /${name} -->)`);
  if (!pattern.test(text)) {
    throw new Error(`docs/supported.md has no place for ${name}.`);
  }
  text = text.replace(pattern, (_, before, after) => `${before}${lines.join('\n')}${after}`);
}
keepUpToDate(path, text, 'supported');
