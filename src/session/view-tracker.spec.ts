import { describe, expect, it } from 'vitest';
import { ShownNow } from './view/shown-map';
import { ViewSession } from './view/view-session';
import { type ViewHandle, ViewTracker } from './view-tracker';

const handle = (id: string): ViewHandle => ({
  id,
  key: id,
  title: id,
  session: new ViewSession(id),
  payload: { version: 1, kind: 'heatmap', id, name: id, tensor: { dtype: 'float32', shape: [1, 1, 1], data: '' } },
  controller: null,
  keeper: null,
  shown: new ShownNow(),
  resolver: null,
  nodes: [],
  asOutput: async () => ({ payload: null }),
  reveal: () => undefined
});

function tracked(...ids: string[]): { tracker: ViewTracker; views: ViewHandle[] } {
  const tracker = new ViewTracker();
  const views = ids.map(handle);
  views.forEach(view => tracker.add(view));
  return { tracker, views };
}

describe('ViewTracker', () => {
  it('has the first view in use until another one is used', () => {
    const { tracker, views } = tracked('a', 'b');
    expect(tracker.current).toBe(views[0]);
    tracker.use(views[1]);
    expect(tracker.current).toBe(views[1]);
  });

  it('goes back to the view used before when the current one closes', () => {
    const { tracker, views } = tracked('a', 'b', 'c');
    views.forEach(view => tracker.use(view));
    tracker.use(views[0]);
    tracker.remove(views[0]);
    expect(tracker.current).toBe(views[2]);
    tracker.remove(views[2]);
    tracker.remove(views[1]);
    expect(tracker.current).toBeNull();
    expect(tracker.views).toEqual([]);
  });

  it('keeps a pinned view, and follows again from what was used meanwhile', () => {
    const { tracker, views } = tracked('a', 'b');
    tracker.pin(true);
    tracker.use(views[1]);
    expect(tracker.current).toBe(views[0]);
    tracker.pin(false);
    expect(tracker.current).toBe(views[1]);
  });

  it('unpins when the pinned view closes', () => {
    const { tracker, views } = tracked('a', 'b');
    tracker.pin(true);
    tracker.remove(views[0]);
    expect([tracker.isPinned, tracker.current]).toEqual([false, views[1]]);
  });

  it('cannot pin nothing, and ignores views that it does not know', () => {
    const tracker = new ViewTracker();
    tracker.pin(true);
    tracker.use(handle('stranger'));
    expect([tracker.isPinned, tracker.current]).toEqual([false, null]);
  });

  it('emits only when something changed', () => {
    const { tracker, views } = tracked('a');
    let emitted = 0;
    tracker.changed.connect(() => emitted++);
    tracker.use(views[0]);
    tracker.pin(false);
    expect(emitted).toBe(0);
    tracker.pin(true);
    expect(emitted).toBe(1);
  });

  it('turns to the view of a document that was used last, or its first one', () => {
    const documents = new Map<string, Element>();
    const inDocument = (name: string, id: string): ViewHandle => {
      const node = { of: name } as unknown as HTMLElement;
      documents.set(name, { contains: (other: { of: string }) => other.of === name } as unknown as Element);
      return { ...handle(id), nodes: [node] };
    };
    const tracker = new ViewTracker();
    const [a, b, c, d] = [
      inDocument('one', 'a'),
      inDocument('two', 'b'),
      inDocument('two', 'c'),
      inDocument('two', 'd')
    ];
    [a, b, c, d].forEach(view => tracker.add(view));
    documents.set('none', { contains: () => false } as unknown as Element);
    tracker.turnTo(documents.get('none')!);
    expect(tracker.current).toBe(a);
    tracker.turnTo(documents.get('two')!);
    expect(tracker.current).toBe(b);
    tracker.use(c);
    tracker.turnTo(documents.get('one')!);
    expect(tracker.current).toBe(a);
    tracker.turnTo(documents.get('two')!);
    expect(tracker.current).toBe(c);
    // The view in use there stays.
    tracker.use(d);
    tracker.turnTo(documents.get('two')!);
    expect(tracker.current).toBe(d);
    tracker.pin(true);
    tracker.turnTo(documents.get('one')!);
    expect(tracker.current).toBe(d);
  });
});
