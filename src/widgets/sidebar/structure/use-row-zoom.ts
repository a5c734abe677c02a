import * as React from 'react';

/** Heights of a row of the graph, CSS pixels; smaller than `usual` only until all rows fit. */
const HEIGHTS = { least: 1.5, usual: 20, most: 32 };
const STEP = 1.25;

export interface RowZoom {
  rowHeight: number;
  scrollTop: number;
  onScroll: () => void;
  /** Larger by a step for 1, smaller for -1, about the middle of what is seen. */
  zoom: (by: number) => void;
  canZoom: (by: number) => boolean;
}

/**
 * Scrolling and zooming of equally high rows: the wheel with Ctrl or Cmd zooms,
 * and the row under the cursor stays there.
 *
 * @param rows - How many there are.
 */
export function useRowZoom(scroller: React.RefObject<HTMLElement | null>, rows: number): RowZoom {
  const [rowHeight, setRowHeight] = React.useState(HEIGHTS.usual);
  const [scrollTop, setScrollTop] = React.useState(0);
  const height = React.useRef(rowHeight);
  /** The scroll position for when the rows have their new height. */
  const wanted = React.useRef<number | null>(null);

  const zoomAt = React.useCallback(
    (by: number, y: number): void => {
      const before = height.current;
      const after = clamp(before * STEP ** by, fitting(scroller.current, rows));
      const top = wanted.current ?? scroller.current?.scrollTop ?? 0;
      if (after !== before) {
        height.current = after;
        wanted.current = ((top + y) * after) / before - y;
        setRowHeight(after);
      }
    },
    [scroller, rows]
  );
  React.useLayoutEffect(() => {
    if (scroller.current && wanted.current !== null) {
      scroller.current.scrollTop = wanted.current;
      wanted.current = null;
      setScrollTop(scroller.current.scrollTop);
    }
  }, [scroller, rowHeight]);

  React.useEffect(() => {
    const element = scroller.current;
    const onWheel = (event: WheelEvent): void => {
      if (event.ctrlKey || event.metaKey) {
        event.preventDefault();
        zoomAt(Math.sign(-event.deltaY), event.clientY - (element?.getBoundingClientRect().top ?? 0));
      }
    };
    // React's own wheel listeners are passive and could not keep the page from zooming.
    element?.addEventListener('wheel', onWheel, { passive: false });
    return () => element?.removeEventListener('wheel', onWheel);
  }, [scroller, zoomAt]);

  return {
    rowHeight,
    scrollTop,
    onScroll: () => setScrollTop(scroller.current?.scrollTop ?? 0),
    zoom: by => zoomAt(by, (scroller.current?.clientHeight ?? 0) / 2),
    canZoom: by => clamp(rowHeight * STEP ** by, fitting(scroller.current, rows)) !== rowHeight
  };
}

/** The height at which all rows are in sight at once, within reason. */
function fitting(scroller: HTMLElement | null, rows: number): number {
  const height = (scroller?.clientHeight ?? 0) / Math.max(1, rows);
  return Math.min(HEIGHTS.usual, Math.max(HEIGHTS.least, height));
}

const clamp = (value: number, least: number): number => Math.min(HEIGHTS.most, Math.max(least, value));
