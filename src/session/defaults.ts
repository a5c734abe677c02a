import type { ViewState, ViewStateJSON } from './state';

/** What a view shows before anybody has said anything. */
export const DEFAULT_STATE: Readonly<ViewState> = {
  viewport: { x: 0.5, y: 0.5, zoom: 1 },
  cursor: null,
  image: 0,
  layer: null,
  method: 'grad-cam',
  target: null,
  score: 'logit',
  channel: null,
  colormap: 'viridis',
  range: 'min-max',
  opacity: 0.6,
  smooth: true
};

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** The state without what equals the defaults, and without the cursor: what is worth storing. */
export function toJSON(state: ViewState): ViewStateJSON {
  const entries = Object.entries(state).filter(
    ([key, value]) => key !== 'cursor' && !same(value, DEFAULT_STATE[key as keyof ViewState])
  );
  return Object.fromEntries(entries) as ViewStateJSON;
}

/** True when both values say the same: the check that keeps linked states from echoing. */
export const equal = same;
