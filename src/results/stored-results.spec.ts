import { describe, expect, it } from 'vitest';
import { english, message } from '../messages/message';
import { EXACT, packGuesses, packResult, packSummary } from './pack';
import { arePackedResults, type PackedResults } from './packed-results';
import { guessOf } from './predictions';
import type { Question, Result } from './result';
import { StoredResults } from './stored-results';
import { packText } from './tensors/packed-tensor';
import { MODEL, OF, question, result } from './testing/result';

async function packed(results: readonly Result[], own: Partial<PackedResults> = {}): Promise<PackedResults> {
  const all = await Promise.all(results.map(one => packResult(one)));
  return {
    version: 1,
    model: OF,
    summary: await packSummary(MODEL),
    runs: all.map(({ run }) => run),
    outputs: all.slice(0, 1).map(({ outputs }) => outputs),
    planes: all.flatMap(({ planes }) => planes ?? []),
    ...own
  };
}

/** As it is after a notebook was saved and opened again. */
const saved = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('StoredResults', () => {
  it('answers what was stored, as it was found, after a way through JSON', async () => {
    const found = { ...result(), parts: Float32Array.from({ length: 12 }, (_, i) => i / 2) };
    const stored = await StoredResults.read(saved(await packed([found])));
    expect(stored.model).toEqual({
      ...MODEL,
      layers: MODEL.layers.map(layer => ({ ...layer, unsupported: layer.id === 'conv2' ? null : expect.anything() }))
    });
    expect(stored.of).toEqual(OF);
    expect(stored.questions).toEqual([found.about]);
    expect(await stored.answer(question())).toEqual(found);
  });

  it('says of a map that nothing of it is positive, and of no other', async () => {
    const none = result();
    none.run.empty = { conv2: [0] };
    const stored = await StoredResults.read(saved(await packed([none, result({ layer: 'conv1' })])));
    expect((await stored.answer(question())).run.empty).toEqual({ conv2: [0] });
    expect((await stored.answer(question({ layer: 'conv1' }))).run.empty).toEqual({});
  });

  it('answers a class by its index where it was found as the highest, and no other', async () => {
    const stored = await StoredResults.read(await packed([result()]));
    expect(stored.refusal(question({ target: 0 }))).toBeNull();
    expect((await stored.answer(question({ target: 0 }))).run.targets[0].index).toBe(0);
    expect(stored.refusal(question({ target: 1 }))).not.toBeNull();
  });

  it('answers with parts that were found of the highest class, asked for it by its index', async () => {
    const parts = new Float32Array(12).fill(0.5);
    const stored = await StoredResults.read(await packed([{ ...result(), parts }, result({ target: 0 })]));
    expect((await stored.answer(question({ target: 0 }))).parts).toEqual(parts);
    expect((await stored.answer(question())).parts).toEqual(parts);
  });

  it('stores the question alone of what was on the screen', async () => {
    const found = result();
    const shown = { ...found.about, run: found.run, inputKey: 'a' };
    expect((await packResult({ ...found, about: shown })).run.about).toEqual(question());
  });

  it('answers the highest class where another layer tells which that is', async () => {
    const stored = await StoredResults.read(await packed([result(), result({ layer: 'conv1', target: 0 })]));
    expect((await stored.answer(question({ layer: 'conv1' }))).about.target).toBe(0);
    expect(stored.refusal(question({ layer: 'conv1', target: 2 }))).not.toBeNull();
  });

  it.each<[Partial<Question>, RegExp]>([
    [{ layer: 'conv1' }, /^conv1 was not looked at/],
    [{ input: 'other' }, /^Nothing of this image was kept/],
    [{ target: 1 }, /^It was not looked at together with/],
    [{ method: 'saliency' }, /^It was not looked at together with/],
    [{ convention: 'captum' }, /^It was not looked at together with/]
  ])('says what it does not have: %j', async (other, sentence) => {
    const stored = await StoredResults.read(await packed([result()]));
    expect(english(stored.refusal(question(other))!)).toMatch(sentence);
    await expect(stored.answer(question(other))).rejects.toThrow(sentence);
  });

  it('is exact where exactness is asked for', async () => {
    const third = Float32Array.of(1 / 3, 1e-9, 2 / 3, NaN);
    const found = result();
    found.run.maps.conv2.data = third;
    const { run, planes } = await packResult(found, EXACT);
    expect([run.map?.precision, planes?.tensor.precision]).toEqual(['float32', 'float32']);
    const stored = await StoredResults.read(await packed([], { runs: [run] }));
    expect((await stored.answer(question())).run.maps.conv2.data).toEqual(third);
  });
});

