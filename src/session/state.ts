/** What a view shows, apart from data: small, serialisable, linkable property by property. */

export type MethodName = 'grad-cam' | 'grad-cam++' | 'hires-cam' | 'layer-cam' | 'xgrad-cam';
export type ScoreKind = 'logit' | 'probability';
export type ColormapName =
  | 'viridis'
  | 'inferno'
  | 'magma'
  | 'cividis'
  | 'turbo'
  | 'jet'
  | 'coolwarm'
  | 'RdBu'
  | 'gray';

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
}

/** The range that the colour map spans. */
export type RangeChoice =
  | 'min-max' // of the map
  | 'layer' // of the whole layer
  | 'percentile' // 1st to 99th
  | 'symmetric' // about zero
  | [number, number];

export interface ViewState {
  viewport: Viewport;
  cursor: Cursor | null;
  /** Index into the payload's images. */
  image: number;
  /** Id of a layer; null: the last convolution-like one. */
  layer: string | null;
  method: MethodName;
  /** Class to explain; null: the highest-scoring one. */
  target: number | null;
  score: ScoreKind;
  /** Channel enlarged from the feature-map grid, or null. */
  channel: number | null;
  colormap: ColormapName;
  range: RangeChoice;
  /** Of the heatmap over the image, 0..1. */
  opacity: number;
  /** Smooth (bilinear) or true cells. */
  smooth: boolean;
}

/** A state as stored: defaults omitted. */
export type ViewStateJSON = Partial<Omit<ViewState, 'cursor'>>;
