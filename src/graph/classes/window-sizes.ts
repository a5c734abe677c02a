/** Output sizes of windows that move over an axis, as Keras computes them. `null` is a size not yet known. */
type Size = number | null;

/** Convolution and pooling. Zero or less means that the window does not fit. */
export function windowSize(size: Size, window: number, stride: number, dilation: number, padding: string): Size {
  if (size === null) {
    return null;
  }
  if (padding === 'same' || padding === 'causal') {
    return Math.ceil(size / stride);
  }
  return Math.floor((size - dilation * (window - 1) - 1) / stride) + 1;
}

/** Transposed convolution (keras.src.backend.common.backend_utils.compute_conv_transpose_output_length). */
export function transposedSize(
  size: Size,
  window: number,
  stride: number,
  dilation: number,
  padding: string,
  extra: number | null
): Size {
  if (size === null) {
    return null;
  }
  const span = (window - 1) * dilation + 1;
  if (extra === null) {
    return padding === 'same' ? size * stride : size * stride + Math.max(span - stride, 0);
  }
  const pad = padding === 'same' ? Math.floor(span / 2) : 0;
  return (size - 1) * stride + span - 2 * pad + extra;
}
