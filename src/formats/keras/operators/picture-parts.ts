/** Operators on pictures that are made of several others: blurring, colours, and patches put together again. */
import { message } from '../../../messages/message';
import {
  add,
  binary,
  concatenate,
  divide,
  maximum,
  minimum,
  moveAxes,
  multiply,
  part,
  reshape,
  subtract,
  where
} from '../nodes/terms';
import { axesOf, type Operation, type Operator, type Term, unary } from './operator';
import { matrix, shaped } from './shaped';

/** A number for both image axes, or one for each. */
export const both = (value: unknown): number[] => {
  const sizes = [value ?? 1].flat().map(Number);
  return [sizes[0], sizes[1] ?? sizes[0]];
};

/** A bell curve's values at the cells of a kernel, of which the sum is 1. */
function bell(size: number, sigma: number): number[] {
  const values = Array.from({ length: size }, (_, i) => Math.exp(-0.5 * ((i - (size - 1) / 2) / sigma) ** 2));
  const total = values.reduce((sum, value) => sum + value, 0);
  return values.map(value => value / total);
}

/** Keras takes three axes for one picture, of which the samples would be the rows. */
const ONE_PICTURE = message('takes the samples for the rows of one picture: give it pictures, with 4 axes');

export const gaussianBlur: Operator = {
  reads: ['kernel_size', 'sigma'],
  make: unary((x, { kernel_size: given, sigma }) => {
    const [sizes, widths] = [axesOf(given), axesOf(sigma)];
    if (sizes?.length !== 2 || widths?.length !== 2) {
      return message('does not say how far it blurs');
    }
    return shaped([x], ({ inputs, sizes: [all], constant }) => {
      if (all.length !== 3) {
        return ONE_PICTURE;
      }
      const channels = all[all.length - 1];
      const [across, down] = sizes.map((size, i) => bell(size, widths[i]));
      // Keras has the second size down and the first across, and then reads the values as first by second.
      const values = down.flatMap(one => across.map(other => one * other));
      const kernel = constant({
        shape: [sizes[0], sizes[1], channels, 1],
        values: Float32Array.from(values.flatMap(value => Array<number>(channels).fill(value)))
      });
      const attributes = { kind: 'depthwise', strides: 1, padding: 'same', dilation_rate: 1 };
      return { op: 'op:window', attributes, inputs: [inputs[0], kernel] };
    });
  })
};

/** PyTorch's `fold`: patches as columns, put where they were and summed. */
export const fold: Operator = {
  after: ['output_size', 'kernel_size', 'dilation', 'padding', 'stride'],
  make: unary((x, options) => {
    const [whole, size, edges] = [both(options.output_size), both(options.kernel_size), both(options.padding ?? 0)];
    const [stride, dilation] = [both(options.stride), both(options.dilation)];
    if (stride.some(step => step > 1) && dilation.some(rate => rate > 1)) {
      return message('puts patches together by strides and by dilation at once');
    }
    return shaped([x], ({ inputs, sizes: [all], constant }) => {
      const cells = size[0] * size[1];
      const places = whole.map((length, i) =>
        Math.floor((length + 2 * edges[i] - dilation[i] * (size[i] - 1) - 1) / stride[i] + 1)
      );
      const channels = all[0] / cells;
      if (all.length !== 2 || !Number.isInteger(channels) || places[0] * places[1] !== all[1]) {
        return message('puts patches together that do not fit');
      }
      const placed = moveAxes(reshape(inputs[0], [all[0], ...places]), [1], [-1]);
      const eye = matrix([cells * channels, all[0]], (row, column) => {
        const [cell, channel] = [Math.floor(row / channels), row % channels];
        return Number(column === channel * cells + cell);
      });
      const kernel = constant({ ...eye, shape: [...size, channels, all[0]] });
      const joined: Operation = {
        op: 'op:window',
        attributes: {
          kind: 'transpose',
          strides: stride,
          dilation_rate: dilation,
          padding: 'valid',
          output_padding: null
        },
        inputs: [placed, kernel]
      };
      const reach = places.map((count, i) => (count - 1) * stride[i] + dilation[i] * (size[i] - 1) + 1);
      const [bottom, right] = whole.map((length, i) => length + 2 * edges[i] - reach[i]);
      const filled: Operation =
        bottom > 0 || right > 0
          ? {
              op: 'op:pad',
              attributes: {
                pads: [
                  [0, bottom],
                  [0, right],
                  [0, 0]
                ],
                mode: 'constant',
                value: 0
              },
              inputs: [joined]
            }
          : joined;
      const shown: Operation = {
        op: 'op:slice',
        attributes: { begin: [0, ...edges, 0], size: [-1, ...whole, -1], drop: [], picks: [], add: [] },
        inputs: [filled]
      };
      return moveAxes(shown, [-1], [1]);
    });
  })
};

const channel = (x: Term, index: number): Operation => part(x, -1, index, 3);

/** Hue, saturation and value of each cell, as Smith 1978 has them. */
export const rgbToHsv: Operator = {
  make: unary(x => {
    const [red, green, blue] = [0, 1, 2].map(i => channel(x, i));
    // Where two are alike, TensorFlow's gradient is that of one.
    const isRed = binary('and', binary('greater_equal', red, green), binary('greater_equal', red, blue));
    const isGreen = binary('greater_equal', green, blue);
    const most = where(isRed, red, where(isGreen, green, blue));
    const isLeastRed = binary('and', binary('less', red, green), binary('less', red, blue));
    const least = where(isLeastRed, red, where(binary('less', green, blue), green, blue));
    const range = subtract(most, least);
    const safe = where(binary('greater', range, 0), range, 1);
    const sixth = (a: Term, b: Term, start: number) => add(divide(subtract(a, b), multiply(safe, 6)), start);
    const hue = where(isRed, sixth(green, blue, 0), where(isGreen, sixth(blue, red, 2 / 6), sixth(red, green, 4 / 6)));
    const isGray = binary('less_equal', range, 0);
    const turned = where(isGray, 0, where(binary('less', hue, 0), add(hue, 1), hue));
    const isLight = binary('greater', most, 0);
    const saturation = where(isLight, divide(range, where(isLight, most, 1)), 0);
    return concatenate([turned, saturation, most], -1);
  })
};

export const hsvToRgb: Operator = {
  make: unary(x => {
    const [hue, saturation, value] = [0, 1, 2].map(i => channel(x, i));
    const sixths = multiply(hue, 6);
    const within = (of: Term) => minimum(maximum(of, 0), 1);
    const away = (from: number) => {
      const distance = subtract(sixths, from);
      return where(binary('less', distance, 0), multiply(distance, -1), distance);
    };
    const shares = [within(subtract(away(3), 1)), within(subtract(2, away(2))), within(subtract(2, away(4)))];
    const lit = shares.map(share => multiply(add(subtract(1, saturation), multiply(saturation, share)), value));
    return concatenate(lit, -1);
  })
};
