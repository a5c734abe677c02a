/** Notifications of work that goes on out of sight. */
import { Notification } from '@jupyterlab/apputils';
import { nullTranslator } from '@jupyterlab/translation';
import { Signal } from '@lumino/signaling';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { AnnouncedWork, announceLongWork } from './load-notifications';
import type { ModelController } from './model/model-controller';

beforeEach(() => void vi.useFakeTimers());

afterEach(() => {
  vi.useRealTimers();
  Notification.dismiss();
});

/** A view at work out of sight, of which `set` tells more. */
function announced(): { set: (patch: object) => void; end: () => void; controller: { isDisposed: boolean } } {
  const controller = {
    snapshot: { busy: { phase: 'forward', done: 0, total: 0, secondsLeft: null }, problem: null, cancelled: false },
    isDisposed: false
  };
  const changed = new Signal<object, void>(controller);
  const end = announceLongWork(
    {
      ...controller,
      changed,
      get snapshot() {
        return controller.snapshot;
      },
      get isDisposed() {
        return controller.isDisposed;
      }
    } as unknown as ModelController,
    {
      title: 'net.keras',
      isSeen: () => false,
      reveal: () => undefined,
      trans: nullTranslator.load('gradlens'),
      announced: new AnnouncedWork()
    }
  );
  const set = (patch: object): void => {
    Object.assign(controller.snapshot, patch);
    changed.emit();
  };
  set({});
  return { set, end, controller };
}

const told = (): string[] => Notification.manager.notifications.map(({ type, message }) => `${type}: ${message}`);

it('tells of long work, and that it has ended, only once JupyterLab has drawn what it is to change', () => {
  const { set } = announced();
  vi.advanceTimersByTime(4999);
  expect(told()).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(told()).toEqual(['in-progress: net.keras · Running the model']);
  set({ busy: null });
  vi.advanceTimersByTime(999);
  expect(told()).toEqual(['in-progress: net.keras · Running the model']);
  vi.advanceTimersByTime(1);
  expect(told()).toEqual(['success: net.keras is ready.']);
});

it('says no more of a view that was closed', () => {
  const { end, controller } = announced();
  vi.advanceTimersByTime(5000);
  controller.isDisposed = true;
  end();
  vi.advanceTimersByTime(1000);
  expect(told()).toEqual([]);
});
