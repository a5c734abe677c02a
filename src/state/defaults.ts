import { canonical } from './canonical';
import type { ViewState, ViewStateJSON } from './view-state';
import { DEFAULT_STATE } from './vocabulary';

const same = (a: unknown, b: unknown): boolean =>
  a === b ||
  (typeof a === 'object' && typeof b === 'object' && a !== null && b !== null && canonical(a) === canonical(b));

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
