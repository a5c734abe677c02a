/** The state of a view, apart from data: small, serialisable, linkable property by property. */
import type { RangeRule, ViewState } from './vocabulary';

export type {
  CellTarget,
  ClassTarget,
  GridLayout,
  OutputReading,
  PixelMask,
  PixelSet,
  Target,
  UnitTarget
} from '../explain/names';
export type { ConventionName, MethodName, ScoreKind } from '../explain/vocabulary';
export type { Cursor, Region, RegionOfInterest, Viewport } from './places';
export type {
  ChannelOrder,
  ColormapChoice,
  ColormapName,
  ImageOrder,
  LinkMode,
  LinkName,
  LinkScope,
  OpacityRule,
  OverlayMode,
  RangeScope,
  ScaleName,
  ViewState
} from './vocabulary';

/** A rule for the range that the colour map spans, or the range itself. */
export type RangeChoice = RangeRule | [number, number];

/** A state as stored: defaults omitted. `range: 'layer'` is an older way to say `scope: 'layer'`. */
export type ViewStateJSON = Partial<Omit<ViewState, 'cursor' | 'range'>> & { range?: RangeChoice | 'layer' };
