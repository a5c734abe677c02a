import { Signal } from '@lumino/signaling';
import { expect, it, vi } from 'vitest';
import type { Kept } from '../../mime/kept';
import { sizeOf } from '../../results/fit';
import { isSameModel, type ResultsModel } from '../../results/result';
import { MODEL, OF, question, result } from '../../results/testing/result';
import { ViewSession } from '../view/view-session';
import type { WriteLater } from './kept-notebook';
import type { OutputStore } from './output-store';
import { ResultKeeper } from './result-keeper';
import { ViewKeeper } from './view-keeper';

function bench(kept: Kept = {}, usual = 1e6, areSeveral = false) {
  const written: Kept[] = [kept];
  const store: OutputStore = {
    isFresh: false,
    read: () => Object.assign({}, ...written) as Kept,
    picture: () => null,
    announce: () => undefined,
    write: some => void written.push(some)
  };
  const keeper = new ResultKeeper(store, () => usual, areSeveral);
  const packed = (): Promise<void> =>
    new Promise(resolve => {
      const check = (): void => {
        if (!keeper.isBusy) {
          keeper.changed.disconnect(check);
          resolve();
        }
      };
      keeper.changed.connect(check);
      check();
    });
  return { keeper, packed, store };
}

it('packs what is found, each thing once, those looked at last at the end', async () => {
  const { keeper, packed, store } = bench();
  keeper.add(result({ layer: 'conv1' }), MODEL, OF);
  keeper.add(result({ target: 1 }), MODEL, OF);
  keeper.add(result(), MODEL, OF);
  keeper.add(result({ layer: 'conv1' }), MODEL, OF);
  await packed();
  const { runs, outputs, planes } = keeper.packed(keeper.choice)!;
  expect(runs.map(({ about }) => [about.layer, about.target])).toEqual([
    ['conv2', 1],
    ['conv2', null],
    ['conv1', null]
  ]);
  expect([outputs.length, planes.length]).toEqual([1, 2]);
  store.write({ results: keeper.packed(keeper.choice) });
  expect((await (await keeper.read())!.answer(question())).run.maps.conv2.data).toEqual(Float32Array.of(4, 3, 2, 1));
});

it('adds to what was stored before, and takes up parts that were asked for later', async () => {
  const first = bench();
  first.keeper.add(result(), MODEL, OF);
  await first.packed();
  const { keeper, packed } = bench({ results: first.keeper.packed(first.keeper.choice) });
  expect(keeper.packed(keeper.choice)).toEqual(first.keeper.packed(first.keeper.choice));
  keeper.add({ ...result(), parts: new Float32Array(12).fill(0.5) }, MODEL, OF);
  keeper.add(result({ layer: 'conv1' }), MODEL, OF);
  await packed();
  expect(keeper.packed(keeper.choice)!.runs.map(({ about, parts }) => [about.layer, parts !== undefined])).toEqual([
    ['conv2', true],
    ['conv1', false]
  ]);
});

it('keeps what was found of each model of several, those looked at last as long as there is room', async () => {
  const other: ResultsModel = {
    ...OF,
    fingerprint: { ...OF.fingerprint, hash: 'f'.repeat(OF.fingerprint.hash.length) }
  };
  const { keeper, packed, store } = bench({}, 1e6, true);
  keeper.add(result({ layer: 'conv1' }), MODEL, OF);
  keeper.add(result(), MODEL, other);
  await packed();
  const both = keeper.packed(null)!;
  expect([both.model, ...both.others!.map(({ model }) => model)]).toEqual([other, OF]);
  expect(keeper.sizes(null).kept).toBeLessThanOrEqual(1e6);
  store.write({ results: both });
  for (const [of, layer] of [[OF, 'conv1'] as const, [other, 'conv2'] as const]) {
    const stored = await keeper.read(one => isSameModel(one, of));
    expect(stored!.of).toEqual(of);
    expect(stored!.questions.map(one => one.layer)).toEqual([layer]);
  }
  // Opened again, it adds to them.
  const again = bench({ results: both }, 1e6, true);
  again.keeper.add(result(), MODEL, OF);
  await again.packed();
  const { model, runs, others } = again.keeper.packed(null)!;
  expect([model, runs.length, others!.map(one => one.model)]).toEqual([OF, 2, [other]]);
  // What there is no room for goes, those of the other models first.
  const room = sizeOf({ ...both, others: undefined }) + 20;
  const narrow = bench({ results: both }, room, true);
  const fits = narrow.keeper.packed(null)!;
  expect([fits.model, fits.others]).toEqual([other, undefined]);
  expect(sizeOf(fits)).toBeLessThanOrEqual(room);
});

