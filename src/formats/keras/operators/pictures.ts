/**
 * Operators on pictures and signals (batch, …, channels): convolutions, pooling, resizing,
 * edges, patches, blocks and colours. Those that depend on the input's shape are
 * `op:window` nodes, which windows.ts completes.
 */
import { isMessage, message } from '../../../messages/message';
import type { Config } from '../config/json';
import { areSizes, type Sizes } from '../nodes/sizes';
import {
  add,
  apply,
  divide,
  einsum,
  flip,
  maximum,
  moveAxes,
  multiply,
  part,
  reduce,
  reshape,
  stack,
  subtract
} from '../nodes/terms';
import { inputOf, isTensor, named, type Operation, type Operator, type Operators, type Term, unary } from './operator';
import { both, fold, gaussianBlur, hsvToRgb, rgbToHsv } from './picture-parts';

/** Completed by windows.ts when the input's shape is known. */
const window = (kind: string, x: Term, attributes: Config): Operation => ({
  op: 'op:window',
  attributes: { kind, ...attributes },
  inputs: [x]
});

const isFirst = (format: unknown): boolean => typeof format === 'string' && /^NC|channels_first/.test(format);

const FORMAT = message('works on channels first in a way that GradLens does not know');

/** The same on what has its channels first, as Keras says it: they are put last, and first again from `at`. */
export function eitherWay(operator: Operator, at = -1): Operator {
  return {
    ...operator,
    reads: [...(operator.reads ?? []), 'data_format'],
    make(operands, options, ...rest) {
      const [x, ...others] = operands;
      if (!isFirst(options.data_format)) {
        return operator.make(operands, options, ...rest);
      }
      if (options.data_format !== 'channels_first' || !isTensor(x)) {
        return FORMAT;
      }
      const last = { ...options, data_format: 'channels_last' };
      const made = operator.make([moveAxes(x, [1], [-1]), ...others], last, ...rest);
      const back = (of: Operation): Operation => moveAxes(of, [at], [1]);
      return isMessage(made) ? made : 'op' in made ? back(made) : made.map(back);
    }
  };
}

/** TensorFlow writes a number, one for each image axis, or one for each axis. */
function alongImage(sizes: unknown): unknown {
  return Array.isArray(sizes) && sizes.length > 2 ? sizes.slice(1, -1) : sizes;
}

const pool = (kind: 'max' | 'average'): Operator => ({
  after: ['ksize', 'strides', 'padding', 'data_format'],
  reads: ['pool_size', 'output_size'],
  make: unary((x, options) => {
    const size = options.pool_size ?? alongImage(options.ksize);
    return window(kind, x, { pool_size: size, strides: alongImage(options.strides), padding: options.padding });
  })
});

const adaptivePool = (kind: string): Operator => ({
  after: ['output_size', 'data_format'],
  make: unary((x, { output_size }) => window(kind, x, { output_size }))
});

/** A convolution by one array, or two. */
const convolution = (kind: string, kernels: readonly string[]): Operator => ({
  operands: 1 + kernels.length,
  after: ['strides', 'padding', 'data_format', 'dilation_rate'],
  reads: ['filters', 'filter', 'dilations', 'output_padding'],
  neutral: { use_cudnn_on_gpu: [true] },
  make(operands, options, constant) {
    const [x, ...given] = operands;
    const arrays = given.length > 0 ? given : [{ value: options.filters ?? options.filter }];
    const inputs = arrays.map(array =>
      'value' in array && Array.isArray(array.value) ? inputOf(array, constant) : null
    );
    if (!x || 'value' in x || inputs.length !== kernels.length || inputs.some(input => input === null)) {
      return message('convolves with a kernel that is no array of numbers');
    }
    const node = window(kind, x, {
      strides: alongImage(options.strides),
      padding: options.padding,
      dilation_rate: alongImage(options.dilation_rate ?? options.dilations),
      output_padding: options.output_padding
    });
    return { ...node, inputs: [x, ...inputs.filter(input => input !== null)] };
  }
});

