import type { RunResult } from '../../engine/protocol/protocol';
import { mapsOf } from '../../session/model/slices';
import { planeOf, type ShownMap, type ShownRange } from '../../session/view/shown-map';
import { isSigned } from '../../viewer/values/fitting';
import { minMax, symmetric } from '../../viewer/values/statistics';

export interface ComparedMaps {
  before: ShownMap;
  after: ShownMap;
  difference: ShownMap;
  /** Of before and after. */
  range: ShownRange;
  /** Of the difference: as far on both sides of zero as the values of both maps reach, so that its colours weigh the same. */
  around: ShownRange;
}

/** The map that a view shows, and what became of it: in one range. Null where there is none of the perturbed picture yet. */
export function compareMaps(
  shown: ShownMap,
  run: RunResult,
  layer: string,
  isExplanation: boolean
): ComparedMaps | null {
  const made = isExplanation ? run.maps[layer] && mapsOf(run.maps[layer]) : run.planes[layer];
  if (!made || made.width !== shown.planes.width || made.height !== shown.planes.height) {
    return null;
  }
  return compare(shown, { ...shown, planes: made });
}

/** Two maps of one size, and by how much the second exceeds the first. */
export function compare(first: ShownMap, second: ShownMap): ComparedMaps {
  const before = planeOf(first);
  const after = planeOf(second);
  const { width, height } = first.planes;
  const alone = (of: ShownMap, data: Float32Array): ShownMap => ({
    ...of,
    channel: 0,
    planes: { data, channels: 1, width, height }
  });
  const both = Float32Array.from([...before, ...after]);
  const bounds = isSigned(both) ? symmetric(minMax(both)) : minMax(both);
  const difference = after.map((value, i) => value - before[i]);
  return {
    before: alone(first, before),
    after: alone(second, after),
    difference: alone(second, difference),
    range: { bounds, scale: 'linear' },
    around: { bounds: symmetric(bounds), scale: 'linear' }
  };
}

export interface ChangedChannel {
  channel: number;
  /** Mean over the cells of how far the values are from what they were, whichever way. */
  change: number;
}

/** The channels of a layer, those that changed most first. */
export function rankChanges(
  before: { data: Float32Array; channels: number },
  after: { data: Float32Array; channels: number }
): ChangedChannel[] {
  const size = before.data.length / before.channels;
  return Array.from({ length: before.channels }, (_, channel) => {
    let sum = 0;
    for (let i = channel * size; i < (channel + 1) * size; i++) {
      sum += Math.abs(after.data[i] - before.data[i]);
    }
    return { channel, change: sum / size };
  }).sort((a, b) => b.change - a.change || a.channel - b.channel);
}
