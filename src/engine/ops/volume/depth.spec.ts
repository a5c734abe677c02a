/** Volumes as planes and back: parts give what the whole gives, and the two directions are adjoint. */
import type { Tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { NODE_BACKENDS, useBackend } from '../../testing/backends';
import { noise } from '../../testing/graphs';
import type { Parts } from '../op';
import { windowAxis } from '../windows';
import { fromPlanes, sizesOf, throughPlanes } from './depth';

const few = (max: number) => fc.integer({ min: 1, max });
const geometry = fc
  .record({
    input: few(11),
    window: few(4),
    stride: few(5),
    dilation: few(2),
    padding: fc.constantFrom('same' as const, 'valid' as const),
    groups: few(2),
    samples: few(2),
    /** Depths in a part. */
    count: few(3)
  })
  .map(g => ({ ...g, axis: windowAxis(g.input, g.window, g.stride, g.dilation, g.padding) }))
  .filter(({ axis }) => axis.output > 0);

/** Height, width and channels. */
const PLANE = [2, 3, 4];

function finished(parts: Parts<Tensor>): { y: Tensor; pauses: number } {
  for (let pauses = 0; ; pauses++) {
    const part = parts.next();
    if (part.done) {
      return { y: part.value, pauses };
    }
  }
}

const filled = (shape: number[], seed: number): Tensor =>
  tf.tensor(
    noise(
      shape.reduce((a, b) => a * b, 1),
      seed
    ),
    shape
  );

const dot = (a: Tensor, b: Tensor): number => tf.sum(tf.mul(a, b)).dataSync()[0];
const differ = (a: Tensor, b: Tensor): number => tf.max(tf.abs(tf.sub(a, b))).dataSync()[0];

describe.each(NODE_BACKENDS)('on %s', backend => {
  beforeAll(() => useBackend(backend));

  it('gives in parts what it gives at once, and each is the adjoint of the other', () => {
    fc.assert(
      fc.property(geometry, ({ axis, groups, samples, count }) => {
        tf.tidy(() => {
          const [h, w, c] = PLANE;
          const x = filled([samples, axis.input, h, w, c], 3);
          const perDepth = samples * axis.window * h * w * c;
          const most = count * perDepth;
          const whole = finished(throughPlanes(x, axis, groups, planes => planes));
          const parts = finished(throughPlanes(x, axis, groups, planes => planes, most));
          expect(sizesOf(whole.y.shape)).toEqual([samples, axis.output, h, w, axis.window * c]);
          expect([whole.pauses, parts.pauses]).toEqual([0, Math.ceil(axis.output / count) - 1]);
          expect(differ(whole.y, parts.y)).toBe(0);

          const dy = filled(whole.y.shape, 4);
          const back = finished(fromPlanes(dy, axis, groups, planes => planes, perDepth));
          const inParts = finished(fromPlanes(dy, axis, groups, planes => planes, perDepth, most));
          expect(inParts.y.shape).toEqual(x.shape);
          expect(differ(back.y, inParts.y)).toBeLessThan(1e-5);
          expect(Math.abs(dot(whole.y, dy) - dot(x, back.y))).toBeLessThan(1e-3);
        });
      }),
      { numRuns: 100 }
    );
  });
});
