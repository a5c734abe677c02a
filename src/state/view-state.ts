/** What a view shows, apart from data: small, serialisable, linkable property by property. */

import type { ConventionName, MethodName, ScoreKind, Target } from '../explain/names';

export type { ClassTarget, ConventionName, MethodName, ScoreKind, Target, UnitTarget } from '../explain/names';

export type ColormapName = 'viridis' | 'inferno' | 'magma' | 'cividis' | 'turbo' | 'jet' | 'coolwarm' | 'RdBu' | 'gray';

/** Which part of the image is seen: centre in relative image coordinates (0..1), zoom 1 = the whole image fits. */
export interface Viewport {
  x: number;
  y: number;
  zoom: number;
}

/** Position of the cursor in relative image coordinates (0..1), or null when it is outside. */
export interface Cursor {
  x: number;
  y: number;
  /** Whether a feature map of the grid is pointed at, and not the image. */
  inGrid?: boolean;
}

/** How the range that the colour map spans is found. */
export type RangeChoice =
  | 'min-max'
  | 'percentile' // 1st to 99th
  | 'symmetric' // about zero
  | [number, number];

/** Whose values the range is found from. */
export type RangeScope =
  | 'map' // each map by itself
  | 'layer' // all maps of the layer
  | 'linked'; // the maps of all views that link their range

/** How values are spread over the colour map; viewer/scale has the formulas. */
export type ScaleName = 'linear' | 'log' | 'symlog';

/** How picture and heatmap are shown together. */
export type OverlayMode = 'blend' | 'side-by-side' | 'divider';

/** A part of the image that is measured, in relative image coordinates. */
export type RegionOfInterest =
  | { kind: 'rectangle'; x0: number; y0: number; x1: number; y1: number }
  | { kind: 'lasso'; points: readonly (readonly [number, number])[] };

/** In which order a grid shows its channels. */
export type ChannelOrder = 'index' | 'mean' | 'max' | 'weight' | 'similarity';

/** What of a view may be linked with other views; session/link-group says which state properties each means. */
export type LinkName = 'viewport' | 'cursor' | 'layer' | 'class' | 'method' | 'range' | 'colors' | 'overlay';

/** `relative` keeps the difference that there is: only the viewport knows it. */
export type LinkMode = 'linked' | 'relative' | 'unlinked';

/** With whom a view is linked: with views of the same model, with all views of the page, or with none. */
export type LinkScope = 'model' | 'page' | 'none';

export interface ViewState {
  viewport: Viewport;
  cursor: Cursor | null;
  /** Index into the payload's images. */
  image: number;
  /** Id of a layer; null: the last convolution-like one. */
  layer: string | null;
  method: MethodName;
  /** Class to explain; null: the highest-scoring one. */
  target: Target;
  score: ScoreKind;
  /** Name of the model's output whose classes are explained; null: the first. */
  output: string | null;
  /** The library whose Grad-CAM is reproduced; null: the paper's, raw. */
  convention: ConventionName | null;
  /** Channel enlarged from the feature-map grid, or null. */
  channel: number | null;
  colormap: ColormapName;
  /** Runs the colour map from its high end to its low end. */
  reversed: boolean;
  range: RangeChoice;
  scope: RangeScope;
  scale: ScaleName;
  /** Stripes on values outside the range, which otherwise get the colour of its end. */
  clip: boolean;
  /** Of the heatmap over the image, 0..1. */
  opacity: number;
  /** Part of the range, 0..1, below which the map is not drawn over the image. */
  threshold: number;
  /** Number of contour lines; 0 for none. */
  contours: number;
  overlay: OverlayMode;
  /** Where the divider is, 0..1 of the pane's width: the heatmap is to its right. */
  divider: number;
  /** Smooth (bilinear) or true cells. */
  smooth: boolean;
  /** Outlines the part of the image that the cell under the cursor can see. */
  receptiveField: boolean;
  /** The part of the image that is measured, or null. */
  region: RegionOfInterest | null;
  /** The place of the map that is taken apart into its channels, or null. */
  probe: Cursor | null;
  order: ChannelOrder;
  /** Leaves channels out of the grid that are constant, zero above all. */
  hideDead: boolean;
  /** Channels that are kept side by side, in the order in which they were pinned. */
  pinned: readonly number[];
  linkScope: LinkScope;
  /** How each part is linked; `linked` where absent. */
  links: Readonly<Partial<Record<LinkName, LinkMode>>>;
}

/** A state as stored: defaults omitted. `range: 'layer'` is an older way to say `scope: 'layer'`. */
export type ViewStateJSON = Partial<Omit<ViewState, 'cursor' | 'range'>> & { range?: RangeChoice | 'layer' };
