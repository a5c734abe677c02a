import type { ViewState, ViewStateJSON } from './view-state';

/** What a view shows before anybody has said anything. */
export const DEFAULT_STATE: Readonly<ViewState> = {
  viewport: { x: 0.5, y: 0.5, zoom: 1 },
  cursor: null,
  image: 0,
  layer: null,
  method: 'grad-cam',
  target: null,
  score: 'logit',
  output: null,
  convention: null,
  channel: null,
  colormap: 'viridis',
  reversed: false,
  range: 'min-max',
  scope: 'map',
  scale: 'linear',
  clip: false,
  opacity: 0.6,
  threshold: 0,
  contours: 0,
  overlay: 'blend',
  divider: 0.5,
  smooth: true,
  receptiveField: true,
  region: null,
  probe: null,
  order: 'index',
  hideDead: false,
  pinned: [],
  linkScope: 'model',
  links: {}
};

const same = (a: unknown, b: unknown): boolean =>
  a === b ||
  (typeof a === 'object' &&
    typeof b === 'object' &&
    a !== null &&
    b !== null &&
    JSON.stringify(a) === JSON.stringify(b));

/** A whole state from a stored one. */
export function fromJSON(stored: ViewStateJSON): ViewState {
  const { range, ...rest } = stored;
  const state = { ...DEFAULT_STATE, ...rest };
  return range === undefined ? state : range === 'layer' ? { ...state, scope: 'layer' } : { ...state, range };
}

/** The state without what equals the defaults, and without the cursor: what is worth storing. */
export function toJSON(state: ViewState): ViewStateJSON {
  const entries = Object.entries(state).filter(
    ([key, value]) => key !== 'cursor' && !same(value, DEFAULT_STATE[key as keyof ViewState])
  );
  return Object.fromEntries(entries);
}

/** True when both values say the same: the check that keeps linked states from echoing. */
export const equal = same;
