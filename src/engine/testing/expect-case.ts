import { expect } from 'vitest';
import type { OpCase, OpResult } from './op-case';

const LIMIT = 1e-5;

/** Shape, values and gradients are Keras', and nothing is left behind. */
export function expectCase(test: OpCase, result: OpResult): void {
  expect(result.shape).toEqual(test.output.shape);
  expect(result.output).toBeLessThan(LIMIT);
  result.gradients.forEach(error => expect(error).toBeLessThan(LIMIT));
  expect(result.gradients).toHaveLength(test.inputs.length);
  expect(result.leaked).toBe(0);
}
