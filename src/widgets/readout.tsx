import * as React from 'react';
import type { ViewSession } from '../session/view-session';
import { formatNumber } from '../viewer/numbers';
import { cellAt } from '../viewer/viewport';
import { useTrans, useViewProperty } from './context';
import { valueAt, type ShownMap } from './shown-map';

/** Where the cursor is, in pixels of the image and cells of the map, and the map's true value there. */
export function Readout(props: {
  session: ViewSession;
  /** Natural size of the picture, or null where there is none. */
  imageSize: { width: number; height: number } | null;
  map: ShownMap;
  label: string;
}): React.ReactElement {
  const { session, imageSize, map, label } = props;
  const trans = useTrans();
  const cursor = useViewProperty(session, 'cursor');
  const cell = cursor && cellAt(cursor.x, cursor.y, map.planes.width, map.planes.height);
  const value = cursor && valueAt(map, cursor);
  const parts: string[] = [];
  if (cursor && cell && value !== null) {
    if (imageSize) {
      parts.push(
        trans.__(
          'pixel (%1, %2)',
          Math.floor(cursor.x * imageSize.width),
          Math.floor(cursor.y * imageSize.height)
        )
      );
    }
    parts.push(
      trans.__('row %1, column %2 of %3×%4', cell.row, cell.column, map.planes.height, map.planes.width),
      `${map.name} ${formatNumber(value)}`
    );
  }
  return (
    <output className="jp-GradLens-readout" aria-label={label}>
      {parts.length > 0
        ? parts.join(' · ')
        : trans.__('Map of %1×%2 cells; point at one to read its value', map.planes.height, map.planes.width)}
    </output>
  );
}
