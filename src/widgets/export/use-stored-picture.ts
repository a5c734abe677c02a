import * as React from 'react';
import { useView } from '../shared/view-context';
import { type FigureSource, pngToStore } from './figure-source';

/** Width of the stored map, pixels. */
const WIDTH = 420;

/**
 * Offers what is shown to the view's keeper, which stores it with the output when it has
 * changed, so that readers without GradLens (GitHub, nbconvert) see the heatmap.
 * Zoom and cursor are not in the picture.
 */
export function useStoredPicture(source: FigureSource | null): void {
  const { keeper } = useView();
  React.useEffect(() => {
    keeper?.show(
      source && {
        title: source.title,
        draw: () => (source.renderer.isReady ? pngToStore(source, WIDTH) : null)
      }
    );
  }, [keeper, source]);
}
