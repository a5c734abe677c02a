/** What is measured of many maps: parts of pictures, means, shares. */
import { describe, expect, it, vi } from 'vitest';
import { isByHand } from '../../engine/protocol/errors';
import type { RunResult } from '../../engine/protocol/protocol';
import { english, messageOf } from '../../messages/message';
import type { PayloadImage } from '../../mime/payload';
import { fakeModelView } from '../../widgets/testing/fake-model';
import { commonGrid, meanOf, sharesOf } from './measure';
import { hasMasks, partOfRegion, partsOf } from './parts';
import { type SetMap, setMapOf, SetMaps } from './set-maps';

const WHOLE = { u0: 0, v0: 0, u1: 1, v1: 1 };
const grid = (height: number, width: number) => ({ height, width });
const going = (): AbortSignal => new AbortController().signal;
const map = (values: number[], input = grid(1, 4)): SetMap => ({
  values: Float32Array.from(values),
  height: 1,
  width: values.length,
  place: WHOLE,
  index: 0,
  input
});

/** Two cells beside each other, of four pixels each, in the middle of 16 × 4 pixels. */
const run = (over: Partial<RunResult> = {}): RunResult =>
  ({
    maps: { conv: { shape: [1, 1, 2], data: Float32Array.of(1, 3) } },
    fields: {
      conv: {
        axes: [
          { jump: 4, size: 4, start: 2 },
          { jump: 4, size: 4, start: 6 }
        ],
        input: [4, 16],
        inputs: ['image'],
        isApart: false
      }
    },
    inputSize: [4, 16],
    targets: [{ index: 2, score: 1 }],
    ...over
  }) as unknown as RunResult;
const about = { layer: 'conv', method: 'grad-cam', convention: null } as const;

describe('the map of an image', () => {
  it('lies where the layer looks, as in the view', () => {
    expect(setMapOf(run(), about, undefined)).toEqual({
      values: Float32Array.of(1, 3),
      height: 1,
      width: 2,
      place: { u0: 0.25, v0: 0, u1: 0.75, v1: 1 },
      index: 2,
      input: grid(4, 16)
    });
  });

  it('covers the whole picture where it is of the input, or the layer sees another picture', () => {
    expect(setMapOf(run(), { ...about, method: 'saliency' }, undefined).place).toEqual(WHOLE);
    expect(setMapOf(run(), about, 'image').place).toMatchObject({ u0: 0.25 });
    expect(setMapOf(run(), about, 'other').place).toEqual(WHOLE);
    const large = { conv: { shape: [1, 4, 16], data: new Float32Array(64) } };
    expect(setMapOf(run({ maps: large }), { ...about, convention: 'captum' }, undefined).place).toEqual(WHOLE);
  });

  it('is refused where there is none over a picture, or its values are no numbers', () => {
    const why = (over: Partial<RunResult>): string => {
      try {
        return String(setMapOf(run(over), about, undefined));
      } catch (error) {
        return english(messageOf(error));
      }
    };
    expect(why({ maps: {} })).toMatch(/^There is no map over its picture/);
    expect(why({ maps: { conv: { shape: [1, 2, 1, 2], data: new Float32Array(4) } } })).toMatch(/^There is no map/);
    expect(why({ inputSize: null })).toMatch(/^There is no map/);
    expect(why({ maps: { conv: { shape: [1, 1, 2], data: Float32Array.of(1, NaN) } } })).toMatch(/no finite numbers/);
  });
});

