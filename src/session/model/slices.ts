/** Volumes and videos: what was computed of all their slices, and what is seen of one. */
import type { Planes, RunResult, TensorData } from '../../engine/protocol/protocol';
import { isInputMethod } from '../../explain/kinds';
import type { AxisField } from '../../graph/receptive-field';
import type { Explained } from './explained';

/** Maps (channels, height, width); of a volume, a channel's slices lie one under the other. */
type Sliced = Pick<Planes, 'data' | 'channels' | 'height' | 'width' | 'slices'>;

/** Where a layer's slices lie among the input's; null where that is not known, and they are spread over all of them. */
export function sliceAxis({ fields }: Pick<RunResult, 'fields'>, layer: string): AxisField | null {
  const field = fields[layer];
  return field && field.axes.length === 3 && !field.isApart ? field.axes[0] : null;
}

/** The slice of a layer of `slices` that shows the same place as slice `at` of `all`, or the nearest to it. */
export function sliceOfLayer(at: number, all: number, slices: number, axis: AxisField | null = null): number {
  const place = axis ? Math.floor((at + 0.5 - axis.start) / axis.jump + 0.5) : Math.floor(((at + 0.5) * slices) / all);
  return Math.min(slices - 1, Math.max(0, place));
}

/** The slice of the input that the middle of a layer's slice looks at; the inverse of {@link sliceOfLayer}. */
export function sliceOfInput(slice: number, all: number, slices: number, axis: AxisField | null = null): number {
  const place = Math.floor(axis ? axis.start + slice * axis.jump : ((slice + 0.5) * all) / slices);
  return Math.min(all - 1, Math.max(0, place));
}

/** One slice of each channel. Of maps that are no volume, the maps as they are. */
export function sliceOf<T extends Sliced>(maps: T, at: number, all: number, axis: AxisField | null = null): T {
  const { slices, ...rest } = maps;
  if (slices === undefined) {
    return maps;
  }
  const height = maps.height / slices;
  const cells = height * maps.width;
  const first = sliceOfLayer(at, all, slices, axis) * cells;
  const data = new Float32Array(maps.channels * cells);
  for (let channel = 0; channel < maps.channels; channel++) {
    const from = channel * slices * cells + first;
    data.set(maps.data.subarray(from, from + cells), channel * cells);
  }
  return { ...rest, height, data } as T;
}

/** The map of the first sample, as maps of one channel. */
export function mapsOf({ data, shape }: TensorData): Sliced {
  const slices = shape.length === 4 ? shape[1] : undefined;
  const height = (slices ?? 1) * shape[shape.length - 2];
  const width = shape[shape.length - 1];
  return { data: data.subarray(0, height * width), channels: 1, height, width, ...(slices ? { slices } : {}) };
}

/** The number of slices to choose from: the input's, or the layer's where only that has some. */
function slicesOf({ run, layer }: Explained): number | null {
  return run.inputSlices ?? run.planes[layer]?.slices ?? null;
}

/** An explanation as seen at a slice, counted in the input's; null: the middle one. Of pictures, as it is. */
export function atSlice(explained: Explained, slice: number | null): Explained {
  const run = explained.volume?.run ?? explained.run;
  const slices = slicesOf({ ...explained, run });
  if (slices === null) {
    return explained;
  }
  const at = Math.min(slice ?? Math.floor(slices / 2), slices - 1);
  const planes = mapValues(run.planes, (maps, layer) => sliceOf(maps, at, slices, sliceAxis(run, layer)));
  // A map of the input has the input's slices, whatever the layer.
  const isOfInput = isInputMethod(explained.method);
  const maps = mapValues(run.maps, (map, layer) => {
    const axis = isOfInput ? null : sliceAxis(run, layer);
    const { data, height, width } = sliceOf(mapsOf(map), at, slices, axis);
    return { data, shape: [1, height, width] };
  });
  return {
    ...explained,
    run: { ...run, planes, maps },
    volume: { run, slices, at, ...(run.areFrames ? { areFrames: true } : {}) }
  };
}

const mapValues = <T>(of: Record<string, T>, change: (value: T, key: string) => T): Record<string, T> =>
  Object.fromEntries(Object.entries(of).map(([key, value]) => [key, change(value, key)]));

/** The run of all slices. */
export const wholeRun = ({ run, volume }: Explained): RunResult => volume?.run ?? run;
