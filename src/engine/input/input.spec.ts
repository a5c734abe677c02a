import { describe, expect, it } from 'vitest';
import type { EngineInput } from '../protocol/protocol';
import { prepareInput } from './input';

const ONE = ['image'];
const wanted = { node: 'input', name: 'image', shape: [null, 4, 4, 3] };
const decode = async () => ({ height: 2, width: 2, channels: 3, data: new Float32Array(12).fill(255) });
const tensor = (
  shape: number[],
  data = new Float32Array(shape.reduce((a, b) => a * b, 1))
): Record<string, EngineInput> => ({
  '': { kind: 'tensor', tensor: { shape, data } }
});
const picture: Record<string, EngineInput> = {
  '': { kind: 'picture', png: new Uint8Array(1), preprocess: 'tf', interpolation: 'nearest' }
};

describe('prepareInput', () => {
  it('feeds a tensor bit for bit', async () => {
    const data = Float32Array.from({ length: 96 }, (_, i) => i / 3);
    const prepared = await prepareInput(tensor([2, 4, 4, 3], data), wanted, ONE, decode);
    expect(prepared.data).toBe(data);
    expect(prepared.shape).toEqual([2, 4, 4, 3]);
  });

  it('covers a picture before it is resized and preprocessed, and tells what became of it', async () => {
    const left = { shape: [1, 2] as [number, number], runs: [0, 1, 1] };
    const covered = { '': { ...picture[''], perturbation: { cover: left } } } as Record<string, EngineInput>;
    const prepared = await prepareInput(covered, wanted, ONE, decode);
    const row = [-1, -1, -1, -1, -1, -1, 1, 1, 1, 1, 1, 1];
    expect([...prepared.data]).toEqual([...row, ...row, ...row, ...row]);
    expect([...(prepared.given?.rgba ?? [])].slice(0, 8)).toEqual([0, 0, 0, 255, 255, 255, 255, 255]);
  });

  it('covers a tensor by its own smallest value, channels first too, and nothing that is no picture', async () => {
    const perturbation = { cover: { shape: [2, 2] as [number, number], runs: [0, 1, 3] } };
    const values = Float32Array.from({ length: 48 }, (_, i) => i - 7);
    const given = (shape: number[]): Record<string, EngineInput> => ({
      '': { kind: 'tensor', tensor: { shape, data: values }, perturbation }
    });
    const last = await prepareInput(given([1, 4, 4, 3]), wanted, ONE, decode);
    expect([...last.data]).toEqual([...values].map((value, i) => (i % 12 < 6 && i < 24 ? -7 : value)));
    const first = await prepareInput(given([1, 3, 4, 4]), { ...wanted, shape: [null, 3, 4, 4] }, ONE, decode);
    expect([...first.data]).toEqual([...values].map((value, i) => (i % 4 < 2 && i % 16 < 8 ? -7 : value)));
    await expect(prepareInput(given([1, 48]), { ...wanted, shape: [null, 48] }, ONE, decode)).rejects.toThrow(
      'Only a picture can be covered'
    );
  });

  it('says which shape was given and which is wanted', async () => {
    await expect(prepareInput(tensor([1, 5, 4, 3]), wanted, ONE, decode)).rejects.toThrow(
      "The input has shape (1, 5, 4, 3), but the model's input image takes (n, 4, 4, 3). Resize it"
    );
    await expect(prepareInput(tensor([4, 4, 3]), wanted, ONE, decode)).rejects.toThrow('(4, 4, 3)');
  });

  it.each([
    ['a signal that came as a picture of one channel', [1, 128, 2, 1], [null, 128, 2], [1, 128, 2]],
    ['a vector that came as one row', [1, 1, 784, 1], [null, 784], [1, 784]],
    ['a picture without its channel axis', [2, 8, 8], [null, 8, 8, 1], [2, 8, 8, 1]],
    ['a signal of one channel', [1, 1, 9, 1], [null, null, 1], [1, 9, 1]]
  ])('takes %s', async (_, given, shape, fed) => {
    const data = Float32Array.from({ length: given.reduce((a, b) => a * b) }, (_, i) => i);
    const prepared = await prepareInput(tensor(given, data), { ...wanted, shape }, ONE, decode);
    expect(prepared.shape).toEqual(fed);
    expect(prepared.data).toBe(data);
  });

  it('takes the values of a gray picture where the model takes a table', async () => {
    const data = Float32Array.from([0, 1, 2, 3, 4, 255].flatMap(value => [value, value, value]));
    const gray = async () => ({ height: 2, width: 3, channels: 3, data });
    const input: Record<string, EngineInput> = {
      '': { kind: 'picture', png: new Uint8Array(1), preprocess: null, interpolation: 'nearest' }
    };
    const prepared = await prepareInput(input, { ...wanted, shape: [null, 2, 3] }, ONE, gray);
    expect(prepared).toEqual({ shape: [1, 2, 3], data: new Float32Array([0, 1, 2, 3, 4, 255]), picture: null });
    await expect(prepareInput(input, { ...wanted, shape: [null, 6] }, ONE, gray)).rejects.toThrow(
      'takes (n, 6), which is no picture'
    );
  });

  it('does not take what only has the same number of values', async () => {
    await expect(
      prepareInput(tensor([1, 2, 64, 2]), { ...wanted, shape: [null, 128, 2] }, ONE, decode)
    ).rejects.toThrow('takes (n, 128, 2)');
    await expect(prepareInput(tensor([1, 1, 28, 28]), { ...wanted, shape: [null, 784] }, ONE, decode)).rejects.toThrow(
      'takes (n, 784)'
    );
  });

  it('counts values that are no numbers and says where the first is', async () => {
    const data = new Float32Array(48);
    data[17] = NaN;
    data[40] = Infinity;
    await expect(prepareInput(tensor([1, 4, 4, 3], data), wanted, ONE, decode)).rejects.toThrow(
      'The input has 2 values that are NaN or infinite; the first is NaN at index (0, 1, 1, 2)'
    );
  });

  it('names a missing input', async () => {
    await expect(prepareInput({ other: tensor([1])[''] }, wanted, ['left', 'right'], decode)).rejects.toThrow(
      'input image is missing; the inputs given are other'
    );
    await expect(prepareInput(tensor([1, 4, 4, 3]), wanted, ['left', 'right'], decode)).rejects.toThrow(
      'The model has 2 inputs, and the cell gives one thing: give what each gets by its name, image={"left": …, "right": …}'
    );
  });

  it('resizes and prepares a picture, keeping its size for display', async () => {
    const prepared = await prepareInput(picture, wanted, ONE, decode);
    expect(prepared.shape).toEqual([1, 4, 4, 3]);
    expect([...new Set(prepared.data)]).toEqual([1]);
    expect(prepared.picture).toEqual([2, 2]);
  });

  it("takes the picture's size where the model takes any, and gray where it has one channel", async () => {
    const prepared = await prepareInput(picture, { ...wanted, shape: [null, null, null, 1] }, ONE, decode);
    expect(prepared.shape).toEqual([1, 2, 2, 1]);
  });

  it('puts channels first for models that want it so', async () => {
    const colours = async () => ({ height: 1, width: 2, channels: 3, data: new Float32Array([1, 2, 3, 4, 5, 6]) });
    const input: Record<string, EngineInput> = {
      '': { kind: 'picture', png: new Uint8Array(1), preprocess: null, interpolation: 'nearest' }
    };
    const prepared = await prepareInput(input, { ...wanted, shape: [null, 3, 1, 2] }, ONE, colours);
    expect(prepared.shape).toEqual([1, 3, 1, 2]);
    expect([...prepared.data]).toEqual([1, 4, 2, 5, 3, 6]);
  });

  describe('a volume, whose slices lie one under the other in its picture', () => {
    /** Three slices of 2 x 2, each of one gray. */
    const stack = async () => ({
      height: 6,
      width: 2,
      channels: 3,
      data: Float32Array.from({ length: 36 }, (_, i) => 51 * Math.floor(i / 12))
    });
    const volume: Record<string, EngineInput> = {
      '': { kind: 'picture', png: new Uint8Array(1), slices: 3, preprocess: 'scale', interpolation: 'bilinear' }
    };
    const input = (shape: (number | null)[]) => ({ ...wanted, shape });

    it('is resized slice by slice, so that none runs into the next', async () => {
      const prepared = await prepareInput(volume, input([null, 3, 4, 4, 1]), ONE, stack);
      expect(prepared.shape).toEqual([1, 3, 4, 4, 1]);
      prepared.data.forEach((value, i) => expect(value).toBeCloseTo(0.2 * Math.floor(i / 16), 6));
      expect(prepared.picture).toEqual([2, 2]);
    });

    it('has its channels first for models that want it so', async () => {
      const prepared = await prepareInput(volume, input([null, 3, null, 2, 2]), ONE, stack);
      expect(prepared.shape).toEqual([1, 3, 3, 2, 2]);
      prepared.data.forEach((value, i) => expect(value).toBeCloseTo(0.2 * (Math.floor(i / 4) % 3), 6));
    });

    it.each([
      [[null, 4, 2, 2, 1], /shape \(1, 3, 2, 2, channels\), but .* takes \(n, 4, 2, 2, 1\)/],
      [[null, 3, 2, 2, 7], /takes \(n, 3, 2, 2, 7\)/],
      [[null, 2, 2, 3], /is a volume, \(1, 3, 2, 2, 3\), but .* takes pictures, \(n, 2, 2, 3\)/]
    ])('is refused where the model takes %j', async (shape, said) => {
      await expect(prepareInput(volume, input(shape), ONE, stack)).rejects.toThrow(said);
    });
  });

  it('says how to give a volume that came as a batch of its slices', async () => {
    const volumes = { ...wanted, shape: [null, 3, 2, 2, 1] };
    const said = /takes volumes or videos, \(n, 3, 2, 2, 1\), and this is a picture, .*expand_dims/;
    await expect(prepareInput(tensor([1, 2, 2, 1]), volumes, ONE, decode)).rejects.toThrow(said);
    await expect(prepareInput(picture, volumes, ONE, decode)).rejects.toThrow(said);
  });

  it('refuses a picture for a model that takes none', async () => {
    await expect(prepareInput(picture, { ...wanted, shape: [null, 10] }, ONE, decode)).rejects.toThrow(
      'takes (n, 10), which is no picture'
    );
    await expect(prepareInput(picture, { ...wanted, shape: [null, 4, 4, 13] }, ONE, decode)).rejects.toThrow(
      'has 13 channels'
    );
  });
});
