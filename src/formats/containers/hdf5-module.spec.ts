/** A crash of the HDF5 library leaves nothing behind. */
import { expect, it } from 'vitest';
import { readModel } from '../index';
import { bytesOf } from '../testing/reader-data';
import { guarded, isLibraryBroken, library, libraryGeneration } from './hdf5-module';

it('starts the library afresh, and files opened before can be read on', async () => {
  const before = await readModel(bytesOf('plain.keras3.h5'), 'before.h5');
  const kernel = before.nodes[1].weights.kernel.read();
  const crash = () =>
    guarded(
      () => {
        throw new WebAssembly.RuntimeError('memory access out of bounds');
      },
      0,
      () => new Error('the file is damaged')
    );
  const generation = libraryGeneration();
  expect(crash).toThrow('the file is damaged');
  expect(isLibraryBroken()).toBe(true);
  expect(() => before.nodes[1].weights.kernel.read()).toThrow('before.h5 cannot be read at this moment');
  await library();
  expect([isLibraryBroken(), libraryGeneration()]).toEqual([false, generation + 1]);
  expect(before.nodes[1].weights.kernel.read()).toEqual(kernel);
  const after = await readModel(bytesOf('plain.keras3.keras'), 'after.keras');
  expect(after.nodes[1].weights.kernel.read().length).toBe(kernel.length);
  before.dispose();
  after.dispose();
});

it('passes other errors on', () => {
  expect(() =>
    guarded(
      () => {
        throw new Error('no such group');
      },
      0,
      () => new Error('never')
    )
  ).toThrow('no such group');
  expect(isLibraryBroken()).toBe(false);
});

it('lets the library have no more memory than allowed', async () => {
  const { _malloc, _free } = await library();
  const ask = (allowance: number) =>
    guarded(
      () => _malloc(1 << 28),
      allowance,
      () => new Error('never')
    );
  expect(ask(1 << 20)).toBe(0);
  const pointer = ask(1 << 30);
  expect(pointer).toBeGreaterThan(0);
  _free(pointer);
});

it('reads on when its memory grows after it was started afresh', async () => {
  const crash = () =>
    guarded(
      () => {
        throw new WebAssembly.RuntimeError('memory access out of bounds');
      },
      0,
      () => new Error('the file is damaged')
    );
  expect(crash).toThrow();
  const module = await library();
  // A large weight: the views of the memory from before are of nothing now.
  const pointer = module._malloc(300 << 20);
  expect(pointer).toBeGreaterThan(0);
  expect(module.HEAPU8.length).toBeGreaterThan(300 << 20);
  module._free(pointer);
  for (const name of ['plain.keras3.h5', 'plain.keras3.keras']) {
    const graph = await readModel(bytesOf(name), name);
    expect(graph.nodes[1].weights.kernel.read().some(value => value !== 0)).toBe(true);
    graph.dispose();
  }
});
