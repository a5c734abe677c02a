import { Signal } from '@lumino/signaling';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Kept } from '../../mime/kept';
import type { ViewStateJSON } from '../../state/view-state';
import { ViewSession } from '../view/view-session';
import type { WriteLater } from './kept-notebook';
import type { OutputStore } from './output-store';
import { ViewKeeper } from './view-keeper';

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('window', globalThis);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function bench({ kept = {} as Kept, isFresh = false, byHand = {} as ViewStateJSON } = {}) {
  const session = new ViewSession('a', {}, byHand);
  const written: { kept: Kept; png: string | undefined }[] = [];
  const store: OutputStore = {
    isFresh,
    read: () => Object.assign({}, kept, ...written.map(one => one.kept)) as Kept,
    picture: () => written.findLast(one => one.png !== undefined)?.png ?? 'of Python',
    announce: vi.fn(),
    write: (some, png) => void written.push({ kept: some, png })
  };
  const saving = new Signal<object, WriteLater>({});
  const state = { isUpToDate: true, isComputing: false, isBusy: false };
  const keeper = new ViewKeeper(session, store, {
    saving,
    isUpToDate: () => state.isUpToDate,
    isComputing: () => state.isComputing,
    isBusy: () => state.isBusy
  });
  /** How many were written late, of saves so far. */
  const late = { asked: 0, written: 0 };
  const save = (): void =>
    saving.emit(written => {
      late.asked++;
      void written.then(() => late.written++);
    });
  let drawn = 0;
  const show = (): void => keeper.show({ title: 'Grad-CAM', draw: () => `png ${++drawn}` });
  return { session, store, written, save, late, keeper, state, show };
}

describe('ViewKeeper', () => {
  it('keeps experiments without drawing the picture anew, and tells what is about to be written', () => {
    const { written, keeper, store, show } = bench({ kept: { experiments: 'old' } });
    show();
    expect(keeper.experiments).toBe('old');
    keeper.keepExperiments('new');
    expect(store.announce).toHaveBeenCalled();
    expect(keeper.experiments).toBe('new');
    expect(written).toEqual([]);
    vi.runAllTimers();
    expect(written).toEqual([{ kept: { experiments: 'new' }, png: undefined }]);
    keeper.keepExperiments(undefined);
    expect(keeper.experiments).toBeUndefined();
    vi.runAllTimers();
    expect(written[1].kept).toEqual({ experiments: undefined });
  });

  it('writes nothing while nobody changes anything, whatever is drawn', () => {
    const { session, store, written, save, keeper, show } = bench({ byHand: { layer: 'a' } });
    show();
    session.adopt({ method: 'saliency' });
    session.update({ cursor: { x: 0, y: 0 } });
    vi.runAllTimers();
    save();
    keeper.dispose();
    expect(written).toEqual([]);
    expect(store.announce).not.toHaveBeenCalled();
  });

  it('stores the picture of an output that has just been made, once', () => {
    const { written, show } = bench({ isFresh: true });
    show();
    vi.runAllTimers();
    show();
    vi.runAllTimers();
    expect(written).toEqual([{ kept: { picture: { title: 'Grad-CAM' } }, png: 'png 1' }]);
  });

  it('announces a change at once, and writes once when it is quiet: all that was set by hand, and its picture', () => {
    const { session, store, written, show } = bench({ byHand: { layer: 'a' } });
    show();
    session.update({ opacity: 0.3 });
    expect(store.announce).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(900);
    session.update({ opacity: 0.4 });
    vi.advanceTimersByTime(900);
    expect(written).toEqual([]);
    vi.runAllTimers();
    expect(written).toEqual([
      { kept: { view: { layer: 'a', opacity: 0.4 }, picture: { title: 'Grad-CAM' } }, png: 'png 1' }
    ]);
  });

  it('writes before the notebook is saved, and when the view goes', () => {
    const { session, save, keeper, written } = bench();
    session.update({ opacity: 0.3 });
    save();
    expect(written).toHaveLength(1);
    session.update({ opacity: 0.4 });
    keeper.dispose();
    expect(written.map(({ kept }) => kept.view?.opacity)).toEqual([0.3, 0.4]);
    vi.runAllTimers();
    expect(written).toHaveLength(2);
  });

  it('writes what was being computed at a save as soon as it is there, with its picture, and says so', async () => {
    const { session, save, late, state, written, show } = bench();
    show();
    session.update({ layer: 'b' });
    Object.assign(state, { isUpToDate: false, isComputing: true });
    save();
    expect(written).toEqual([{ kept: { view: { layer: 'b' } }, png: undefined }]);
    show();
    Object.assign(state, { isUpToDate: true, isComputing: false });
    await Promise.resolve();
    expect(late).toEqual({ asked: 1, written: 0 });
    show();
    await Promise.resolve();
    expect(written.at(-1)).toEqual({ kept: { picture: { title: 'Grad-CAM' } }, png: 'png 1' });
    expect(late).toEqual({ asked: 1, written: 1 });
    save();
    expect(late.asked).toBe(1);
  });

  it('lets nobody wait for a view that goes', async () => {
    const { save, late, keeper, state } = bench({ isFresh: true });
    state.isComputing = true;
    save();
    keeper.dispose();
    await Promise.resolve();
    expect(late).toEqual({ asked: 1, written: 1 });
  });

  it('draws what is asked for, not what was there before it', () => {
    const { session, state, written, show } = bench();
    show();
    state.isUpToDate = false;
    session.update({ layer: 'b' });
    vi.runAllTimers();
    expect(written).toEqual([{ kept: { view: { layer: 'b' } }, png: undefined }]);
    state.isUpToDate = true;
    show();
    vi.runAllTimers();
    expect(written.at(-1)).toEqual({ kept: { picture: { title: 'Grad-CAM' } }, png: 'png 1' });
  });

  it('draws anew for a zoom, and waits while drawing would disturb', () => {
    const { session, state, written, show } = bench();
    show();
    state.isBusy = true;
    session.update({ viewport: { x: 0.5, y: 0.5, zoom: 2 } });
    vi.advanceTimersByTime(5000);
    expect(written).toEqual([]);
    state.isBusy = false;
    vi.runAllTimers();
    expect(written).toEqual([
      { kept: { view: { viewport: { x: 0.5, y: 0.5, zoom: 2 } }, picture: { title: 'Grad-CAM' } }, png: 'png 1' }
    ]);
  });

  it('tries again with the next drawing where this one fails', () => {
    const { session, keeper, written, show } = bench();
    keeper.show({ title: 'lost', draw: () => null });
    session.update({ opacity: 0 });
    vi.runAllTimers();
    expect(written).toEqual([{ kept: { view: { opacity: 0 } }, png: undefined }]);
    show();
    vi.runAllTimers();
    expect(keeper.picture).toEqual({ title: 'Grad-CAM', png: 'png 1' });
  });
});
