import { describe, expect, it } from 'vitest';
import type { Attributes, Shape } from './model-graph';
import { inferShape } from './shape-inference';

function shape(op: string, attributes: Attributes, ...inputs: Shape[]): Shape {
  return inferShape({ id: 'it', op, className: op, attributes }, inputs);
}

const conv = (extra: Attributes): Attributes => ({
  filters: 5,
  kernel_size: [3, 3],
  strides: [1, 1],
  padding: 'valid',
  ...extra
});

describe('inferShape', () => {
  it.each([
    // floor((n - k) / s) + 1, and ceil(n / s): Dumoulin and Visin 2016.
    ['valid', [2, 2], 7, 3],
    ['valid', [2, 2], 8, 3],
    ['same', [2, 2], 7, 4],
    ['same', [2, 2], 8, 4],
    ['same', [3, 3], 1, 1]
  ])('convolves %s with strides %j: %i -> %i', (padding, strides, size, expected) => {
    expect(shape('Conv2D', conv({ padding, strides }), [null, size, size, 3])).toEqual([null, expected, expected, 5]);
  });

  it('widens the window by dilation', () => {
    expect(shape('Conv2D', conv({ dilation_rate: [2, 3] }), [null, 9, 9, 3])).toEqual([null, 5, 3, 5]);
  });

  it('keeps sizes that are not known', () => {
    expect(shape('Conv2D', conv({ strides: [2, 2] }), [null, null, 10, 3])).toEqual([null, null, 4, 5]);
    expect(shape('Flatten', {}, [null, null, 4, 3])).toEqual([null, null]);
    expect(shape('Add', {}, [null, null, 4, 3], [null, 8, 4, 3])).toEqual([null, 8, 4, 3]);
  });

  it('pads by edges, and mirrors no more than there is', () => {
    const pads = [
      [4, 1],
      [0, 3],
      [0, 0]
    ];
    expect(shape('op:pad', { pads, mode: 'reflect' }, [null, 5, 4, 3])).toEqual([null, 10, 7, 3]);
    expect(shape('op:pad', { pads, mode: 'constant', value: 1 }, [null, null, 4, 3])).toEqual([null, null, 7, 3]);
    expect(() => shape('op:pad', { pads, mode: 'reflect' }, [null, 4, 4, 3])).toThrow(
      'cannot mirror 4 cells of its input of shape (n, 4, 4, 3)'
    );
    expect(shape('op:pad', { pads, mode: 'symmetric' }, [null, 4, 4, 3])).toEqual([null, 9, 7, 3]);
    expect(() => shape('op:pad', { pads }, [null, 4, 3])).toThrow('pads 4 axes');
  });

  it('reads channels first where the layer says so', () => {
    expect(shape('Conv2D', conv({ data_format: 'channels_first' }), [null, 3, 9, 7])).toEqual([null, 5, 7, 5]);
    expect(shape('GlobalAveragePooling2D', { data_format: 'channels_first', keepdims: true }, [null, 3, 9, 7])).toEqual(
      [null, 3, 1, 1]
    );
  });

  it('broadcasts a squeeze-and-excite gate', () => {
    expect(shape('Multiply', {}, [null, 7, 7, 8], [null, 1, 1, 8])).toEqual([null, 7, 7, 8]);
  });

  it('names the layer and the shapes when they do not fit', () => {
    expect(() => shape('Conv2D', conv({}), [null, 2, 9, 3])).toThrow(
      'The layer it (Conv2D) does not fit: its input of shape (n, 2, 9, 3) is too small.'
    );
    expect(() => shape('Add', {}, [null, 2, 2, 3], [null, 2, 2, 4])).toThrow(
      'The layer it (Add) cannot combine the shapes (n, 2, 2, 3) and (n, 2, 2, 4).'
    );
    expect(() => shape('Concatenate', { axis: -1 }, [null, 2, 3], [null, 3, 3])).toThrow('cannot join');
    expect(() => shape('Reshape', { target_shape: [4, -1] }, [null, 3, 3])).toThrow(
      'makes (n, 4, -1) of (n, 3, 3), which parts samples or joins them'
    );
    expect(() => shape('Conv2D', conv({}), [null, 9])).toThrow('needs an input with 4 axes, but gets (n, 9)');
  });

  it('knows nothing after what it knows nothing of', () => {
    expect(shape('Conv2D', conv({}), [])).toEqual([]);
    expect(shape('Lambda', {}, [null, 3])).toEqual([]);
  });
});
