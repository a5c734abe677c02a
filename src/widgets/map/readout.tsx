import * as React from 'react';
import { gridOf, planeOf, type ShownMap, valueAt } from '../../session/view/shown-map';
import type { Cursor, ViewState } from '../../state/view-state';
import { cellAt } from '../../viewer/layout/map-grid';
import { formatNumber } from '../../viewer/values/numbers';
import { percentileOf, rankAmongChannels, sortedFinite } from '../../viewer/values/ranks';
import { useTrans } from '../shared/context';
import { useFrame } from '../shared/hooks/use-frame';
import { useSession } from '../shared/view-context';

const WATCHED: readonly (keyof ViewState)[] = ['cursor'];

/** Writes a line about the place of the cursor, without React, since it follows the pointer. */
export function LiveText(props: {
  label: string;
  text: (cursor: Cursor | null) => string;
  /** As long as it gets: its place is as high from the beginning, so that nothing moves when it wraps. */
  longest?: string;
}): React.ReactElement {
  const { label, text, longest } = props;
  const session = useSession();
  const output = React.useRef<HTMLOutputElement>(null);
  const write = (element: HTMLElement): void => {
    const now = text(session.state.cursor);
    if (element.textContent !== now) {
      element.textContent = now;
    }
  };
  useFrame(output, WATCHED, write, 'view');
  return (
    <div className="jp-GradLens-readoutPlace" data-longest={longest}>
      <output ref={output} className="jp-GradLens-readout" aria-label={label} />
    </div>
  );
}

/**
 * Reads out the cursor's place, in pixels of the image and cells of the map, the
 * map's true value there, and its rank among the others.
 */
export function Readout(props: {
  /** Natural size of the picture, or null where there is none. */
  imageSize: { width: number; height: number } | null;
  map: ShownMap;
  label: string;
}): React.ReactElement {
  const { imageSize, map, label } = props;
  const { planes, channel } = map;
  const trans = useTrans();
  // Sorted at the first need.
  const sorted = React.useMemo(() => {
    let values: Float32Array | null = null;
    return () => (values ??= sortedFinite(planeOf(map)));
  }, [map]);

  const { width, height } = planes;
  const longest = [
    ...(imageSize ? [trans.__('pixel (%1, %2)', imageSize.width - 1, imageSize.height - 1)] : []),
    trans.__('row %1, column %2 of %3×%4', height - 1, width - 1, height, width),
    `${map.name} ${formatNumber(-Math.PI / 1e3)}`,
    trans.__('percentile %1', 100),
    ...(planes.channels > 1 ? [trans.__('rank %1 of %2 channels', planes.channels, planes.channels)] : [])
  ].join(' · ');

  const text = (cursor: Cursor | null): string => {
    if (!cursor) {
      return trans.__('Map of %1×%2 cells; point at one to read its value', planes.height, planes.width);
    }
    const parts = imageSize
      ? [trans.__('pixel (%1, %2)', Math.floor(cursor.x * imageSize.width), Math.floor(cursor.y * imageSize.height))]
      : [];
    const cell = cellAt(gridOf(map), cursor);
    const value = valueAt(map, cursor);
    if (!cell || value === null) {
      return [...parts, trans.__('the map of %1×%2 cells has none here', planes.height, planes.width)].join(' · ');
    }
    parts.push(
      trans.__('row %1, column %2 of %3×%4', cell.row, cell.column, planes.height, planes.width),
      `${map.name} ${formatNumber(value)}`
    );
    if (Number.isFinite(value)) {
      parts.push(trans.__('percentile %1', Math.round(percentileOf(sorted(), value))));
    }
    if (planes.channels > 1) {
      const rank = rankAmongChannels(planes.data, planes.channels, channel, cell.row * planes.width + cell.column);
      parts.push(trans.__('rank %1 of %2 channels', rank, planes.channels));
    }
    return parts.join(' · ');
  };
  return <LiveText label={label} text={text} longest={longest} />;
}
