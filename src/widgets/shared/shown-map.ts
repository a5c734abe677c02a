import type { Cursor } from '../../state/view-state';
import type { HeatmapPlanes } from '../../viewer/gl/renderer';
import { cellAt } from '../../viewer/layout/viewport';

/** One map of a tensor, with what to call it. */
export interface ShownMap {
  planes: HeatmapPlanes;
  channel: number;
  /** Before a value: "Grad-CAM", "channel 12". */
  name: string;
  /** What its values are: maps of one quantity can share a range. */
  quantity: string;
  /** Accessible name of the canvas: what it shows, whole. */
  title: string;
  /** Heading above it; empty for none. */
  caption: string;
}

/** The values of the map shown, (height, width), not copied. */
export function planeOf({ planes, channel }: Pick<ShownMap, 'planes' | 'channel'>): Float32Array {
  const size = planes.width * planes.height;
  return planes.data.subarray(channel * size, (channel + 1) * size);
}

/** The value of the cell that holds an image position; null outside. */
export function valueAt({ planes, channel }: Pick<ShownMap, 'planes' | 'channel'>, { x, y }: Cursor): number | null {
  const cell = cellAt(x, y, planes.width, planes.height);
  return cell && planes.data[(channel * planes.height + cell.row) * planes.width + cell.column];
}
