import * as React from 'react';
import { useTrans } from '../shared/context';
import { ChannelTiles, type ChannelTilesProps } from './channel-tiles';

const HEIGHT = 132;

/** Channels kept side by side, to compare. */
export function PinnedChannels(props: {
  tiles: Omit<ChannelTilesProps, 'label' | 'height'>;
  onUnpin: (channel: number) => void;
}): React.ReactElement {
  const { tiles, onUnpin } = props;
  const trans = useTrans();
  return (
    <div role="group" aria-label={trans.__('Pinned channels')} className="jp-GradLens-pinned">
      <div className="jp-GradLens-pins">
        <span>{trans.__('Pinned')}</span>
        {tiles.order.map(channel => (
          <button
            key={channel}
            type="button"
            className="jp-GradLens-pin"
            aria-label={trans.__('Unpin channel %1', channel)}
            title={trans.__('Unpin channel %1', channel)}
            onClick={() => onUnpin(channel)}
          >
            {channel} ×
          </button>
        ))}
      </div>
      <ChannelTiles
        {...tiles}
        height={HEIGHT}
        label={trans._n('%1 pinned channel', '%1 pinned channels', tiles.order.length, tiles.order.length)}
      />
    </div>
  );
}
