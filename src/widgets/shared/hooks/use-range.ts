import * as React from 'react';
import { LinkGroup } from '../../../session/view/link-group';
import type { ShownRange } from '../../../session/view/shown-map';
import type { HeatmapPlanes } from '../../../viewer/gl/renderer';
import { fittingRange, fittingShared } from '../../../viewer/values/fitting';
import { scaledRange, usableScale } from '../../../viewer/values/scale';
import { type FixedRange, type Range, valueRange, valueRanges } from '../../../viewer/values/statistics';
import { usePage, useSignal } from '../context';
import { useSession, useViewProperty } from '../view-context';

/** Says what a view shows to those that share its range; the range shared, or null unless it is asked for. */
function useSharedRange(planes: HeatmapPlanes | null, quantity: string, rule: FixedRange): Range | null {
  const session = useSession();
  const group = usePage(LinkGroup);
  const range = useViewProperty('range');
  const scope = useViewProperty('scope');
  const own = React.useMemo(() => planes && valueRange(rule, planes.data), [planes, rule]);
  React.useEffect(() => {
    group.setValueRange(session, quantity, own);
    return () => group.setValueRange(session, quantity, null);
  }, [session, group, quantity, own]);
  const shared = useSignal(group.changed, () =>
    scope === 'linked' ? String(group.valueRangeOf(session, quantity) ?? '') : ''
  );
  return React.useMemo(() => {
    if (scope === 'map') {
      return null;
    }
    const [min, max] = shared === '' ? [] : shared.split(',').map(Number);
    return min === undefined ? own : fittingShared(range, [min, max]);
  }, [scope, shared, own, range]);
}

/** The rule for the ranges of maps: all of them decide on it, so that the channels of a layer compare. */
function useRule(planes: HeatmapPlanes | null): FixedRange {
  const choice = useViewProperty('range');
  return React.useMemo(() => fittingRange(choice, planes && planes.data), [choice, planes]);
}

/** The range of one map, live; null without a map. */
export function useRange(
  map: {
    planes: HeatmapPlanes;
    volume?: HeatmapPlanes;
    among?: HeatmapPlanes;
    channel: number;
    quantity: string;
  } | null
): ShownRange | null {
  const scale = useViewProperty('scale');
  // Of a volume the same for all slices, so that moving through them finds no range again.
  const planes = map ? (map.among ?? map.volume ?? map.planes) : null;
  const channel = map?.channel ?? 0;
  const rule = useRule(planes);
  const shared = useSharedRange(planes, map?.quantity ?? '', rule);
  return React.useMemo(() => {
    if (!planes) {
      return null;
    }
    const size = planes.width * planes.height;
    const bounds = shared ?? valueRange(rule, planes.data.subarray(channel * size, (channel + 1) * size));
    const usable = usableScale(scale, bounds);
    return { bounds: scaledRange(usable, bounds), scale: usable };
  }, [planes, channel, rule, scale, shared]);
}

/** The range of every map of a layer, min and max interleaved, as the grid draws them. */
export function useChannelRanges(planes: HeatmapPlanes, quantity: string): Float32Array {
  const scale = useViewProperty('scale');
  const rule = useRule(planes);
  const shared = useSharedRange(planes, quantity, rule);
  return React.useMemo(() => {
    const ranges = shared
      ? Float32Array.from({ length: 2 * planes.channels }, (_, i) => shared[i % 2])
      : valueRanges(rule, planes.data, planes.channels);
    for (let i = 0; i < ranges.length; i += 2) {
      ranges.set(scaledRange(scale, [ranges[i], ranges[i + 1]]), i);
    }
    return ranges;
  }, [planes, rule, scale, shared]);
}
