import * as React from 'react';
import type { ViewSession } from '../session/view-session';
import type { ViewState } from '../session/state';
import { FrameScheduler, type FrameRequest } from '../viewer/frame';

/**
 * Brings an element up to date without React: in the next frame after one of
 * the named state properties changed or the component rendered, at most once a
 * frame, and only while it is in sight. What follows the pointer goes this way:
 * with many linked views React would be too slow.
 *
 * @param inSight - What must be in sight: the element, or its view: a text that
 *   a screen reader speaks may itself be outside the window.
 * @returns A function that asks for another update.
 */
export function useFrame(
  element: React.RefObject<HTMLElement | null>,
  session: ViewSession,
  watched: readonly (keyof ViewState)[],
  update: (element: HTMLElement) => void,
  inSight: 'element' | 'view' = 'element'
): () => void {
  const latest = React.useRef(update);
  const request = React.useRef<FrameRequest | null>(null);
  const invalidate = React.useCallback(() => request.current?.invalidate(), []);

  React.useEffect(() => {
    latest.current = update;
    invalidate();
  });

  React.useEffect(() => {
    const node = element.current;
    if (!node) {
      return;
    }
    const frame = FrameScheduler.shared().add({ draw: () => latest.current(node) });
    request.current = frame;
    frame.invalidate();
    const seen = new IntersectionObserver(entries => {
      frame.isVisible = entries[entries.length - 1].isIntersecting;
    });
    seen.observe((inSight === 'view' && node.closest('.jp-GradLens-view')) || node);
    const onState = (_: unknown, names: readonly (keyof ViewState)[]): void => {
      if (names.some(name => watched.includes(name))) {
        invalidate();
      }
    };
    session.changed.connect(onState);
    return () => {
      session.changed.disconnect(onState);
      seen.disconnect();
      frame.dispose();
      request.current = null;
    };
  }, [element, session, watched, invalidate, inSight]);

  return invalidate;
}
