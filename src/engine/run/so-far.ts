/** Tells what is known of a map that takes many passes, before it is done. */
import { explainedNode } from '../input/input-space';
import type { RunResult } from '../protocol/protocol';
import type { Job } from './job';

/** Milliseconds between two maps: often enough to watch, seldom enough to cost nothing. */
const INTERVAL = 250;

/**
 * Receiver of the maps so far of a job of one picture and one layer; undefined for others, which nobody watches.
 *
 * @param answer - Makes the answer but for its maps.
 */
export function tellingSoFar(
  { params, services, model, entry }: Job,
  answer: () => RunResult,
  now: () => number = () => performance.now()
): Job['soFar'] {
  const { onPartial } = services;
  const samples = entry.shapes.get(explainedNode(model.graph, entry.shapes))?.[0];
  if (!onPartial || params.maps.length !== 1 || samples !== 1) {
    return undefined;
  }
  let last: number | null = null;
  return (layer, map) => {
    const time = now();
    if (last === null || time - last >= INTERVAL) {
      const maps = { [layer]: map() };
      onPartial(last === null ? { ...answer(), maps } : { maps });
      last = time;
    }
  };
}
