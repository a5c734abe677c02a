/** What can be undone, and done again. */
export interface History<T> {
  readonly past: readonly T[];
  readonly now: T;
  readonly future: readonly T[];
}

/** Steps that are remembered. */
const LONGEST = 200;

export const begun = <T>(now: T): History<T> => ({ past: [], now, future: [] });

export const done = <T>({ past, now }: History<T>, next: T): History<T> => ({
  past: [...past, now].slice(-LONGEST),
  now: next,
  future: []
});

export function undone<T>(history: History<T>): History<T> {
  const { past, now, future } = history;
  return past.length === 0
    ? history
    : { past: past.slice(0, -1), now: past[past.length - 1], future: [now, ...future] };
}

export function redone<T>(history: History<T>): History<T> {
  const { past, now, future } = history;
  return future.length === 0 ? history : { past: [...past, now], now: future[0], future: future.slice(1) };
}
