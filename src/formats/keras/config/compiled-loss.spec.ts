import { expect, it } from 'vitest';
import { givesNumbers } from './compiled-loss';

const KERAS_3 = (name: string) => ({ module: 'keras.losses', class_name: name, config: { name: 'x' } });

it.each<[loss: unknown, output: string, index: number, expected: boolean]>([
  ['mse', 'out', 0, true],
  ['mean_squared_error', 'out', 0, true],
  ['MeanAbsoluteError', 'out', 0, true],
  [KERAS_3('Huber'), 'out', 0, true],
  [{ module: 'builtins', class_name: 'function', config: 'log_cosh', registered_name: 'function' }, 'out', 0, true],
  [['sparse_categorical_crossentropy', 'mae'], 'age', 1, true],
  [['sparse_categorical_crossentropy', 'mae'], 'kind', 0, false],
  [{ kind: 'categorical_crossentropy', age: KERAS_3('MeanSquaredError') }, 'age', 1, true],
  [{ kind: 'categorical_crossentropy', age: KERAS_3('MeanSquaredError') }, 'kind', 0, false],
  [{ kind: 'mse' }, 'age', 1, false],
  ['sparse_categorical_crossentropy', 'out', 0, false],
  [KERAS_3('SparseCategoricalCrossentropy'), 'out', 0, false],
  ['hinge', 'out', 0, false],
  ['loss_of_the_author', 'out', 0, false],
  [null, 'out', 0, false],
  [7, 'out', 0, false]
])('of the loss %j, the output %s (%i) gives numbers: %s', (loss, output, index, expected) => {
  expect(givesNumbers({ loss }, output, index)).toBe(expected);
});

it.each([undefined, null, 'mse', []])('says nothing of a file that was not compiled: %j', training => {
  expect(givesNumbers(training, 'out', 0)).toBe(false);
});
