import * as React from 'react';
import { gridOf, valueAt } from '../../session/view/shown-map';
import type { ChannelOrder, Cursor, Region } from '../../state/view-state';
import { actionOf, TILE_KEYS } from '../../viewer/gestures/keys';
import type { HeatmapPlanes } from '../../viewer/gl/renderer';
import { cellAt } from '../../viewer/layout/map-grid';
import {
  channelKind,
  channelOrder,
  type ChannelStatistics,
  channelStatistics
} from '../../viewer/values/channel-order';
import { formatNumber } from '../../viewer/values/numbers';
import { rankAmongChannels } from '../../viewer/values/ranks';
import { LiveText } from '../map/readout';
import { useTrans } from '../shared/context';
import { Choice, Toggle } from '../shared/fields';
import { useChannelRanges } from '../shared/hooks/use-range';
import { MiddleCut } from '../shared/middle-cut';
import { RefusableButton } from '../shared/refusable';
import { useSession, useViewProperty } from '../shared/view-context';
import { ChannelTiles } from './channel-tiles';
import { PinnedChannels } from './pinned-channels';
import type { Examine } from './use-examine';

/** All channels of a layer as small heatmaps, sorted and filtered as the view's state says. A click enlarges one. */
export function FeatureGrid(props: {
  planes: HeatmapPlanes;
  /** Of a volume: the maps of all its slices, by which channels are ordered and coloured. */
  volume?: HeatmapPlanes;
  layer: string;
  /** The part of the image that the maps cover. */
  region: Region;
  /** Width over height of the image. */
  aspect: number;
  /** Each channel's part of the explanation's sum, or null while it is not known; absent where there is no explanation. */
  weights?: Float32Array | null;
  markedBy?: (cursor: Cursor) => Region;
  /** Names of the channels, where they have some. */
  names?: readonly string[];
  /** Examines the layer's channels. */
  examine?: Examine;
}): React.ReactElement {
  const { planes, layer, region, aspect, weights, markedBy, names, examine } = props;
  const whole = props.volume ?? planes;
  const session = useSession();
  const trans = useTrans();
  const [hovered, setHovered] = React.useState<number | null>(null);
  const channel = useViewProperty('channel');
  const pinned = useViewProperty('pinned');
  const ranges = useChannelRanges(whole, 'activation');
  const statistics = React.useMemo(() => channelStatistics(whole.data, whole.channels), [whole]);
  const order = useOrder(whole, statistics, weights ?? null);
  const pins = React.useMemo(() => pinned.filter(pin => pin < planes.channels), [pinned, planes]);
  const togglePin = (which: number): void =>
    session.update({ pinned: pinned.includes(which) ? pinned.filter(pin => pin !== which) : [...pinned, which] });
  const onKey = (key: string, which: number | null): boolean => {
    const action = which === null ? null : actionOf(TILE_KEYS, key);
    if (action === 'pin') {
      togglePin(which!);
    } else if (action === 'off' && !examine?.refusal) {
      examine?.toggle(layer, which!);
    }
    return action !== null;
  };
  const off = examine?.off;
  const tileNames = React.useMemo(() => namesOfTiles(planes.channels, names, off, layer), [planes, names, off, layer]);
  const shared = {
    session,
    planes,
    names: tileNames,
    ranges,
    region,
    aspect,
    selected: channel,
    markedBy,
    onHover: setHovered,
    onKey
  };
  const pick = (which: number | null): void => session.update({ channel: which });
  const title = trans.__('Feature maps of %1', layer);

  return (
    <section role="group" className="jp-GradLens-maps" aria-label={trans.__('Feature maps')}>
      <div className="jp-GradLens-caption">
        <h3 title={title} aria-label={title}>
          <MiddleCut text={title} />
        </h3>
        <span className="jp-GradLens-facts">
          {trans._n('%1 channel', '%1 channels', planes.channels, planes.channels.toLocaleString())}
          {` · ${planes.height}×${planes.width}`}
        </span>
        {examine && planes.channels > 1 && (
          <RefusableButton
            className="jp-GradLens-button"
            aria-label={trans.__('Examine channels')}
            aria-pressed={examine.isOpen}
            refusal={examine.refusal}
            onClick={examine.open}
          >
            {trans.__('Examine')}
          </RefusableButton>
        )}
      </div>
      {planes.channels > 1 && (
        <GridControls planes={planes} statistics={statistics} hasWeights={weights !== undefined} />
      )}
      {pins.length > 0 && <PinnedChannels tiles={{ ...shared, order: pins, onPick: pick }} onUnpin={togglePin} />}
      <ChannelTiles
        {...shared}
        order={order}
        label={trans.__('%1 feature maps of %2', planes.channels, layer)}
        onPick={pick}
      />
      <ChannelReadout planes={planes} region={region} channel={hovered ?? channel} names={names} />
    </section>
  );
}

