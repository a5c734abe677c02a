/** What of many results fits into so many bytes. */
import type { PackedOutputs, PackedPlanes, PackedResults, PackedRun } from './packed-results';

/** Characters of JSON, which are its bytes: all of it is ASCII but for names. */
export const sizeOf = (packed: unknown): number => JSON.stringify(packed)?.length ?? 0;

const isOf = (input: string, layer: string) => (planes: PackedPlanes) =>
  planes.input === input && planes.layer === layer;

/**
 * The results that fit, those looked at last first. Maps and scores, which are small, go before a gallery's
 * predictions, these before feature maps, and these before the parts of a map; null where not even one map fits.
 */
export function fitted(all: PackedResults, bytes: number): PackedResults | null {
  const runs = new Set<PackedRun>();
  const outputs = new Set<PackedOutputs>();
  const planes = new Set<PackedPlanes>();
  const parted = new Set<PackedRun>();
  let left = bytes - sizeOf({ ...all, runs: [], outputs: [], planes: [], ...(all.guesses ? { guesses: [] } : {}) });
  const take = (...sizes: readonly number[]): boolean => {
    const size = sizes.reduce((sum, one) => sum + one, 0);
    const fits = size <= left;
    left -= fits ? size : 0;
    return fits;
  };
  /** With the comma before it, but for a list's first. */
  const inList = (one: unknown, before: number): number => sizeOf(one) + (before > 0 ? 1 : 0);
  const newest = [...all.runs].reverse();
  for (const run of newest) {
    const scores = all.outputs.filter(one => one.input === run.about.input && !outputs.has(one));
    if (take(inList(withoutParts(run), runs.size), ...scores.map((one, i) => inList(one, outputs.size + i)))) {
      runs.add(run);
      scores.forEach(one => outputs.add(one));
    }
  }
  let guessed = 0;
  const guesses = all.guesses?.filter(one => {
    const fits = runs.size > 0 && take(inList(one, guessed));
    guessed += fits ? 1 : 0;
    return fits;
  });
  for (const { about } of newest.filter(run => runs.has(run))) {
    const maps = all.planes.find(isOf(about.input, about.layer));
    if (maps && !planes.has(maps) && take(inList(maps, planes.size))) {
      planes.add(maps);
    }
  }
  for (const run of newest) {
    // With their name and a comma, less the braces.
    if (runs.has(run) && run.parts && take(sizeOf({ parts: run.parts }) - 1)) {
      parted.add(run);
    }
  }
  return runs.size === 0
    ? null
    : {
        ...all,
        runs: all.runs.filter(run => runs.has(run)).map(run => (parted.has(run) ? run : withoutParts(run))),
        outputs: all.outputs.filter(one => outputs.has(one)),
        planes: all.planes.filter(one => planes.has(one)),
        ...(guesses ? { guesses } : {})
      };
}

const withoutParts = ({ about, facts, map }: PackedRun): PackedRun => ({ about, facts, ...(map ? { map } : {}) });
