import * as React from 'react';
import { encodeBase64 } from '../../mime/base64';
import type { ViewState } from '../../state/view-state';
import { PICTURE_PROPERTIES } from '../../state/vocabulary';
import { ScrollWatch } from '../../viewer/timing/scroll-watch';
import { StoreContext, usePage } from '../shared/context';
import { useSession } from '../shared/view-context';
import { type FigureSource, pngToStore } from './figure-source';

/** Milliseconds of quiet after which the picture is stored: dragging a slider stores it once. */
const QUIET = 1500;

/** Width of the stored map, pixels. */
const WIDTH = 420;

/**
 * Keeps the picture that is stored with the output in step with what is shown,
 * so that readers without GradLens (GitHub, nbconvert) see the heatmap. Zoom and
 * cursor are not stored. Where there is nothing to store into, does nothing.
 */
export function useStoredPicture(source: FigureSource | null): void {
  const store = React.useContext(StoreContext);
  const latest = React.useRef(source);
  const range = source?.range;
  const map = source?.map;
  const session = useSession();
  const scroll = usePage(ScrollWatch);
  const hasPicture = source?.picture !== null;
  React.useEffect(() => {
    latest.current = source;
  });
  React.useEffect(() => {
    if (!store || !map || !range) {
      return;
    }
    let timer = 0;
    const save = async (): Promise<void> => {
      const now = latest.current;
      if (!now) {
        return;
      }
      const state = now.state();
      const key = hashOf(JSON.stringify([now.map.title, now.range, ...PICTURE_PROPERTIES.map(name => state[name])]));
      if (!store.has(key)) {
        const png = await pngToStore(now, WIDTH);
        store.set(key, encodeBase64(new Uint8Array(await png.arrayBuffer())));
      }
    };
    const later = (): void => {
      clearTimeout(timer);
      timer = window.setTimeout(() => {
        if (scroll.isScrolling) {
          // Drawing it would make the page stumble; nobody waits for it.
          later();
          return;
        }
        save().catch((reason: unknown) =>
          console.warn('GradLens: the picture of a view could not be stored in the notebook.', reason)
        );
      }, QUIET);
    };
    const onState = (_: unknown, names: readonly (keyof ViewState)[]): void => {
      if (names.some(name => PICTURE_PROPERTIES.includes(name))) {
        later();
      }
    };
    later();
    session.changed.connect(onState);
    return () => {
      clearTimeout(timer);
      session.changed.disconnect(onState);
    };
  }, [store, session, scroll, map, range, hasPicture]);
}

/** A short name for a text, the same at every time (FNV-1a, 32 bits). */
function hashOf(text: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  return (hash >>> 0).toString(16).padStart(8, '0');
}
