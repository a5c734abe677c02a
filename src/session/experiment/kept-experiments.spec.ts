import { nullTranslator } from '@jupyterlab/translation';
import { describe, expect, it } from 'vitest';
import { rankClasses } from '../../classes/classes';
import type { PixelMask } from '../../explain/names';
import type { Perturbation } from '../../perturb/perturbation';
import { type Entry, MOST_BYTES, packExperiments, readExperiments, type Scores } from './kept-experiments';

const COVER: PixelMask = { shape: [2, 3], runs: [1, 2, 3] };
const trans = nullTranslator.load('gradlens');

const scores = (...values: number[]): Scores => ({
  outputs: {
    head: { shape: [1, values.length], data: Float32Array.from(values) },
    other: { shape: [1, 3], data: Float32Array.of(1, 2, 3) }
  },
  output: 'head',
  ending: 'softmax',
  targets: [{ index: 1, score: 2 }]
});

const entry = (own: Partial<Entry> = {}): Entry => ({
  name: 'the sky',
  image: 1,
  perturbation: { cover: COVER, fill: 'grey', shift: [1, -2] },
  before: scores(0.1, 0.9),
  run: scores(1 / 3, 2 / 3),
  ...own
});

const throughJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('kept experiments', () => {
  it('are there again, each score to the last bit, with the classes that they are of', () => {
    const now: Perturbation = { brightness: -0.5 };
    const read = readExperiments(throughJson(packExperiments({ now, entries: [entry()] })));
    expect(read.now).toEqual(now);
    const [back] = read.entries;
    expect('model' in back).toBe(false);
    const other = throughJson(packExperiments({ now, entries: [entry({ model: 's, epoch 2' })] }));
    expect(readExperiments(other).entries[0].model).toBe('s, epoch 2');
    expect(back).toMatchObject({ name: 'the sky', image: 1, perturbation: entry().perturbation });
    expect([...back.run.outputs.head.data]).toEqual([...scores(1 / 3, 2 / 3).outputs.head.data]);
    expect(back.before.targets[0].index).toBe(1);
    // Three names fit the other output, so they are not this one's.
    for (const labels of [['a', 'b'], ['a', 'b', 'c'], undefined]) {
      expect(rankClasses(back.run, labels, trans)).toEqual(rankClasses(entry().run, labels, trans));
    }
  });

  it('keep scores that are not finite', () => {
    const read = readExperiments(
      throughJson(packExperiments({ now: {}, entries: [entry({ run: scores(NaN, Infinity) })] }))
    );
    expect([...read.entries[0].run.outputs.head.data]).toEqual([NaN, Infinity]);
  });

  it('are the means of an output that is a picture', () => {
    const picture: Scores = {
      ...scores(),
      outputs: { head: { shape: [1, 2, 1, 2], data: Float32Array.of(0, 1, 1, 2) } }
    };
    const read = readExperiments(throughJson(packExperiments({ now: {}, entries: [entry({ run: picture })] })));
    expect([...read.entries[0].run.outputs.head.data]).toEqual([0.5, 1.5]);
  });

  it('are nothing where nothing was done', () => {
    expect(packExperiments({ now: {}, entries: [] })).toBeUndefined();
    expect(readExperiments(undefined)).toEqual({ now: {}, entries: [] });
  });

  it('have room for so much; those kept last stay', () => {
    const many = Array.from({ length: 60 }, (_, i) =>
      entry({ name: `${i}`, before: scores(...Array<number>(1000).fill(1 / (i + 3))) })
    );
    const packed = packExperiments({ now: { cover: COVER }, entries: many });
    expect(JSON.stringify(packed).length).toBeLessThanOrEqual(MOST_BYTES);
    const names = readExperiments(throughJson(packed)).entries.map(({ name }) => name);
    expect(names.length).toBeGreaterThan(10);
    expect(names).toEqual(many.slice(-names.length).map(({ name }) => name));
  });

  const perturbed = (perturbation: object): unknown => ({
    ...(throughJson(packExperiments({ now: {}, entries: [entry()] })) as object),
    now: perturbation
  });
  it.each<[string, unknown]>([
    ['of another version', { version: 2, entries: [] }],
    ['no object', 'x'],
    ['a mask that says it is huge', perturbed({ cover: { shape: [1e6, 1e6], runs: [1e12] } })],
    ['runs that do not fill the mask', perturbed({ cover: { shape: [2, 3], runs: [7] } })],
    ['runs that go back', perturbed({ cover: { shape: [2, 3], runs: [-1, 7] } })],
    ['a mask of parts of cells', perturbed({ cover: { shape: [1.5, 4], runs: [6] } })],
    ['a fill that there is not', perturbed({ fill: 'pink' })],
    ['a blur without end', perturbed({ blur: 1e9 })],
    ['a text in place of a number', perturbed({ rotation: '90' })],
    [
      'fewer scores than it says',
      {
        version: 1,
        entries: [
          {
            name: 'x',
            image: 0,
            perturbation: {},
            before: { output: 'head', ending: null, channels: { head: 1e9 }, explained: 0, values: [1] },
            after: { output: 'head', ending: null, channels: { head: 1 }, explained: 0, values: [1] }
          }
        ]
      }
    ]
  ])('are not read: %s', (_, raw) => {
    expect(readExperiments(raw)).toEqual({ now: {}, entries: [] });
  });
});