describe('the maps of all images', () => {
  it('end with the first that there is no room for, and say so once', async () => {
    const images = Array.from({ length: 5 }, (_, i): PayloadImage => ({ name: `${i}.png`, picture: '' }));
    const { controller, runs } = fakeModelView({}, { images });
    await controller.start();
    const { explained } = controller.snapshot;
    // Of 2 × 2 cells of 4 bytes each.
    const maps = new SetMaps(controller, 2 * 16);
    runs.length = 0;
    maps.start(explained!, 'predicted', [0, 1, 2, 3, 4], []);
    await vi.waitFor(() => expect(maps.snapshot.running).toBeNull());
    expect([...maps.snapshot.found.keys()]).toEqual([0, 1]);
    expect(runs).toHaveLength(3);
    expect([...maps.snapshot.problems].map(([image, problem]) => [image, english(problem)])).toEqual([
      [2, 'The maps take too much memory: 2 were kept. Choose fewer images, or a method of a layer.']
    ]);
  });

  it('are ended by hand, so that a worker that does not stop is ended too; begun anew, they are not', async () => {
    const images = Array.from({ length: 2 }, (_, i): PayloadImage => ({ name: `${i}.png`, picture: '' }));
    const { controller, engine } = fakeModelView({}, { images });
    await controller.start();
    const { explained } = controller.snapshot;
    const signals: AbortSignal[] = [];
    engine.run.mockImplementation(async (_params: unknown, options?: { signal?: AbortSignal }) => {
      signals.push(options?.signal as AbortSignal);
      return new Promise<RunResult>(() => undefined);
    });
    const maps = new SetMaps(controller);
    maps.start(explained!, 'predicted', [0, 1], []);
    await vi.waitFor(() => expect(signals).toHaveLength(1));
    maps.start(explained!, 'predicted', [0, 1], []);
    await vi.waitFor(() => expect(signals).toHaveLength(2));
    maps.cancel();
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, true]);
    expect(signals.map(({ reason }) => isByHand(reason))).toEqual([false, true]);
  });
});

describe('parts of pictures', () => {
  it('are the pixels whose centre lies in a region', () => {
    const rectangle = { kind: 'rectangle', x0: 0.3, y0: 0, x1: 1, y1: 0.5 } as const;
    expect([...partOfRegion(rectangle, grid(2, 4)).inside]).toEqual([0, 1, 1, 1, 0, 0, 0, 0]);
    const triangle = [
      [0, 0],
      [0.9, 0],
      [0, 0.9]
    ] as const;
    expect([...partOfRegion({ kind: 'lasso', points: triangle }, grid(2, 2)).inside]).toEqual([1, 0, 0, 0]);
  });

  it('are the masks of the images, or the one for all', () => {
    const mask = { shape: [1, 2] as const, runs: [1, 1] };
    const own = { shape: [1, 1] as const, runs: [0, 1] };
    const images: PayloadImage[] = [
      { name: 'a', picture: '' },
      { name: 'b', picture: '', mask: own }
    ];
    const partOf = partsOf({ images, mask }, 'mask', null);
    expect([...(partOf(0, grid(1, 2))?.inside ?? [])]).toEqual([0, 1]);
    expect(partOf(0, grid(1, 2))).toBe(partOf(0, grid(1, 2)));
    expect([...(partOf(1, grid(1, 2))?.inside ?? [])]).toEqual([1, 1]);
    expect(partsOf({ images }, 'mask', null)(0, grid(1, 2))).toBeNull();
    expect(partsOf({ images, mask }, 'region', null)(0, grid(1, 2))).toBeNull();
    expect([hasMasks({ images }), hasMasks({ images: images.slice(0, 1) }), hasMasks({ images: [], mask })]).toEqual([
      true,
      false,
      true
    ]);
  });
});

describe('what is measured', () => {
  it('is the mean on the largest input, with how many maps it is of', async () => {
    const maps = [map([0, 2]), map([0, 0], grid(2, 2))];
    expect(commonGrid(maps)).toEqual(grid(2, 4));
    expect(await meanOf(maps, 'maximum', grid(1, 2), going())).toEqual({
      values: Float32Array.of(0, 0.5),
      ...grid(1, 2),
      count: 2,
      flat: 1
    });
    expect(await meanOf([], 'as-is', grid(1, 2), going())).toBeNull();
    expect(await meanOf(maps, 'as-is', grid(1, 2), AbortSignal.abort())).toBeNull();
  });

  it('is the share of each image that has a part', async () => {
    const maps = new Map([
      [3, map([1, 3], grid(1, 2))],
      [5, map([1, 1], grid(1, 2))]
    ]);
    const part = { ...grid(1, 2), inside: Float32Array.of(0, 1) };
    const shares = await sharesOf(maps, image => (image === 3 ? part : null), going());
    expect(shares && [...shares]).toEqual([[3, { share: 0.75, area: 0.5, hit: true }]]);
    expect(await sharesOf(maps, () => part, AbortSignal.abort())).toBeNull();
  });
});
