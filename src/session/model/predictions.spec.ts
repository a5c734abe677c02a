/** Predictions for a view's images, while the view has other things to do. */
import { Signal } from '@lumino/signaling';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PayloadImage } from '../../mime/payload';
import type { Predicted } from './engine-requests';
import type { ModelController } from './model-controller';
import { Predictions } from './predictions';

const images = (count: number): PayloadImage[] =>
  Array.from({ length: count }, (_, i) => ({ name: String(i), picture: '' }));

/** A controller of which a test says what it does. */
class FakeController {
  payload = { images: images(6), preprocess: null as string | null, interpolation: 'bilinear' };
  snapshot = { model: { model: 'a' }, explained: {} as object | null, busy: null as object | null, problem: null };
  session = { state: { image: 2 } };
  changed = new Signal<this, void>(this);
  asked: string[][] = [];
  predict = vi.fn(async (some: readonly PayloadImage[], signal: AbortSignal): Promise<Predicted> => {
    this.asked.push(some.map(({ name }) => name));
    await new Promise(resolve => setTimeout(resolve, 10));
    signal.throwIfAborted();
    return { found: some.map(({ name }) => ({ tops: { head: { index: Number(name), score: 1 } } })), milliseconds: 10 };
  });

  set(patch: Partial<FakeController['snapshot']>): void {
    this.snapshot = { ...this.snapshot, ...patch };
    this.changed.emit();
  }
}

const start = (controller = new FakeController()): { controller: FakeController; predictions: Predictions } => ({
  controller,
  predictions: new Predictions(controller as unknown as ModelController)
});

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const later = (milliseconds = 5000): Promise<unknown> => vi.advanceTimersByTimeAsync(milliseconds);

describe('the predictions of a view', () => {
  it('are all found, the image in use first, in ever larger parts', async () => {
    const { controller, predictions } = start();
    await later();
    expect(predictions.now.phase).toBe('complete');
    expect(predictions.now.found.map(found => found?.tops?.head.index)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(controller.asked).toEqual([['2'], ['3', '4'], ['5', '0', '1']]);
  });

  it('are asked for one by one where each takes long', async () => {
    const { controller, predictions } = start();
    controller.predict.mockImplementation(async some => {
      controller.asked.push(some.map(({ name }) => name));
      await new Promise(resolve => setTimeout(resolve, 400));
      return { found: some.map(() => ({ tops: {} })), milliseconds: 400 };
    });
    await later();
    expect(predictions.now.phase).toBe('complete');
    expect(controller.asked.map(({ length }) => length)).toEqual([1, 1, 1, 1, 1, 1]);
  });

  it('wait for the first map, and give way to the next', async () => {
    const controller = new FakeController();
    controller.snapshot.explained = null;
    const { predictions } = start(controller);
    controller.set({ busy: {} });
    await later();
    expect(controller.predict).not.toHaveBeenCalled();
    controller.set({ explained: {}, busy: null });
    await later(125);
    expect(controller.asked).toEqual([['2']]);
    controller.set({ busy: {} });
    expect(controller.predict.mock.calls[0][1].aborted).toBe(true);
    await later();
    expect([controller.asked.length, predictions.now.done]).toEqual([1, 0]);
    controller.set({ busy: null });
    await later();
    expect(predictions.now.phase).toBe('complete');
  });

  it('stop when they are told to, keep what they have, and go on', async () => {
    const { controller, predictions } = start();
    await later(135);
    expect(predictions.now).toMatchObject({ done: 1, phase: 'waiting' });
    predictions.stop();
    expect(predictions.now.phase).toBe('stopped');
    controller.changed.emit();
    await later();
    expect(predictions.now.done).toBe(1);
    predictions.goOn();
    await later();
    expect(predictions.now.phase).toBe('complete');
  });

  it('are found anew for another preprocessing, and not for images that stay', async () => {
    const { controller, predictions } = start();
    await later();
    expect(predictions.now.phase).toBe('complete');
    controller.payload = { ...controller.payload, images: [...controller.payload.images, ...images(1)] };
    controller.changed.emit();
    await later();
    expect(predictions.now.phase).toBe('complete');
    expect(controller.asked.flat()).toHaveLength(7);
    controller.payload = { ...controller.payload, preprocess: 'tf' };
    controller.changed.emit();
    expect(predictions.now.done).toBe(0);
    await later();
    expect(predictions.now.phase).toBe('complete');
    expect(controller.asked.flat()).toHaveLength(14);
  });

  it('that fail are told image by image, and end', async () => {
    const controller = new FakeController();
    controller.predict.mockRejectedValue(new Error('no memory'));
    const { predictions } = start(controller);
    await later();
    expect(predictions.now.phase).toBe('complete');
    expect(predictions.now.found.every(found => found?.problem)).toBe(true);
  });
});
