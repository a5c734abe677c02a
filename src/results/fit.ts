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
  const take = (...what: readonly unknown[]): boolean => {
    // With a comma each.
    const size = what.reduce<number>((sum, one) => sum + sizeOf(one) + 1, 0);
    const fits = size <= left;
    left -= fits ? size : 0;
    return fits;
  };
  const newest = [...all.runs].reverse();
  for (const run of newest) {
    const scores = all.outputs.filter(one => one.input === run.about.input && !outputs.has(one));
    if (take(withoutParts(run), ...scores)) {
      runs.add(run);
      scores.forEach(one => outputs.add(one));
    }
  }
  const guesses = all.guesses?.filter(one => runs.size > 0 && take(one));
  for (const { about } of newest.filter(run => runs.has(run))) {
    const maps = all.planes.find(isOf(about.input, about.layer));
    if (maps && !planes.has(maps) && take(maps)) {
      planes.add(maps);
    }
  }
  for (const run of newest) {
    if (runs.has(run) && run.parts && take(run.parts)) {
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
