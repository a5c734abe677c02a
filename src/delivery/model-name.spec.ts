import { expect, it } from 'vitest';
import { copiedModel, modelName } from './model-name';

it.each([
  ['net.keras', 'net.keras', null],
  ['../models/net-2.h5', 'net-2.h5', null],
  ['gradlens-cache/net.keras', 'net.keras', null],
  ['gradlens-cache/my-net-0123456789abcdef.keras', 'my-net', 'my-net'],
  ['work/gradlens-cache/sequential_1-0123456789abcdef.h5', 'sequential_1', 'sequential_1'],
  ['../../tmp/gradlens-cache/net-0123456789abcdef.keras', 'net', 'net']
])('calls %s by its name', (path, name, copy) => {
  expect(modelName(path)).toBe(name);
  expect(copiedModel(path)).toBe(copy);
});
