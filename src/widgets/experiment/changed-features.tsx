import * as React from 'react';
import type { Planes, RunResult } from '../../engine/protocol/protocol';
import type { Region } from '../../state/view-state';
import type { HeatmapPlanes } from '../../viewer/gl/renderer';
import { formatNumber } from '../../viewer/values/numbers';
import { minMax, symmetric } from '../../viewer/values/statistics';
import { ChannelTiles } from '../grid/channel-tiles';
import { useTrans } from '../shared/context';
import { useSession, useViewProperty } from '../shared/view-context';
import { type ChangedChannel, rankChanges } from './compared-maps';

const HEIGHT = 190;

/** Differences of a layer's features, those that changed most first, in one range. A click enlarges one. */
export function ChangedFeatures(props: {
  before: RunResult;
  after: RunResult;
  layer: string;
  region: Region;
  aspect: number;
}): React.ReactElement | null {
  const { before, after, layer, region, aspect } = props;
  const session = useSession();
  const trans = useTrans();
  const channel = useViewProperty('channel');
  const [was, is] = [before.planes[layer], after.planes[layer]];
  const found = React.useMemo(
    () => (was && is && was.data.length === is.data.length ? differences(was, is) : null),
    [was, is]
  );
  if (!found || found.planes.channels < 2) {
    return null;
  }
  const most = found.ranked
    .slice(0, 3)
    .filter(({ change }) => change > 0)
    .map(({ channel: index, change }) => `${index} (${formatNumber(change)})`);
  return (
    <section role="group" aria-label={trans.__('Features that changed most')}>
      <div className="jp-GradLens-caption">
        <h4>{trans.__('Features of %1 that changed most', layer)}</h4>
        <span className="jp-GradLens-facts">
          {most.length > 0 ? trans.__('by mean |change|: %1', most.join(', ')) : trans.__('none changed')}
        </span>
      </div>
      <ChannelTiles
        planes={found.planes}
        order={found.order}
        ranges={found.ranges}
        selected={channel}
        region={region}
        aspect={aspect}
        height={HEIGHT}
        label={trans.__('Changes of %1 feature maps of %2', found.planes.channels, layer)}
        onPick={picked => session.update({ channel: picked })}
      />
    </section>
  );
}

function differences(
  was: Planes,
  is: Planes
): { planes: HeatmapPlanes; ranked: ChangedChannel[]; order: number[]; ranges: Float32Array } {
  const { channels, height, width } = was;
  const data = is.data.map((value, i) => value - was.data[i]);
  const range = symmetric(minMax(data));
  const ranked = rankChanges(was, is);
  return {
    planes: { data, channels, height, width },
    ranked,
    order: ranked.map(({ channel }) => channel),
    ranges: Float32Array.from({ length: 2 * channels }, (_, i) => range[i % 2])
  };
}