it('drops what was stored of another file, or of other stand-ins', async () => {
  for (const other of [
    { ...OF, fingerprint: { size: 10, hash: 'b'.repeat(64) } },
    { ...OF, declared: {} }
  ]) {
    const first = bench();
    first.keeper.add(result(), MODEL, OF);
    await first.packed();
    const { keeper, packed } = bench({ results: first.keeper.packed(first.keeper.choice) });
    keeper.add(result({ layer: 'conv1' }), MODEL, other);
    await packed();
    expect(keeper.packed(keeper.choice)!.runs.map(({ about }) => about.layer)).toEqual(['conv1']);
    expect(keeper.packed(keeper.choice)!.model).toEqual(other);
  }
});

it('keeps within the budget, more where that is asked for, and nothing where only the picture is', async () => {
  const big = result({}, 3000);
  for (const [keep, usual, has] of [
    [undefined, 1e6, true],
    [undefined, 500, false],
    [undefined, 0, false],
    ['more', 0, true],
    ['picture', 1e6, false]
  ] as const) {
    const { keeper, packed } = bench({ keep }, usual);
    keeper.add(big, MODEL, OF);
    await packed();
    expect(keeper.packed(keeper.choice) !== null).toBe(has);
    const { all, kept } = keeper.sizes(keep ?? null);
    expect(has ? kept === all : kept === 0 && all > 500).toBe(true);
  }
});

it('stores nothing but the picture as soon as that is chosen, and what was found when it is not', async () => {
  vi.stubGlobal('window', globalThis);
  const { keeper, packed, store } = bench();
  keeper.add(result(), MODEL, OF);
  await packed();
  const found = keeper.packed(keeper.choice);
  store.write({ results: found });
  const services = { saving: null, isUpToDate: () => true, isComputing: () => false, isBusy: () => false };
  const view = new ViewKeeper(new ViewSession('a', {}), store, services, keeper);
  view.keepResults('picture');
  expect(store.read()).toMatchObject({ keep: 'picture', results: undefined });
  view.keepResults(null);
  expect(store.read().results).toEqual(found);
  view.dispose();
});

it('writes after a save what was still being packed then', async () => {
  vi.stubGlobal('window', globalThis);
  const { keeper, store } = bench();
  const saving = new Signal<object, WriteLater>({});
  const services = { saving, isUpToDate: () => true, isComputing: () => false, isBusy: () => false };
  const session = new ViewSession('a', {});
  const view = new ViewKeeper(session, store, services, keeper);
  session.update({ layer: 'conv2' });
  keeper.add(result(), MODEL, OF);
  const late: Promise<void>[] = [];
  saving.emit(written => void late.push(written));
  expect(store.read().results).toBeUndefined();
  await Promise.all(late);
  expect(late).toHaveLength(1);
  expect(store.read().results).toEqual(keeper.packed(keeper.choice));
  view.dispose();
});

it("keeps a gallery's predictions, the last of each image, and drops those of another model", async () => {
  const { keeper, packed } = bench();
  const guess = (index: number) => ({ tops: { head: { index, score: 0.5 } } });
  keeper.add(result(), MODEL, OF);
  keeper.addGuesses(
    [
      { input: 'a', guess: guess(0) },
      { input: 'b', guess: guess(1) }
    ],
    MODEL,
    OF
  );
  keeper.addGuesses([{ input: 'a', guess: guess(2) }], MODEL, OF);
  await packed();
  const tops = () => keeper.packed(null)!.guesses?.map(({ input, tops: { head } }) => [input, head]);
  expect(tops()).toEqual([
    ['b', [1, 0.5]],
    ['a', [2, 0.5]]
  ]);
  keeper.add(result(), MODEL, { ...OF, declared: {} });
  await packed();
  expect(tops()).toBeUndefined();
});

it.each([
  [true, 1],
  [false, 0]
])('writes predictions that come late into an output that is fresh, and no other: %s', async (isFresh, writes) => {
  vi.stubGlobal('window', globalThis);
  const { keeper, packed, store } = bench();
  keeper.add(result(), MODEL, OF);
  await packed();
  store.write({ results: keeper.packed(null) });
  const write = vi.fn();
  const services = { saving: null, isUpToDate: () => true, isComputing: () => false, isBusy: () => false };
  const view = new ViewKeeper(new ViewSession('a', {}), { ...store, isFresh, write }, services, keeper);
  keeper.addGuesses([{ input: 'a', guess: { tops: { head: { index: 0, score: 1 } } } }], MODEL, OF);
  await packed();
  view.flush();
  expect(write).toHaveBeenCalledTimes(writes);
  view.dispose();
});
