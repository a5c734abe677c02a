import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { BYTE_ERROR } from './channel-bytes';
import { halfOf } from './float16';
import { isPackedTensor, packTensor, packText, type Precision, unpackTensor, unpackText } from './packed-tensor';

const tensor = (values: number[], shape = [values.length]) => ({ shape, data: Float32Array.from(values) });
const roundTrip = async (values: number[], precision: Precision, shape?: number[]) =>
  (await unpackTensor(await packTensor(tensor(values, shape), precision))).data;

/** Of NumPy 2.4: float32(x).astype("<f2").view("<u2"). Ties, subnormals, both ends, and what is beyond them. */
const HALVES: [number, number][] = [
  [0, 0x0000],
  [-0, 0x8000],
  [1, 0x3c00],
  [1 + 2 ** -11, 0x3c00],
  [1 + 3 * 2 ** -11, 0x3c02],
  [1 / 3, 0x3555],
  [65504, 0x7bff],
  [65519.99609375, 0x7bff],
  [65520, 0x7c00],
  [1e10, 0x7c00],
  [-Infinity, 0xfc00],
  [2 ** -14, 0x0400],
  [2 ** -15, 0x0200],
  [2 ** -24, 0x0001],
  [2 ** -25, 0x0000],
  [1.5 * 2 ** -25, 0x0001],
  [1.5 * 2 ** -24, 0x0002],
  [2.5 * 2 ** -24, 0x0002],
  [-6.1e-5, 0x83ff],
  [NaN, 0x7e00]
];

it.each(HALVES)('the half of %f is as NumPy has it', (value, half) => expect(halfOf(value)).toBe(half));

const python = '.venv/bin/python';
it.runIf(existsSync(python))('halves are those of NumPy for each kind of float32', () => {
  const floats = Float32Array.from({ length: 20_000 }, (_, i) => {
    // All exponents, and mantissas of which many lie just beside a tie.
    const bits = (Math.imul(i, 0x9e3779b1) & 0xff800fff) | ((i % 7) << 10);
    return new Float32Array(Uint32Array.of(bits >>> 0).buffer)[0];
  });
  const said = execFileSync(
    python,
    [
      '-W',
      'ignore',
      '-c',
      'import sys, numpy; sys.stdout.buffer.write(numpy.frombuffer(sys.stdin.buffer.read(), "<f4").astype("<f2").tobytes())'
    ],
    { input: new Uint8Array(floats.buffer) }
  );
  const expected = new Uint16Array(said.buffer.slice(said.byteOffset, said.byteOffset + said.length));
  const wrong = [...floats].flatMap((value, i) =>
    Number.isNaN(value) || halfOf(value) === expected[i] ? [] : [[value, halfOf(value), expected[i]]]
  );
  expect(expected).toHaveLength(floats.length);
  expect(wrong).toEqual([]);
});

describe('a tensor', () => {
  it('as float32 comes back bit for bit', async () => {
    const values = [1 / 3, -0, NaN, -Infinity, 1e-40];
    expect(await roundTrip(values, 'float32')).toEqual(Float32Array.from(values));
  });

  it.each([1e-12, 1, 1e20])('as float16 comes back to 11 bits: around %f', async scale => {
    const values = Array.from({ length: 1000 }, (_, i) => scale * Math.sin(i) * 2 ** -(i % 20));
    const back = await roundTrip(values, 'float16');
    // Below 2⁻²⁹ of the largest, the steps are no longer finer.
    const wrong = values
      .map(Math.fround)
      .filter((value, i) => Math.abs(back[i] - value) > Math.max(Math.abs(value) * 2 ** -11, scale * 2 ** -39));
    expect(wrong).toEqual([]);
  });

  it('as float16 holds what is not finite', async () => {
    const back = await roundTrip([NaN, Infinity, -Infinity, 0.5], 'float16');
    expect([...back]).toEqual([NaN, Infinity, -Infinity, 0.5]);
  });

  it('as uint8 comes back within the bound of its channel, both ends and a ReLU’s zeros bit for bit', async () => {
    const channels = [1, 1e-6, 1e6].map(scale =>
      Array.from({ length: 100 }, (_, i) => Math.max(0, scale * Math.sin(i)))
    );
    const back = await roundTrip(channels.flat(), 'uint8', [3, 10, 10]);
    channels.forEach((channel, c) => {
      const found = [...back.subarray(100 * c, 100 * (c + 1))];
      const range = Math.max(...channel);
      channel.forEach((value, i) => {
        expect(Math.abs(found[i] - value)).toBeLessThanOrEqual(range * (BYTE_ERROR + 1e-6));
        expect(value !== 0 || found[i] === 0).toBe(true);
      });
      expect(Math.max(...found)).toBe(Math.fround(range));
    });
  });

  it('as uint8 keeps a dead channel dead, and is float16 where a value is not finite', async () => {
    expect(await roundTrip([0.3, 0.3, 1, 2], 'uint8', [2, 2])).toEqual(Float32Array.of(0.3, 0.3, 1, 2));
    expect((await packTensor(tensor([1, NaN], [1, 2]), 'uint8')).precision).toBe('float16');
  });
});

describe('a hostile tensor is refused in a sentence', () => {
  const packed = (own: object) => ({
    precision: 'uint8' as const,
    shape: [1, 4],
    bounds: 'AAAAAAAAgD8=',
    data: '',
    ...own
  });
  const zip = (bytes: Uint8Array): string => gzipSync(bytes).toString('base64');

  it('of a shape that is too large, negative, or none, before it is decoded', () => {
    expect(isPackedTensor(packed({}))).toBe(true);
    for (const shape of [[1 << 25], [1e9, 1e9], [-1], [1.5], 'x', [1, 1, 1, 1, 1, 1], [NaN]]) {
      expect(isPackedTensor(packed({ shape }))).toBe(false);
    }
    expect(isPackedTensor(packed({ precision: 'toString' }))).toBe(false);
    expect(isPackedTensor(packed({ precision: 'float16', exponent: 1e9 }))).toBe(false);
  });

  it('that says more than its bytes can hold, before it is allocated', async () => {
    await expect(unpackTensor(packed({ shape: [1, 1 << 24], data: zip(new Uint8Array(4)) }))).rejects.toThrow(
      /bytes cannot hold the 16777216/
    );
  });

  it('that holds more or less than it says', async () => {
    const bomb = zip(new Uint8Array(50_000_000));
    await expect(unpackTensor(packed({ data: bomb }))).rejects.toThrow(/another number of bytes/);
    await expect(unpackTensor(packed({ data: zip(new Uint8Array(3)) }))).rejects.toThrow(/another number of bytes/);
  });

  it('that is not gzip, not base64, cut, or without bounds', async () => {
    const good = zip(new Uint8Array(4));
    const cut = Buffer.from(good, 'base64').subarray(0, -9).toString('base64');
    for (const [data, reason] of [
      ['AAAAAAAA', /not gzip/],
      ['§', /not base64/],
      [cut, /not gzip, or damaged|another number/]
    ] as const) {
      await expect(unpackTensor(packed({ data }))).rejects.toThrow(reason);
    }
    await expect(unpackTensor(packed({ data: good, bounds: '' }))).rejects.toThrow(/lowest and a highest/);
  });
});

it('a text comes back', async () => {
  const text = 'Größe ☃ '.repeat(10_000);
  expect(await unpackText(await packText(text))).toBe(text);
});
