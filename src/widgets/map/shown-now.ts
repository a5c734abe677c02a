import { Signal } from '@lumino/signaling';
import * as React from 'react';
import type { ViewSession } from '../../session/view-session';
import { useSignal } from '../shared/context';
import type { ShownMap } from '../shared/shown-map';
import type { ShownRange } from '../shared/use-range';

/** The map of a view and the range of its colours. */
export interface ShownNow {
  map: ShownMap;
  range: ShownRange;
}

/**
 * What views show now, told by the view itself: controls elsewhere show the same
 * without computing it again.
 */
const shown = new WeakMap<ViewSession, ShownNow>();
const changed = new Signal<object, void>(shown);

/** Tells what a view shows, as long as it shows it. */
export function useTellShown(session: ViewSession, now: ShownNow | null): void {
  React.useEffect(() => {
    if (!now) {
      return;
    }
    shown.set(session, now);
    changed.emit();
    return () => {
      // Another widget of the same view may have told since.
      if (shown.get(session) === now) {
        shown.delete(session);
        changed.emit();
      }
    };
  }, [session, now]);
}

/** What a view shows, live; null while it shows no map. */
export function useShownNow(session: ViewSession): ShownNow | null {
  return useSignal(changed, () => shown.get(session) ?? null);
}
