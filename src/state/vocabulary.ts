/** The properties of a view's state. Generated from src/state/vocabulary.json by `npm run vocabulary`; do not edit. */
import type { OutputReading, Target } from '../explain/names';
import type { ConventionName, MethodName, ScoreKind } from '../explain/vocabulary';
import type { Cursor, RegionOfInterest, Viewport } from './places';

/** Colour maps, as matplotlib has them. */
export const COLORMAP_NAMES = [
  'viridis',
  'inferno',
  'magma',
  'cividis',
  'turbo',
  'jet',
  'coolwarm',
  'RdBu',
  'gray'
] as const;
export type ColormapName = (typeof COLORMAP_NAMES)[number];

/** Colour maps to choose from; auto fits the range: diverging where it is symmetric about zero, else the default. */
export const COLORMAP_CHOICES = [
  'auto',
  'viridis',
  'inferno',
  'magma',
  'cividis',
  'turbo',
  'jet',
  'coolwarm',
  'RdBu',
  'gray'
] as const;
export type ColormapChoice = (typeof COLORMAP_CHOICES)[number];

/** Rules for the range that the colours span: all values, the 1st to the 99th percentile, or symmetric about zero; auto: symmetric where values lie on both sides of zero, else all values. */
export const RANGE_RULES = ['auto', 'min-max', 'percentile', 'symmetric'] as const;
export type RangeRule = (typeof RANGE_RULES)[number];

/** The values to find the range from: each map, all maps of the layer, or the maps of all views that link their range. */
export const RANGE_SCOPES = ['map', 'layer', 'linked'] as const;
export type RangeScope = (typeof RANGE_SCOPES)[number];

/** Scales that spread values over the colours; viewer/values/scale has the formulas. */
export const SCALE_NAMES = ['linear', 'log', 'symlog'] as const;
export type ScaleName = (typeof SCALE_NAMES)[number];

/** Spread of a map's opacity: the same for all values, or rising with their distance from zero, so that the picture keeps its own colours where there is no evidence. */
export const OPACITY_RULES = ['uniform', 'by-value'] as const;
export type OpacityRule = (typeof OPACITY_RULES)[number];

/** The arrangement of picture and heatmap. */
export const OVERLAY_MODES = ['blend', 'side-by-side', 'divider'] as const;
export type OverlayMode = (typeof OVERLAY_MODES)[number];

/** The order of the channels in a grid: by index, mean, largest value, part of the explanation, or similarity to it. */
export const CHANNEL_ORDERS = ['index', 'mean', 'max', 'weight', 'similarity'] as const;
export type ChannelOrder = (typeof CHANNEL_ORDERS)[number];

/** What takes the place of a channel that is switched off: 0, or its own mean over all positions of the layer in the sample. */
export const OFF_BYS = ['zero', 'mean'] as const;
export type OffBy = (typeof OFF_BYS)[number];

/** The order of the images in the gallery: as given, those first that the model takes for another class, by score, by true class, or by prediction. */
export const IMAGE_ORDERS = ['given', 'errors', 'score', 'truth', 'prediction'] as const;
export type ImageOrder = (typeof IMAGE_ORDERS)[number];

/** Parts of a view that may be linked with other views. */
export const LINK_NAMES = [
  'viewport',
  'cursor',
  'image',
  'layer',
  'class',
  'method',
  'range',
  'colors',
  'overlay'
] as const;
export type LinkName = (typeof LINK_NAMES)[number];

/** Link modes of a part; relative keeps the difference there is, and is for the viewport alone. */
export const LINK_MODES = ['linked', 'relative', 'unlinked'] as const;
export type LinkMode = (typeof LINK_MODES)[number];

/** Views to link with: those of the same model, all of the page, or none. */
export const LINK_SCOPES = ['model', 'page', 'none'] as const;
export type LinkScope = (typeof LINK_SCOPES)[number];

