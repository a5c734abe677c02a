import * as React from 'react';
import type { ViewSession } from '../session/view-session';
import type { ViewState } from '../session/state';
import { fitCanvas, type Inks } from '../viewer/canvas';
import { HeatmapRenderer, type HeatmapPlanes, type HeatmapTexture } from '../viewer/renderer';
import { useServices } from './context';
import { useFrame } from './use-frame';

/**
 * Keeps a canvas drawn: again when its size, the pixel ratio, the theme or one
 * of the named state properties changes, when the GPU context comes back, and
 * whenever the component renders. Draws at most once a frame, and only in sight.
 *
 * @param draw - Draws everything, with the canvas sized to device pixels.
 * @returns A function that asks for another draw.
 */
export function useCanvas(
  canvas: React.RefObject<HTMLCanvasElement | null>,
  session: ViewSession,
  watched: readonly (keyof ViewState)[],
  draw: (canvas: HTMLCanvasElement, pixelRatio: number) => void
): () => void {
  const { themeChanged } = useServices();
  const invalidate = useFrame(canvas, session, watched, () => {
    const element = canvas.current;
    // While hidden the size is 0: the picture of before stays.
    if (element && element.clientWidth > 0 && element.clientHeight > 0) {
      const pixelRatio = window.devicePixelRatio || 1;
      fitCanvas(element, element.clientWidth, element.clientHeight, pixelRatio);
      draw(element, pixelRatio);
    }
  });

  React.useEffect(() => {
    const element = canvas.current;
    if (!element) {
      return;
    }
    const resized = new ResizeObserver(invalidate);
    resized.observe(element);
    // Fires when the page moves to a screen of another pixel ratio, or is zoomed.
    window.addEventListener('resize', invalidate);
    const forget = HeatmapRenderer.shared().onRestored(invalidate);
    themeChanged?.connect(invalidate);
    return () => {
      themeChanged?.disconnect(invalidate);
      forget();
      window.removeEventListener('resize', invalidate);
      resized.disconnect();
    };
  }, [canvas, themeChanged, invalidate]);

  return invalidate;
}

/** The maps as a texture of the page's renderer; freed with the component. */
export function useTexture(planes: HeatmapPlanes | null): HeatmapTexture | null {
  const [texture, setTexture] = React.useState<HeatmapTexture | null>(null);
  React.useEffect(() => {
    if (!planes) {
      setTexture(null);
      return;
    }
    const made = HeatmapRenderer.shared().upload(planes);
    setTexture(made);
    return () => made.dispose();
  }, [planes]);
  return texture;
}

/** Colours of the theme in use, for what is drawn and not styled. */
export function themeInks(element: Element): Inks {
  const style = getComputedStyle(element);
  const read = (name: string, fallback: string): string => style.getPropertyValue(name).trim() || fallback;
  return {
    background: read('--jp-layout-color2', '#eee'),
    text: read('--jp-ui-font-color2', '#555'),
    line: 'rgba(128, 128, 128, 0.6)',
    selected: read('--jp-brand-color1', '#1976d2'),
    // Over pictures of any colour: white with a dark edge, in every theme.
    crosshair: '#fff',
    halo: 'rgba(0, 0, 0, 0.55)',
    font: read('--jp-ui-font-family', 'sans-serif')
  };
}
