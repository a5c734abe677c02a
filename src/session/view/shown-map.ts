import type { IDisposable } from '@lumino/disposable';
import { DisposableDelegate } from '@lumino/disposable';
import { type ISignal, Signal } from '@lumino/signaling';
import type { Cursor, Region, ScaleName } from '../../state/view-state';
import type { HeatmapPlanes } from '../../viewer/gl/renderer';
import { cellAt, type MapGrid } from '../../viewer/layout/map-grid';
import type { Range } from '../../viewer/values/statistics';

/** One map of a tensor, with what to call it. */
export interface ShownMap {
  planes: HeatmapPlanes;
  /** Of a volume: the maps of all its slices, over which the range of the colours is found, so that slices compare. */
  volume?: HeatmapPlanes & { slices?: number };
  /** Of several models: the maps of all that were looked at, over which the range of the colours is found. */
  among?: HeatmapPlanes;
  /** Of a volume: the slice of the input that is seen. */
  slice?: number;
  /** It is a frame of a video. */
  isFrame?: boolean;
  channel: number;
  /** The part of the image that its cells cover. */
  region: Region;
  /** The target explained, in words: a class, or a layer's units; absent where nothing is, as for a channel. */
  target?: string;
  /** Before a value: "Grad-CAM", "channel 12". */
  name: string;
  /** The quantity of its values: maps of one quantity can share a range. */
  quantity: string;
  /** Accessible name of the canvas: what it shows, whole. */
  title: string;
  /** Heading above it; empty for none. */
  caption: string;
}

/** The range that a map's colours span, and how its values are spread over it. */
export interface ShownRange {
  bounds: Range;
  scale: ScaleName;
}

/** The map of a view and the range of its colours. */
export interface Shown {
  map: ShownMap;
  range: ShownRange;
}

/** The map on a view's screen, for controls elsewhere: they show the same without computing it again. */
export class ShownNow {
  get current(): Shown | null {
    return this._current;
  }

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** Shows something until it is disposed of, or something else is shown: several widgets may show one view. */
  show(shown: Shown): IDisposable {
    this._current = shown;
    this._changed.emit();
    return new DisposableDelegate(() => {
      if (this._current === shown) {
        this._current = null;
        this._changed.emit();
      }
    });
  }

  private _current: Shown | null = null;
  private _changed = new Signal<this, void>(this);
}

/** The values of the map shown, (height, width), not copied. */
export function planeOf({ planes, channel }: Pick<ShownMap, 'planes' | 'channel'>): Float32Array {
  const size = planes.width * planes.height;
  return planes.data.subarray(channel * size, (channel + 1) * size);
}

/** The cells of the map shown, on its image. */
export const gridOf = ({ planes: { width, height }, region }: Pick<ShownMap, 'planes' | 'region'>): MapGrid => ({
  width,
  height,
  region
});

/** The value of the cell that holds an image position; null beside the map. */
export function valueAt(map: Pick<ShownMap, 'planes' | 'channel' | 'region'>, cursor: Cursor): number | null {
  const { planes, channel } = map;
  const cell = cellAt(gridOf(map), cursor);
  return cell && planes.data[(channel * planes.height + cell.row) * planes.width + cell.column];
}
