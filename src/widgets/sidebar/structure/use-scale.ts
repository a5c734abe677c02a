import * as React from 'react';

const SCALES = { least: 0.2, usual: 1, most: 1.6 };
const STEP = 1.25;

export interface Scaled {
  scale: number;
  /** The part in sight, in the content's own pixels. */
  sight: { top: number; bottom: number };
  onScroll: () => void;
  /** Larger by a step for 1, smaller for -1, about the middle of what is seen. */
  zoom: (by: number) => void;
  canZoom: (by: number) => boolean;
}

const clamp = (scale: number): number => Math.min(SCALES.most, Math.max(SCALES.least, scale));

/** Scrolling and scaling of an area: the wheel with Ctrl or Cmd scales, and the place under the cursor stays there. */
export function useScale(scroller: React.RefObject<HTMLElement | null>, height: number): Scaled {
  const [scale, setScale] = React.useState(SCALES.usual);
  const [scroll, setScroll] = React.useState(0);
  const now = React.useRef(scale);
  const wanted = React.useRef<{ left: number; top: number } | null>(null);

  const zoomAt = React.useCallback(
    (by: number, x: number, y: number): void => {
      const element = scroller.current;
      const before = now.current;
      const after = clamp(before * STEP ** by);
      if (element && after !== before) {
        const { left, top } = wanted.current ?? { left: element.scrollLeft, top: element.scrollTop };
        now.current = after;
        wanted.current = { left: ((left + x) * after) / before - x, top: ((top + y) * after) / before - y };
        setScale(after);
      }
    },
    [scroller]
  );
  React.useLayoutEffect(() => {
    const element = scroller.current;
    if (element && wanted.current) {
      element.scrollTo({ ...wanted.current, behavior: 'instant' });
      wanted.current = null;
      setScroll(element.scrollTop);
    }
  }, [scroller, scale]);

  React.useEffect(() => {
    const element = scroller.current;
    const onWheel = (event: WheelEvent): void => {
      if (element && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        const { left, top } = element.getBoundingClientRect();
        zoomAt(Math.sign(-event.deltaY), event.clientX - left, event.clientY - top);
      }
    };
    // React's own wheel listeners are passive and could not keep the page from zooming.
    element?.addEventListener('wheel', onWheel, { passive: false });
    return () => element?.removeEventListener('wheel', onWheel);
  }, [scroller, zoomAt]);

  return {
    scale,
    sight: { top: scroll / scale, bottom: (scroll + height) / scale },
    onScroll: () => setScroll(scroller.current?.scrollTop ?? 0),
    zoom: by => zoomAt(by, (scroller.current?.clientWidth ?? 0) / 2, height / 2),
    canZoom: by => clamp(scale * STEP ** by) !== scale
  };
}