export interface ViewState {
  /** The position pointed at; null outside. Never stored. */
  cursor: Cursor | null;
  /** Part of the image that is seen: centre in relative image coordinates (0..1); zoom 1 fits the whole image. */
  viewport: Viewport;
  /** Index into the payload's images. */
  image: number;
  /** The order of the images in the gallery; errors: those first that the model takes for another class, the surest of them first. */
  imageOrder: ImageOrder;
  /** Index into the payload's models, where it has several. */
  model: number;
  /** The slice of a volume, or the frame of a video, that is seen: an index along the first axis of the model's input; null: the middle one. */
  slice: number | null;
  /** Name of the layer that is explained; null: the last convolution-like one. */
  layer: string | null;
  /** The explanation method; a view of which none is named begins with the one that suits the model's head. */
  method: MethodName;
  /** The target of the explanation: the index of a class; null: the highest-scoring one; a class less another, or what speaks against it, or over a set of pixels; a layer's units; or one number of a grid's cell. */
  target: Target;
  /** The score to differentiate: before or after the final softmax or sigmoid. */
  score: ScoreKind;
  /** Name of the model's output whose classes are explained; null: the first. */
  output: string | null;
  /** What an output (rows, columns, channels) is read as; null: a segmentation if it ends with a softmax or sigmoid, else features. */
  outputAs: OutputReading | null;
  /** The library whose Grad-CAM maps are reproduced; null: the paper's, raw. */
  convention: ConventionName | null;
  /** The channel of the layer that is enlarged, or null. */
  channel: number | null;
  /** Colours of the heatmaps; auto: coolwarm where the range is symmetric about zero, else viridis. */
  colormap: ColormapChoice;
  /** Runs the colour map from its high end to its low end. */
  reversed: boolean;
  /** The values that the colour map spans: a rule, or [low, high]; auto: symmetric about zero where the layer has values on both sides of it, else from the lowest to the highest. */
  range: RangeRule | [number, number];
  /** The values to find the range from: each map, all maps of the layer, or those of all linked views. */
  scope: RangeScope;
  /** Of several models: finds the range of the colours from the maps of all those that were looked at, so that they compare. */
  oneRange: boolean;
  /** The spread of values over the colour map. */
  scale: ScaleName;
  /** Stripes on values outside the range, which otherwise get the colour of its end. */
  clip: boolean;
  /** Of the heatmap over the image. */
  opacity: number;
  /** The spread of that opacity: uniform, or by value, from nothing at zero to all of it at the end of the range. */
  opacityRule: OpacityRule;
  /** Part of the range below which the map is not drawn over the image. */
  threshold: number;
  /** Number of contour lines; 0 for none. */
  contours: number;
  /** The arrangement of picture and heatmap. */
  overlay: OverlayMode;
  /** Place of the divider, as a part of the pane's width: the heatmap is to its right. */
  divider: number;
  /** Smooth (bilinear) or true cells; auto: true cells where a map has 64 or fewer. */
  smooth: boolean | 'auto';
  /** Outlines the part of the image that the cell under the cursor can see. */
  receptiveField: boolean;
  /** The part of the image that is measured, in relative image coordinates (0..1), or null. */
  region: RegionOfInterest | null;
  /** The place of the map that is taken apart into its channels, in relative image coordinates, or null. */
  probe: Cursor | null;
  /** The order of channels in the grid; weight: by part of the explanation. */
  order: ChannelOrder;
  /** Leaves channels out of the grid that are constant, zero above all. */
  hideDead: boolean;
  /** Channels that are kept side by side, in the order in which they were pinned. */
  pinned: readonly number[];
  /** Channels that are switched off in the experiment beside the map, by name of their layer. The map explains the whole model. */
  channelsOff: Readonly<Record<string, readonly number[]>>;
  /** What takes the place of a channel that is off: 0, or its mean over all positions. */
  offBy: OffBy;
  /** The views to link with: those of the same model, all of the page, or none. */
  linkScope: LinkScope;
  /** Link mode of each part. Absent: what this object says itself is unlinked, all else linked. */
  links: Readonly<Partial<Record<LinkName, LinkMode>>>;
  /** Links layer, class and method also with views of other models that have this on, by their names. */
  linkByName: boolean;
}

