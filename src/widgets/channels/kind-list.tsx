import * as React from 'react';
import { CHANNEL_KINDS, type ChannelKind } from '../../explain/channels/health';
import { useTrans } from '../shared/context';
import { useSession, useViewProperty } from '../shared/view-context';
import { kindNames } from './health-chart';
import type { JudgedLayer } from './judged-layers';

/** Of a kind, so many are named. */
const MOST = 24;

/** The channels that are not live, each a way to see it where the view shows their layer. */
export function KindList({ of }: { of: JudgedLayer }): React.ReactElement {
  const trans = useTrans();
  const session = useSession();
  const layer = useViewProperty('layer');
  const names = kindNames(trans);
  const twins = new Map(of.twins.map(twin => [twin.channel, twin]));
  const kinds = CHANNEL_KINDS.filter((kind): kind is Exclude<ChannelKind, 'live'> => kind !== 'live');
  return (
    <ul className="jp-GradLens-kinds">
      {kinds.flatMap(kind => {
        const channels = of.kinds.flatMap((one, channel) => (one === kind ? [channel] : []));
        if (channels.length === 0) {
          return [];
        }
        const left = channels.length - MOST;
        return [
          <li key={kind}>
            {names[kind]}:{' '}
            {channels.slice(0, MOST).map(channel => (
              <button
                key={channel}
                type="button"
                className="jp-GradLens-link"
                disabled={layer !== of.layer}
                aria-label={trans.__('Show channel %1', channel)}
                title={like(twins.get(channel), trans)}
                onClick={() => session.update({ channel })}
              >
                {channel}
                {twins.has(channel) && ` ≈ ${twins.get(channel)?.like}`}
              </button>
            ))}
            {left > 0 && trans._n('and %1 more', 'and %1 more', left, left)}
          </li>
        ];
      })}
    </ul>
  );
}

const like = (twin: JudgedLayer['twins'][number] | undefined, trans: ReturnType<typeof useTrans>): string | undefined =>
  twin && trans.__('like channel %1: correlation %2', twin.like, twin.correlation.toFixed(4));