/** What tiles are called: by their index alone unless one has a name or is off. */
function namesOfTiles(
  channels: number,
  names: readonly string[] | undefined,
  off: Examine['off'] = [],
  layer: string
): string[] | undefined {
  const isOff = (channel: number): boolean => off.some(one => one.layer === layer && one.channel === channel);
  return names || off.length > 0
    ? Array.from(
        { length: channels },
        (_, index) => `${isOff(index) ? '⊘ ' : ''}${index}${names ? ` ${names[index]}` : ''}`
      )
    : undefined;
}

function useOrder(
  planes: HeatmapPlanes,
  statistics: ChannelStatistics,
  weights: Float32Array | null
): readonly number[] {
  const order = useViewProperty('order');
  const hideDead = useViewProperty('hideDead');
  const channel = useViewProperty('channel');
  // The channel chosen when the order was: what is clicked afterwards must not shuffle the tiles.
  const reference = React.useRef(0);
  const before = React.useRef<ChannelOrder>('index');
  if (before.current !== order) {
    before.current = order;
    reference.current = Math.min(channel ?? 0, planes.channels - 1);
  }
  return React.useMemo(
    () =>
      channelOrder(planes.data, planes.channels, statistics, {
        order,
        hideDead,
        reference: Math.min(reference.current, planes.channels - 1),
        weights
      }),
    [planes, statistics, order, hideDead, weights]
  );
}

/** In which order, and whether channels that say nothing are left out; how many those are. */
function GridControls(props: {
  planes: HeatmapPlanes;
  statistics: ChannelStatistics;
  hasWeights: boolean;
}): React.ReactElement {
  const { planes, statistics, hasWeights } = props;
  const session = useSession();
  const trans = useTrans();
  const order = useViewProperty('order');
  const hideDead = useViewProperty('hideDead');
  const channel = useViewProperty('channel');
  const [dead, constant] = React.useMemo(() => {
    const kinds = Array.from({ length: planes.channels }, (_, index) => channelKind(statistics, index));
    return [kinds.filter(kind => kind === 'dead').length, kinds.filter(kind => kind === 'constant').length];
  }, [planes, statistics]);
  const facts = [
    ...(dead > 0 ? [trans.__('%1 of %2 channels never activate on this image', dead, planes.channels)] : []),
    ...(constant > 0 ? [trans.__('%1 of %2 are constant', constant, planes.channels)] : [])
  ];
  return (
    <div className="jp-GradLens-gridControls">
      <Choice<ChannelOrder>
        label={trans.__('Order')}
        value={order}
        options={[
          { value: 'index', label: trans.__('index') },
          { value: 'mean', label: trans.__('mean') },
          { value: 'max', label: trans.__('largest value') },
          ...(hasWeights ? [{ value: 'weight' as const, label: trans.__('part of the explanation') }] : []),
          { value: 'similarity', label: trans.__('similarity to channel %1', channel ?? 0) }
        ]}
        onChange={choice => session.update({ order: choice })}
      />
      {facts.length > 0 && (
        <Toggle
          label={trans.__('Hide inactive')}
          value={hideDead}
          onChange={hide => session.update({ hideDead: hide })}
        />
      )}
      <span className="jp-GradLens-note">{facts.join(' · ')}</span>
    </div>
  );
}

/** The channel under the cursor or chosen, its value there, and how that ranks among the channels. */
function ChannelReadout(props: {
  planes: HeatmapPlanes;
  region: Region;
  channel: number | null;
  names?: readonly string[];
}): React.ReactElement {
  const { planes, region, channel, names } = props;
  const trans = useTrans();
  const text = (cursor: Cursor | null): string => {
    if (channel === null || channel >= planes.channels) {
      return trans.__('Click a channel to enlarge it, press P to pin it');
    }
    const what = names ? trans.__('channel %1, %2', channel, names[channel]) : trans.__('channel %1', channel);
    const cell = cursor && cellAt(gridOf({ planes, region }), cursor);
    const value = cursor && valueAt({ planes, region, channel }, cursor);
    if (!cell || value === null) {
      return what;
    }
    const rank = rankAmongChannels(planes.data, planes.channels, channel, cell.row * planes.width + cell.column);
    return [what, formatNumber(value), trans.__('rank %1 of %2 at this cell', rank, planes.channels)].join(' · ');
  };
  return <LiveText label={trans.__('Channel under the cursor')} text={text} />;
}
