import * as React from 'react';
import type { ViewState } from '../../../state/view-state';
import { fitCanvas, type Inks } from '../../../viewer/draw/canvas';
import { type HeatmapPlanes, HeatmapRenderer, type HeatmapTexture } from '../../../viewer/gl/renderer';
import { REST } from '../../../viewer/timing/pace';
import { ScrollWatch } from '../../../viewer/timing/scroll-watch';
import { usePage, useServices } from '../context';
import { useFrame } from './use-frame';

/** Frames that a single change may take to be drawn sharp at once. */
const SLACK = 4;

/**
 * Keeps a canvas drawn: again when its size, the pixel ratio, the theme or one
 * of the named state properties changes, when the GPU context comes back, and
 * whenever the component renders. Draws at most once a frame, and only in sight.
 *
 * @param draw - Draws everything, with the canvas sized to device pixels. Gets the
 *   part of the resolution at which maps are to be drawn: 1, or less while they
 *   move on a renderer that is too slow; once at rest it is called again with 1.
 * @param kind - `map`: maps are drawn into it; `overlay`: what is over them, quickly.
 * @returns Asks for another draw.
 */
export function useCanvas(
  canvas: React.RefObject<HTMLCanvasElement | null>,
  watched: readonly (keyof ViewState)[],
  draw: (canvas: HTMLCanvasElement, pixelRatio: number, resolution: number) => void,
  kind: 'map' | 'overlay'
): () => void {
  const { themeChanged } = useServices();
  const renderer = usePage(HeatmapRenderer);
  const scroll = usePage(ScrollWatch);
  const drawn = React.useRef({ at: -Infinity, timer: 0, isAtRest: false });
  const sharpen = (): void => {
    drawn.current.isAtRest = true;
    invalidate.later();
  };
  const invalidate = useFrame(
    canvas,
    watched,
    (_, budget) => {
      const element = canvas.current;
      if (!element) {
        return;
      }
      // Hidden, as all of JupyterLab is for the frame in which its theme changes: what is asked for is drawn
      // once it is shown again, which no observer may notice.
      if (element.clientWidth === 0 || element.clientHeight === 0) {
        invalidate.now();
        return;
      }
      const pixelRatio = window.devicePixelRatio || 1;
      fitCanvas(element, element.clientWidth, element.clientHeight, pixelRatio);
      const last = drawn.current;
      const now = performance.now();
      clearTimeout(last.timer);
      const isMoving = now - last.at < REST || scroll.isScrolling;
      const pixels = element.width * element.height;
      const resolution =
        kind === 'overlay' || (last.isAtRest && !isMoving) ? 1 : resolutionOf(renderer, pixels, budget, isMoving);
      draw(element, pixelRatio, resolution);
      last.at = now;
      last.isAtRest = false;
      last.timer = resolution < 1 ? window.setTimeout(sharpen, REST + 20) : 0;
    },
    'element',
    kind === 'map'
  );

  React.useEffect(() => {
    const element = canvas.current;
    if (!element) {
      return;
    }
    const resized = new ResizeObserver(invalidate.now);
    resized.observe(element);
    // Fires when the page moves to a screen of another pixel ratio, or is zoomed.
    window.addEventListener('resize', invalidate.now);
    const forget = renderer.onRestored(invalidate.now);
    themeChanged?.connect(invalidate.now);
    const pending = drawn.current;
    return () => {
      clearTimeout(pending.timer);
      themeChanged?.disconnect(invalidate.now);
      forget();
      window.removeEventListener('resize', invalidate.now);
      resized.disconnect();
    };
  }, [canvas, renderer, themeChanged, invalidate]);

  return invalidate.now;
}

/** A map that moves is drawn within its time. So is one that would hold the page up; one change alone may take longer. */
function resolutionOf({ pace }: HeatmapRenderer, pixels: number, budget: number, isMoving: boolean): number {
  return !isMoving && pace.resolutionFor(pixels, SLACK * budget) === 1 ? 1 : pace.resolutionFor(pixels, budget);
}

/** Shows an overlay only while there is something on it: a browser composes each canvas in sight in every frame. */
export function showOverlay(canvas: HTMLCanvasElement, hasContent: boolean): void {
  const visibility = hasContent ? '' : 'hidden';
  if (canvas.style.visibility !== visibility) {
    canvas.style.visibility = visibility;
  }
}

/** The maps as a texture of the page's renderer; freed with the component. */
export function useTexture(planes: HeatmapPlanes | null): HeatmapTexture | null {
  const renderer = usePage(HeatmapRenderer);
  const [texture, setTexture] = React.useState<HeatmapTexture | null>(null);
  React.useEffect(() => {
    if (!planes) {
      setTexture(null);
      return;
    }
    const made = renderer.upload(planes);
    setTexture(made);
    return () => made.dispose();
  }, [renderer, planes]);
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
