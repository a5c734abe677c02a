import * as React from 'react';
import { maskOfCells } from '../../explain/pixels';
import type { Cursor, PixelMask } from '../../state/view-state';
import type { MapGrid } from '../../viewer/layout/map-grid';
import { onMap } from '../../viewer/layout/map-grid';
import { painted } from '../../viewer/values/brush';
import type { Brush } from '../map/map-canvas';
import { circle } from '../map/outlines';

export interface Painting {
  brush: Brush;
  /** What is painted now, before it is explained; null where nothing else is than before. */
  draft: Uint8Array | null;
  /** Diameter in pixels of the output. */
  size: number;
  setSize: (size: number) => void;
  isErasing: boolean;
  setErasing: (isErasing: boolean) => void;
  /** Nothing is painted. */
  isEmpty: boolean;
  clear: () => void;
}

/**
 * A mask that is painted stroke by stroke.
 *
 * @param mask - What is painted already, 1 inside; null: nothing.
 * @param onMask - A stroke has ended and left something painted.
 */
export function useBrush(grid: MapGrid, mask: Uint8Array | null, onMask: (mask: PixelMask) => void): Painting {
  const { width, height, region } = grid;
  const [size, setSize] = React.useState(() => Math.max(1, Math.round(Math.max(width, height) / 10)));
  const [isErasing, setErasing] = React.useState(false);
  const [draft, setDraft] = React.useState<Uint8Array | null>(null);
  // Strokes come faster than renders.
  const latest = React.useRef<Uint8Array | null>(null);
  const keep = (cells: Uint8Array | null): void => {
    latest.current = cells;
    setDraft(cells);
  };
  // What was painted is in the view's state now, or something else is.
  React.useEffect(() => keep(null), [mask, width, height]);

  const place = (cursor: Cursor): Cursor => {
    const { x, y } = onMap(region, cursor);
    return { x: x * width, y: y * height };
  };
  const brush: Brush = {
    outline: cursor => {
      const [rx, ry] = [(size / 2 / width) * (region.u1 - region.u0), (size / 2 / height) * (region.v1 - region.v0)];
      return circle(cursor, rx, ry, isErasing);
    },
    stroked: (from, to) => {
      const before = latest.current ?? mask ?? new Uint8Array(width * height);
      keep(painted(before, width, [place(from), place(to)], size / 2, isErasing ? 0 : 1));
    },
    ended: isKept => {
      const cells = latest.current;
      if (!isKept) {
        keep(null);
      } else if (cells?.includes(1)) {
        onMask(maskOfCells(cells, [height, width]));
      }
    }
  };
  const now = draft ?? mask;
  return {
    brush,
    draft,
    size,
    setSize,
    isErasing,
    setErasing,
    isEmpty: !now?.includes(1),
    clear: () => keep(new Uint8Array(width * height))
  };
}
