import * as React from 'react';
import type { ViewState } from '../../../state/view-state';
import { type FrameRequest, FrameScheduler } from '../../../viewer/timing/frame-scheduler';
import { usePage } from '../context';
import { useSession } from '../view-context';
import { Visibility } from '../visibility';

/** Asks for an update. */
export interface Invalidate {
  /** In the next frame. */
  now(): void;
  /** When frames have time. */
  later(): void;
}

/**
 * Brings an element up to date without React: in the next frame after one of
 * the named state properties changed or the component rendered, at most once a
 * frame, and only while it is in sight. What follows the pointer goes this way:
 * with many linked views React would be too slow.
 *
 * @param update - Gets the milliseconds that it should take.
 * @param inSight - What must be in sight: the element, or its view: a text that
 *   a screen reader speaks may itself be outside the window.
 * @param isHeavy - Whether an update takes long.
 */
export function useFrame(
  element: React.RefObject<HTMLElement | null>,
  watched: readonly (keyof ViewState)[],
  update: (element: HTMLElement, budget: number) => void,
  inSight: 'element' | 'view' = 'element',
  isHeavy = false
): Invalidate {
  const session = useSession();
  const scheduler = usePage(FrameScheduler);
  const visibility = usePage(Visibility);
  const latest = React.useRef(update);
  const request = React.useRef<FrameRequest | null>(null);
  const invalidate = React.useMemo<Invalidate>(
    () => ({ now: () => request.current?.invalidate(), later: () => request.current?.invalidateLater() }),
    []
  );

  React.useEffect(() => {
    latest.current = update;
    invalidate.now();
  });

  React.useEffect(() => {
    const node = element.current;
    if (!node) {
      return;
    }
    const frame = scheduler.add({ draw: budget => latest.current(node, budget), isHeavy }, false);
    request.current = frame;
    frame.invalidate();
    const forget = visibility.watch((inSight === 'view' && node.closest('.jp-GradLens-view')) || node, isInSight => {
      frame.isVisible = isInSight;
    });
    const onState = (_: unknown, names: readonly (keyof ViewState)[]): void => {
      if (names.some(name => watched.includes(name))) {
        invalidate.now();
      }
    };
    session.changed.connect(onState);
    return () => {
      session.changed.disconnect(onState);
      forget();
      frame.dispose();
      request.current = null;
    };
  }, [element, session, scheduler, visibility, watched, invalidate, inSight, isHeavy]);

  return invalidate;
}
