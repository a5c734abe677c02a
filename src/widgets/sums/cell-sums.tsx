import * as React from 'react';
import type { Planes } from '../../engine/protocol/protocol';
import type { LayerInfo } from '../../graph/layer-info';
import type { Explained } from '../../session/model/explained';
import type { Cursor, Region } from '../../state/view-state';
import { cellAt } from '../../viewer/layout/map-grid';
import { useSession, useViewProperty } from '../shared/view-context';
import { cellOfMap } from './cell-of-map';
import { SumPanel } from './sum-panel';

/** How the cell that was chosen in the enlarged map of a channel was computed. */
export function CellSums(props: {
  explained: Explained;
  layer: LayerInfo;
  planes: Planes;
  /** The part of the image that the map covers. */
  region: Region;
  cursor: Cursor;
}): React.ReactElement | null {
  const { explained, layer, planes, region, cursor } = props;
  const session = useSession();
  const channel = useViewProperty('channel') ?? 0;
  const cell = cellAt({ width: planes.width, height: planes.height, region }, cursor);
  if (!cell || channel >= planes.channels) {
    return null;
  }
  const start = cellOfMap(layer, cell, planes.width, channel, explained.volume?.at);
  return <SumPanel image={explained.image} start={start} onClose={() => session.update({ probe: null })} />;
}
