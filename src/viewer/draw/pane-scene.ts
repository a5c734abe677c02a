import type { Cursor, Region, Viewport } from '../../state/places';
import type { HeatmapStyle, HeatmapTexture } from '../gl/renderer';
import type { MapGrid } from '../layout/map-grid';
import type { ContourLevel } from './contours';
import type { Outline } from './draw-outlines';

/** The picture beneath a map; its natural size in pixels. */
export interface Picture {
  source: CanvasImageSource;
  width: number;
  height: number;
}

/** The map over a picture; `style.opacity` blends them. */
export interface MapLayer {
  texture: HeatmapTexture;
  channel: number;
  /** The part of the image that the map's cells cover. */
  region: Region;
  style: HeatmapStyle;
}

/** The cells of a map on its image. */
export const gridOf = ({ texture: { width, height }, region }: MapLayer): MapGrid => ({ width, height, region });

/** All that a pane shows. */
export interface PaneScene {
  viewport: Viewport;
  /** Width over height of the image: the picture's, or the map's where there is none. */
  aspect: number;
  picture: Picture | null;
  map: MapLayer | null;
  /** Position of the linked cursor; null draws none (see {@link drawPaneCursor}). */
  cursor: Cursor | null;
  /** Lines between true cells from 16 px on, numbers inside from 44 px on. Not with `smooth`. */
  showCells: boolean;
  /** Part of the pane's width, 0..1, to whose right the map is drawn; default 0: everywhere. */
  divider?: number;
  contours?: readonly ContourLevel[];
  /** Shapes that are drawn with the cursor. */
  outlines?: readonly Outline[];
}
