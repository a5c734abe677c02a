import * as React from 'react';
import type { AxisField } from '../../graph/receptive-field';
import type { Explained } from '../../session/model/explained';
import { sliceOfInput, sliceOfLayer } from '../../session/model/slices';
import { ChannelTiles } from '../grid/channel-tiles';
import { useTrans } from '../shared/context';
import { useView } from '../shared/view-context';

/** Two rows of tiles. */
const HEIGHT = 168;

/** Chooses the slice of a volume, or the frame of a video: by a slider, or among the maps of all slices. */
export function SlicePanel(props: {
  volume: NonNullable<Explained['volume']>;
  /** Where the slices of the map shown lie among the input's; null: they are spread over all of them. */
  axis: AxisField | null;
  aspect: number;
}): React.ReactElement {
  const { volume, axis, aspect } = props;
  const { at, slices, areFrames = false } = volume;
  const { session, map, range } = useView();
  const trans = useTrans();
  const all = map?.volume;
  // The slices of the map shown, as the tiles of a grid in one range.
  const tiles = React.useMemo(() => {
    const count = all?.slices ?? 1;
    if (!all || count < 2) {
      return null;
    }
    const height = all.height / count;
    const length = all.height * all.width;
    const data = all.data.subarray(map.channel * length, (map.channel + 1) * length);
    return {
      planes: { data, channels: count, height, width: all.width },
      order: Array.from({ length: count }, (_, i) => i)
    };
  }, [all, map?.channel]);
  const [low, high] = range?.bounds ?? [0, 1];
  const ranges = React.useMemo(
    () => Float32Array.from({ length: 2 * (tiles?.planes.channels ?? 0) }, (_, i) => (i % 2 === 0 ? low : high)),
    [tiles, low, high]
  );
  const count = tiles?.planes.channels ?? 1;
  const middleOf = (tile: number): number => sliceOfInput(tile, slices, count, axis);
  /** A layer of fewer slices shows each for several of the input's. */
  const nameOf = (tile: number): string => {
    const shown = Array.from({ length: slices }, (_, i) => i).filter(
      i => sliceOfLayer(i, slices, count, axis) === tile
    );
    return shown.length > 1 ? trans.__('%1–%2', shown[0], shown[shown.length - 1]) : String(shown[0] ?? tile);
  };
  const word = areFrames ? trans.__('Frame') : trans.__('Slice');
  return (
    <section
      role="group"
      className="jp-GradLens-slices"
      aria-label={areFrames ? trans.__('Frames') : trans.__('Slices')}
    >
      <label className="jp-GradLens-wideSlider">
        <span>{word}</span>
        <input
          type="range"
          min={0}
          max={slices - 1}
          value={at}
          aria-label={word}
          aria-valuetext={trans.__('%1 of 0–%2', at, slices - 1)}
          onChange={event => session.update({ slice: Number(event.target.value) })}
        />
        <output>{trans.__('%1 of 0–%2', at, slices - 1)}</output>
      </label>
      {tiles && map && (
        <ChannelTiles
          planes={tiles.planes}
          order={tiles.order}
          ranges={ranges}
          names={tiles.order.map(nameOf)}
          selected={sliceOfLayer(at, slices, count, axis)}
          follows
          region={map.region}
          aspect={aspect}
          height={HEIGHT}
          label={
            areFrames ? trans.__('%1 in %2 frames', map.title, count) : trans.__('%1 in %2 slices', map.title, count)
          }
          onPick={tile => tile !== null && session.update({ slice: middleOf(tile) })}
        />
      )}
    </section>
  );
}
