import * as React from 'react';
import type { Planes } from '../../engine/protocol/protocol';
import { type Message, messageOf, translated } from '../../messages/message';
import type { Explained } from '../../session/model/explained';
import { sliceAxis, sliceOf } from '../../session/model/slices';
import { notKept } from '../../session/model/sources/stored-of';
import type { Region } from '../../state/view-state';
import type { HeatmapPlanes } from '../../viewer/gl/renderer';
import { channelKind, channelStatistics } from '../../viewer/values/channel-order';
import { isSigned } from '../../viewer/values/fitting';
import { valueRange } from '../../viewer/values/statistics';
import { useServices } from '../shared/context';
import { RefusableButton } from '../shared/refusable';
import { useModel, useViewProperty } from '../shared/view-context';
import { ChannelTiles } from './channel-tiles';

const HEIGHT = 150;

/** The enlarged channel for every image of the view, in one range, so that they compare. Computed when asked for. */
export function AcrossImages(props: {
  layer: string;
  channel: number;
  /** The part of the image that the maps cover. */
  region: Region;
  aspect: number;
  /** Of a volume: the slice that is seen. */
  volume?: Explained['volume'];
}): React.ReactElement {
  const { layer, channel, region, aspect, volume } = props;
  const { controller, session, payload, snapshot } = useModel();
  const { trans } = useServices();
  const [isWanted, setWanted] = React.useState(false);
  const [all, setAll] = React.useState<{ layer: string; of: string | undefined; planes: Planes[] } | null>(null);
  const [problem, setProblem] = React.useState<Message | null>(null);
  const image = useViewProperty('image');
  const isFitting = useViewProperty('range') === 'auto';
  const { images } = payload;
  const of = snapshot.model?.model;

  React.useEffect(() => {
    if (!isWanted) {
      return;
    }
    let isCurrent = true;
    setProblem(null);
    const found = controller.requests().then(({ requests }) => requests.planesOfImages(layer));
    found.then(
      planes => isCurrent && setAll({ layer, of, planes }),
      (error: unknown) => isCurrent && setProblem(messageOf(error))
    );
    return () => {
      isCurrent = false;
    };
  }, [controller, layer, of, images, isWanted]);

  const shown = all?.layer === layer && all.of === of ? all.planes : null;
  const tiles = React.useMemo(
    () =>
      shown &&
      channelOf(
        volume ? shown.map(planes => sliceOf(planes, volume.at, volume.slices, sliceAxis(volume.run, layer))) : shown,
        channel,
        isFitting
      ),
    [shown, layer, channel, volume, isFitting]
  );
  const dead = React.useMemo(() => (shown ? countDead(shown) : 0), [shown]);
  if (!isWanted) {
    return (
      <RefusableButton
        refusal={snapshot.stored ? translated(notKept(), trans) : undefined}
        className="jp-GradLens-button"
        onClick={() => setWanted(true)}
      >
        {trans.__('Show channel %1 for all %2 images', channel, images.length)}
      </RefusableButton>
    );
  }
  return (
    <section role="group" aria-label={trans.__('Channel across images')} className="jp-GradLens-pinned">
      <div className="jp-GradLens-caption">
        <h3>{trans.__('Channel %1 on all images', channel)}</h3>
        {shown && dead > 0 && (
          <span className="jp-GradLens-facts">
            {trans.__('%1 of %2 channels never activate on these images', dead, shown[0].channels)}
          </span>
        )}
      </div>
      {problem !== null && <p className="jp-GradLens-note">{translated(problem, trans)}</p>}
      {tiles ? (
        <ChannelTiles
          planes={tiles.planes}
          order={tiles.order}
          ranges={tiles.ranges}
          names={images.map(({ name }) => name)}
          selected={image}
          region={region}
          aspect={aspect}
          height={HEIGHT}
          label={trans.__('Channel %1 on %2 images', channel, images.length)}
          onPick={which => which !== null && session.update({ image: which })}
        />
      ) : (
        problem === null && <p className="jp-GradLens-note">{trans.__('Running the model on every image…')}</p>
      )}
    </section>
  );
}

/** One channel of each image, as the tiles of a grid, and one range for all. */
function channelOf(
  all: readonly Planes[],
  channel: number,
  isFitting: boolean
): { planes: HeatmapPlanes; order: number[]; ranges: Float32Array } {
  const { width, height } = all[0];
  const size = width * height;
  const data = new Float32Array(size * all.length);
  all.forEach((planes, i) => data.set(planes.data.subarray(channel * size, (channel + 1) * size), i * size));
  const range = valueRange(isFitting && all.some(planes => isSigned(planes.data)) ? 'symmetric' : 'min-max', data);
  return {
    planes: { data, channels: all.length, height, width },
    order: Array.from(all, (_, i) => i),
    ranges: Float32Array.from({ length: 2 * all.length }, (_, i) => range[i % 2])
  };
}

/** Counts the channels that are zero everywhere on every image. */
function countDead(all: readonly Planes[]): number {
  const statistics = all.map(({ data, channels }) => channelStatistics(data, channels));
  return Array.from({ length: all[0].channels }, (_, channel) => channel).filter(channel =>
    statistics.every(of => channelKind(of, channel) === 'dead')
  ).length;
}
