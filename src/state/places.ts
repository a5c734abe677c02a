/** Places and parts of an image, in relative coordinates: 0..1 from its left and top edge. */

/** The visible part of the image: its centre, and zoom 1 = the whole image fits. */
export interface Viewport {
  x: number;
  y: number;
  zoom: number;
}

/** A place that is pointed at. */
export interface Cursor {
  x: number;
  y: number;
  /** True if a feature map of the grid is pointed at, and not the image. */
  inGrid?: boolean;
}

/** A rectangle, which may reach outside the image. */
export interface Region {
  u0: number;
  v0: number;
  u1: number;
  v1: number;
}

/** All of the image. */
export const WHOLE: Readonly<Region> = { u0: 0, v0: 0, u1: 1, v1: 1 };

/** More than an outline on the screen has; each row of a map is measured against all of them. */
export const MOST_LASSO_POINTS = 4096;

/** A part of the image that is measured. */
export type RegionOfInterest =
  | { kind: 'rectangle'; x0: number; y0: number; x1: number; y1: number }
  | { kind: 'lasso'; points: readonly (readonly [number, number])[] };