/** The state of a view of which nothing is set. */
export const DEFAULT_STATE: Readonly<ViewState> = {
  cursor: null,
  viewport: { x: 0.5, y: 0.5, zoom: 1 },
  image: 0,
  imageOrder: 'given',
  model: 0,
  slice: null,
  layer: null,
  method: 'grad-cam',
  target: null,
  score: 'logit',
  output: null,
  outputAs: null,
  convention: null,
  channel: null,
  colormap: 'auto',
  reversed: false,
  range: 'auto',
  scope: 'map',
  oneRange: true,
  scale: 'linear',
  clip: false,
  opacity: 0.6,
  opacityRule: 'by-value',
  threshold: 0,
  contours: 0,
  overlay: 'blend',
  divider: 0.5,
  smooth: 'auto',
  receptiveField: true,
  region: null,
  probe: null,
  order: 'index',
  hideDead: false,
  pinned: [],
  channelsOff: {},
  offBy: 'zero',
  linkScope: 'model',
  links: {},
  linkByName: false
};

/** Properties that are stored. */
export type StoredName = Exclude<keyof ViewState, 'cursor'>;

/** The properties that each part of a link is about. What is missing is never linked. */
export const LINKED_PROPERTIES: Readonly<Record<LinkName, readonly (keyof ViewState)[]>> = {
  viewport: ['viewport', 'slice'],
  cursor: ['cursor', 'region'],
  image: ['image'],
  layer: ['layer', 'channel', 'order', 'hideDead', 'pinned'],
  class: ['target', 'score', 'outputAs'],
  method: ['method', 'convention'],
  range: ['range', 'scope', 'scale', 'clip'],
  colors: ['colormap', 'reversed'],
  overlay: ['opacity', 'opacityRule', 'threshold', 'contours', 'overlay', 'divider', 'smooth', 'receptiveField']
};

/** The arguments of `gradlens.show` by property, but for `links`. */
export const PYTHON_ARGUMENTS: readonly (readonly [StoredName, string])[] = [
  ['viewport', 'viewport'],
  ['image', 'image_index'],
  ['imageOrder', 'image_order'],
  ['model', 'model_index'],
  ['slice', 'slice_index'],
  ['layer', 'layer'],
  ['method', 'method'],
  ['target', 'target'],
  ['score', 'score'],
  ['output', 'output'],
  ['outputAs', 'output_as'],
  ['convention', 'convention'],
  ['channel', 'channel'],
  ['colormap', 'colormap'],
  ['reversed', 'reversed'],
  ['range', 'range'],
  ['scope', 'scope'],
  ['oneRange', 'one_range'],
  ['scale', 'scale'],
  ['clip', 'clip'],
  ['opacity', 'opacity'],
  ['opacityRule', 'opacity_rule'],
  ['threshold', 'threshold'],
  ['contours', 'contours'],
  ['overlay', 'overlay'],
  ['divider', 'divider'],
  ['smooth', 'smooth'],
  ['receptiveField', 'receptive_field'],
  ['region', 'region'],
  ['probe', 'probe'],
  ['order', 'order'],
  ['hideDead', 'hide_inactive'],
  ['pinned', 'pinned'],
  ['channelsOff', 'channels_off'],
  ['offBy', 'off_by'],
  ['linkScope', 'link'],
  ['linkByName', 'link_by_name']
];

/** Properties whose change asks for a new run of the model. */
export const RUN_PROPERTIES: readonly (keyof ViewState)[] = [
  'image',
  'model',
  'layer',
  'method',
  'target',
  'score',
  'output',
  'convention'
];

/** Properties that the picture stored with an output depends on, beside the map and its range. */
export const PICTURE_PROPERTIES: readonly (keyof ViewState)[] = [
  'viewport',
  'image',
  'model',
  'slice',
  'layer',
  'method',
  'target',
  'score',
  'convention',
  'channel',
  'colormap',
  'reversed',
  'scale',
  'clip',
  'opacity',
  'opacityRule',
  'threshold',
  'contours',
  'smooth'
];

/** Properties whose default is one of the user's settings, under the same name. */
export const SETTING_PROPERTIES: readonly StoredName[] = [
  'method',
  'score',
  'convention',
  'colormap',
  'reversed',
  'range',
  'scale',
  'opacity',
  'opacityRule',
  'contours',
  'smooth',
  'order',
  'hideDead',
  'linkScope',
  'links'
];