/** Keras' names of the ways to interpolate are TensorFlow's. */
const resize: Operator = {
  after: ['size', 'interpolation', 'antialias'],
  reads: [
    'method',
    'crop_to_aspect_ratio',
    'pad_to_aspect_ratio',
    'fill_mode',
    'fill_value',
    'data_format',
    'preserve_aspect_ratio'
  ],
  make: unary((x, options) => {
    const { size, preserve_aspect_ratio, antialias, crop_to_aspect_ratio, pad_to_aspect_ratio, fill_mode, fill_value } =
      options;
    const edges = areSizes(size) ? size.axes : size;
    const isSize =
      Array.isArray(edges) && edges.length === 2 && edges.every(edge => areSizes(edge) || typeof edge === 'number');
    if (!isSize || preserve_aspect_ratio === true) {
      return message('resizes to a size that is not given by two numbers');
    }
    const [height, width] = areSizes(size)
      ? (edges as number[]).map(axis => ({ ...size, axes: axis }))
      : (edges as number[]);
    return {
      op: 'Resizing',
      attributes: {
        height,
        width,
        interpolation: options.interpolation ?? options.method ?? 'bilinear',
        antialias: antialias === true,
        crop_to_aspect_ratio: crop_to_aspect_ratio === true,
        pad_to_aspect_ratio: pad_to_aspect_ratio === true,
        ...(fill_mode === undefined ? {} : { fill_mode }),
        ...(typeof fill_value === 'number' ? { fill_value } : {})
      },
      inputs: [x]
    };
  })
};

/** Edges by their names in Keras, or as a box by its names in TensorFlow. */
const box = (kind: 'crop' | 'pad', names: readonly string[]): Operator => ({
  after: names,
  make: unary((x, options) =>
    window(kind, x, {
      top: options[`top_${kind}ping`] ?? options.top_padding ?? options.offset_height,
      left: options[`left_${kind}ping`] ?? options.left_padding ?? options.offset_width,
      bottom: options[`bottom_${kind}ping`] ?? options.bottom_padding,
      right: options[`right_${kind}ping`] ?? options.right_padding,
      height: options.target_height,
      width: options.target_width
    })
  )
});

const edgesOf = (kind: string): string[] => [
  ...['top', 'left', 'bottom', 'right'].map(edge => `${edge}_${kind}`),
  'target_height',
  'target_width',
  'data_format'
];

const BOX = ['offset_height', 'offset_width', 'target_height', 'target_width'];

const patches: Operator = {
  after: ['size', 'strides', 'dilation_rate', 'padding', 'data_format'],
  reads: ['sizes', 'rates'],
  make: unary((x, options) => {
    const size = options.size ?? alongImage(options.sizes);
    return window('patches', x, {
      size,
      strides: alongImage(options.strides) ?? size,
      dilation_rate: alongImage(options.dilation_rate ?? options.rates),
      padding: options.padding
    });
  })
};

const blocks = (op: string): Operator => ({
  after: ['block_size', 'data_format'],
  make: unary((x, { block_size }) => ({ op, attributes: { block_size }, inputs: [x] }))
});

/** PyTorch's `unfold` of pictures with channels first: each patch a column, its cells by channel. */
const unfold: Operator = {
  after: ['kernel_size', 'dilation', 'padding', 'stride'],
  make: unary((x, { kernel_size, dilation, padding, stride }) => {
    if (!('node' in x)) {
      return message('takes no tensor');
    }
    const [size, edges] = [both(kernel_size), both(padding ?? 0)];
    const pads = [[0, 0], ...edges.map(edge => [edge, edge])];
    const padded = { op: 'op:pad', attributes: { pads, mode: 'constant', value: 0 }, inputs: [x] };
    const turned = moveAxes(edges.some(edge => edge > 0) ? padded : x, [1], [-1]);
    const found = window('patches', turned, {
      size,
      strides: both(stride),
      dilation_rate: both(dilation),
      padding: 'valid'
    });
    // (rows, columns, cells and channels) -> (channels and cells, places).
    const cells = size[0] * size[1];
    const channels: Sizes = { sizesOf: x.node, axes: 1 };
    const parted = reshape(found, [-1, cells, channels]);
    const ordered = moveAxes(parted, [1, 3], [3, 1]);
    return reshape(ordered, [{ ...channels, times: cells }, -1]);
  })
};

/** Shares of red, green and blue in what the eye sees as bright, by ITU-R BT.601. */
const LUMA = [[0.2989], [0.587], [0.114]];

const rgbToGray: Operator = {
  reads: ['data_format'],
  make: ([x], _, constant) => {
    const shares = inputOf({ value: LUMA }, constant);
    return x && !('value' in x) && shares ? einsum('...c,cd->...d', x, shares) : message('takes no tensor');
  }
};

const PICTURE = [-3, -2, -1];

