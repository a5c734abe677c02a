import { expect, it } from 'vitest';
import { bytesOf } from '../testing/reader-data';
import { Hdf5File } from './hdf5';

it('reads any byte order, half precision, doubles and packed chunks', async () => {
  const file = await Hdf5File.open(bytesOf('big_endian.h5'), 'numbers.h5');
  const values = (path: string) => Array.from(file.weight(path, path)?.read() ?? []);
  expect(values('big')).toEqual([-3, -2, -1, 0, 1, 2].map(value => Math.fround(Math.fround(value) / 7)));
  // The smallest normal and subnormal halves nearest to 6.1e-5 and 5.96e-8, and the largest half.
  expect(values('half')).toEqual([0, -0, 1.5, 1023 * 2 ** -24, 2 ** -24, 65504, Infinity, NaN]);
  expect(values('packed')).toEqual(Array.from({ length: 5000 }, (_, i) => Math.fround(i / 4999)));
  expect(values('gzip')).toEqual(Array.from({ length: 4096 }, (_, i) => i));
  expect(file.weight('gzip', 'gzip')?.shape).toEqual([64, 64]);
  expect(file.weight('none', 'none')).toBeNull();
  file.close();
});
