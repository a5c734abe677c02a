import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';
import type { Viewport } from '../../state/view-state';
import { visibleRegion } from '../../viewer/layout/viewport';
import { formatNumber } from '../../viewer/values/numbers';
import { useTrans } from '../shared/context';
import { useView } from '../shared/view-context';
import { type FigureSource, pngToStore } from './figure-source';

/** Width of the stored map, pixels. */
const WIDTH = 420;

/**
 * Offers what is shown to the view's keeper, which stores it with the output when it has
 * changed, so that readers without GradLens (GitHub, nbconvert) see what the user saw.
 */
export function useStoredPicture(source: FigureSource | null): void {
  const { keeper } = useView();
  const trans = useTrans();
  React.useEffect(() => {
    keeper?.show(
      source && {
        title: source.title,
        draw: () =>
          source.renderer.isReady
            ? pngToStore(source, WIDTH, partOf(source.state().viewport, source.aspect, trans))
            : null
      }
    );
  }, [keeper, source, trans]);
}

/** Which part of a picture a viewport shows; null of all of it. */
export function partOf(viewport: Viewport, aspect: number, trans: TranslationBundle): string | null {
  if (viewport.zoom <= 1) {
    return null;
  }
  const { u0, v0, u1, v1 } = visibleRegion(viewport, { width: aspect, height: 1, aspect });
  const percent = (value: number): number => Math.round(100 * Math.min(1, Math.max(0, value)));
  return trans.__(
    'zoomed %1 times: %2 to %3 % from the left, %4 to %5 % from the top',
    formatNumber(viewport.zoom, 2),
    percent(u0),
    percent(u1),
    percent(v0),
    percent(v1)
  );
}