/** Each picture to the mean 0 and the deviation 1, which is bounded by that of one odd value. */
const standardize: Operator = {
  make: unary(x => {
    const count = reduce('sum', apply('ones_like', x), PICTURE, true);
    const deviation = maximum(reduce('deviation', x, PICTURE, true), apply('rsqrt', count));
    return divide(subtract(x, reduce('mean', x, PICTURE, true)), deviation);
  })
};

/** Differences of neighbours, down and to the right, smoothed along the other axis; edges are mirrored. */
const sobel: Operator = {
  reads: ['data_format'],
  make: unary(x => {
    const pads = [
      [1, 1],
      [1, 1],
      [0, 0]
    ];
    const padded = { op: 'op:pad', attributes: { pads, mode: 'reflect', value: 0 }, inputs: [x] };
    const before = (of: Term, axis: number) => part(of, axis, 0, { begin: [-2] });
    const middle = (of: Term, axis: number) => part(of, axis, 1, { begin: [1, -1] });
    const after = (of: Term, axis: number) => part(of, axis, 1, { begin: [2] });
    const smooth = (of: Term, axis: number) =>
      add(add(before(of, axis), after(of, axis)), multiply(middle(of, axis), 2));
    const [down, right] = [1, 2].map(axis => smooth(subtract(after(padded, axis), before(padded, axis)), 3 - axis));
    return stack([down, right], -1);
  })
};

const of = (make: (x: Term) => ReturnType<Operator['make']>): Operator => ({ make: unary(make) });

export const PICTURES: Operators = {
  ...named(['max_pool', 'max_pool2d', 'max_pool1d', 'max_pool_v2'], eitherWay(pool('max'))),
  ...named(['average_pool', 'avg_pool', 'avg_pool2d', 'avg_pool1d', 'avg_pool_v2'], eitherWay(pool('average'))),
  adaptive_max_pool: eitherWay(adaptivePool('adaptive max')),
  adaptive_average_pool: eitherWay(adaptivePool('adaptive average')),
  ...named(['conv', 'conv2d', 'conv1d', 'conv2d_v2', 'convolution'], eitherWay(convolution('conv', ['kernel']))),
  ...named(
    ['depthwise_conv', 'depthwise_conv2d', 'depthwise_conv2d_v2'],
    eitherWay(convolution('depthwise', ['kernel']))
  ),
  separable_conv: eitherWay(convolution('separable', ['depthwise_kernel', 'pointwise_kernel'])),
  conv_transpose: eitherWay({
    ...convolution('transpose', ['kernel']),
    after: ['strides', 'padding', 'output_padding', 'data_format', 'dilation_rate']
  }),
  ...named(['resize', 'resize_v2', 'resize_images', 'resize_images_v2'], eitherWay(resize)),
  crop_images: eitherWay(box('crop', edgesOf('cropping'))),
  pad_images: eitherWay(box('pad', edgesOf('padding'))),
  crop_to_bounding_box: box('crop', BOX),
  pad_to_bounding_box: box('pad', BOX),
  central_crop: {
    after: ['central_fraction'],
    make: unary((x, { central_fraction: fraction }) => window('centre', x, { fraction }))
  },
  extract_patches: eitherWay(patches),
  ...named(['extract_patches_3d', 'extract_patches3_d'], eitherWay(patches)),
  fold,
  gaussian_blur: eitherWay(gaussianBlur),
  ...named(['rgb_to_hsv', 'rgbto_hsv'], eitherWay(rgbToHsv)),
  ...named(['hsv_to_rgb', 'hsvto_rgb'], eitherWay(hsvToRgb)),
  depth_to_space: eitherWay(blocks('op:depth_to_space')),
  space_to_depth: eitherWay(blocks('op:space_to_depth')),
  // `RGBToGrayscale` in snake case, as operatorName has it.
  ...named(['rgb_to_grayscale', 'rgbto_grayscale'], eitherWay(rgbToGray)),
  sobel_edges: eitherWay(sobel, -2),
  unfold,
  grayscale_to_rgb: of(x => ({ op: 'op:positions', attributes: { tile: [1, 1, 3] }, inputs: [x] })),
  flip_left_right: of(x => flip(x, [-2])),
  flip_up_down: of(x => flip(x, [-3])),
  per_image_standardization: standardize,
  adjust_brightness: {
    after: ['delta'],
    make: unary((x, { delta }) => (typeof delta === 'number' ? add(x, delta) : message('adds what is no number')))
  }
};
