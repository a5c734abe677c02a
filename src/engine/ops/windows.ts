import type { WindowAxis } from '../kernels/windows';
import type { Windows } from '../kernels/windows';
export type Padding = 'same' | 'valid' | [[number, number], [number, number]];

/** Windows along one axis. */
export function windowAxis(
  input: number,
  window: number,
  stride: number,
  dilation: number,
  padding: 'same' | 'valid' | [number, number]
): WindowAxis {
  const extent = (window - 1) * dilation + 1;
  if (padding === 'same') {
    const output = Math.ceil(input / stride);
    const total = Math.max((output - 1) * stride + extent - input, 0);
    const before = Math.floor(total / 2);
    return { input, output, window, stride, dilation, before, after: total - before };
  }
  const [before, after] = padding === 'valid' ? [0, 0] : padding;
  const output = Math.floor((input + before + after - extent) / stride) + 1;
  return { input, output, window, stride, dilation, before, after };
}

/** Windows over an (n, h, w, c) tensor. */
export function windowsOf(
  shape: number[],
  window: [number, number],
  strides: [number, number],
  dilations: [number, number],
  padding: Padding
): Windows {
  const of = (i: 0 | 1) =>
    windowAxis(shape[i + 1], window[i], strides[i], dilations[i], typeof padding === 'string' ? padding : padding[i]);
  return { rows: of(0), columns: of(1) };
}

export type TfjsPadding = 'valid' | ExplicitPadding;

type ExplicitPadding = [[number, number], [number, number], [number, number], [number, number]];

/** The padding as tfjs takes it: `valid` where there is none, so that its fast paths are found. */
export function tfjsPadding(windows: Windows): TfjsPadding {
  const { rows, columns } = windows;
  if (rows.before === 0 && rows.after === 0 && columns.before === 0 && columns.after === 0) {
    return 'valid';
  }
  return [
    [0, 0],
    [rows.before, rows.after],
    [columns.before, columns.after],
    [0, 0]
  ];
}