describe('what a hostile notebook holds is refused in a sentence', () => {
  const nested = (depth: number): string => `{"a":${'['.repeat(depth)}${']'.repeat(depth)}}`;
  const summary = JSON.stringify(MODEL);
  it.each<[string, string, RegExp]>([
    ['deep JSON', nested(100_000), /nested too deeply/],
    ['no JSON', 'x', /not JSON/],
    ['no model', '{}', /damaged/],
    ['a layer without a name', summary.replace('"id":"conv1",', ''), /damaged/],
    ['a message without end', summary.replace('"odd"', '{"text":"%1","values":['.repeat(9) + ']}'.repeat(9)), /damaged/]
  ])('%s', async (_, json, sentence) => {
    const raw = await packed([result()], { summary: await packText(json) });
    await expect(StoredResults.read(raw)).rejects.toThrow(sentence);
  });

  it('a form that is not known, before anything is decoded', async () => {
    const good = await packed([result()]);
    expect(arePackedResults(good)).toBe(true);
    const [run] = good.runs;
    const others: unknown[] = [
      null,
      'x',
      [],
      { ...good, version: 2 },
      { ...good, summary: { ...good.summary, size: 1e9 } },
      { ...good, runs: Array.from({ length: 3000 }, () => run) },
      { ...good, runs: [{ ...run, about: { ...run.about, method: 'toString' } }] },
      { ...good, runs: [{ ...run, about: { ...run.about, target: { class: {} } } }] },
      { ...good, runs: [{ ...run, map: { ...run.map, shape: [1e6, 1e6] } }] },
      { ...good, runs: [{ ...run, facts: { ...run.facts, targets: [{ index: 0, score: 'one' }] } }] },
      { ...good, model: { ...good.model, fingerprint: { size: 1, hash: '../..' } } }
    ];
    for (const other of others) {
      await expect(StoredResults.read(other)).rejects.toThrow(/not in a form/);
    }
  });

  it('feature maps and maps of other shapes than such have', async () => {
    const good = await packed([result()]);
    const [run] = good.runs;
    const flat = { ...run.map!, shape: [4] };
    const stored = await StoredResults.read({ ...good, runs: [{ ...run, map: flat }] });
    await expect(stored.answer(question())).rejects.toThrow(/a map has 1 axes/);
    const sliced = await StoredResults.read({ ...good, planes: [{ ...good.planes[0], slices: 3 }] });
    await expect(sliced.answer(question())).rejects.toThrow(/not channels, rows and columns/);
  });
});

describe("what a gallery's images are taken for", () => {
  it('is told as it was found, and is null of others', async () => {
    const guesses = packGuesses([
      { input: 'a', guess: guessOf({ scores: { head: Float64Array.of(0.1, 0.7, 0.7) } }) },
      { input: 'b', guess: guessOf({ scores: { head: Float64Array.of(0.1, NaN) } }) },
      { input: 'c', guess: { problem: message('It is %1.', 'odd') } }
    ]);
    const stored = await StoredResults.read(saved(await packed([result()], { guesses })));
    expect(stored.guess('a')).toEqual({ tops: { head: { index: 1, score: 0.7, all: [0.1, 0.7, 0.7] } } });
    expect(stored.guess('b')?.tops?.head.score).toBeNaN();
    expect([stored.guess('c'), stored.guess('d')]).toEqual([null, null]);
  });

  it('is refused in another form', async () => {
    for (const top of [[0], [-1, 0.5], ['0', 0.5], [0, 'one']]) {
      const raw = { ...(await packed([result()])), guesses: [{ input: 'a', tops: { head: top } }] };
      await expect(StoredResults.read(raw)).rejects.toThrow(/not in a form/);
    }
  });
});
