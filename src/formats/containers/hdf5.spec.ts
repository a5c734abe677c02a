import { expect, it } from 'vitest';
import { bytesOf } from '../testing/reader-data';
import { Hdf5File } from './hdf5';

it('reads half precision, doubles and packed chunks', async () => {
  const file = await Hdf5File.open(bytesOf('big_endian.h5'), 'numbers.h5');
  const values = (path: string) => Array.from(file.weight(path, path)?.read() ?? []);
  // The smallest normal and subnormal halves nearest to 6.1e-5 and 5.96e-8, and the largest half.
  expect(values('half')).toEqual([0, -0, 1.5, 1023 * 2 ** -24, 2 ** -24, 65504, Infinity, NaN]);
  expect(values('packed')).toEqual(Array.from({ length: 5000 }, (_, i) => Math.fround(i / 4999)));
  expect(values('gzip')).toEqual(Array.from({ length: 4096 }, (_, i) => i));
  expect(file.weight('gzip', 'gzip')?.shape).toEqual([64, 64]);
  expect(file.weight('none', 'none')).toBeNull();
  file.close();
});

const KINDS = ['f2', 'f4', 'f8', 'i1', 'u1', 'i2', 'u2', 'i4', 'u4', 'i8', 'u8'];

it.each(KINDS.flatMap(kind => [`<${kind}`, `>${kind}`]))(
  'reads numbers of any size and order of bytes: %s',
  async path => {
    const file = await Hdf5File.open(bytesOf('big_endian.h5'), 'numbers.h5');
    const weight = file.weight(path, path);
    const step = path[1] === 'f' ? 0.25 : 37;
    const expected = (path[1] === 'u' ? [0, 1, 2] : [-3, -2, -1, 0, 1, 2]).map(value => value * step);
    expect([...(weight?.read() ?? [])]).toEqual(expected);
    weight?.lend?.(lent => expect([...lent]).toEqual(expected));
    file.close();
  }
);
