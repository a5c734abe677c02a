/** The order in which calls are made: what a call takes before it, in however long a row, without recursion. */

/** A call of a layer, counted as the layer counts them. */
export interface CallOfLayer {
  layer: string;
  call: number;
}

export const keyOf = ({ layer, call }: CallOfLayer): string => `${layer}\n${call}`;

/**
 * Makes what `last` takes, and what that takes.
 *
 * @param takes - The calls that a call takes; null where there is nothing to be made: it was, or is not there.
 */
export function makeBefore(
  last: CallOfLayer,
  takes: (call: CallOfLayer) => readonly CallOfLayer[] | null,
  make: (call: CallOfLayer) => void
): void {
  // Those that wait for others. One that waits for itself is left to `make`, which says so.
  const begun = new Set<string>();
  const waiting = [last];
  for (let next = waiting.at(-1); next; next = waiting.at(-1)) {
    const before = takes(next);
    if (before === null || begun.has(keyOf(next))) {
      waiting.pop();
      if (before !== null && waiting.length > 0) {
        make(next);
      }
    } else {
      begun.add(keyOf(next));
      for (const call of before) {
        if (!begun.has(keyOf(call))) {
          waiting.push(call);
        }
      }
    }
  }
}
