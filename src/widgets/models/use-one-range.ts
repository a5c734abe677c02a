import * as React from 'react';
import type { Explained } from '../../session/model/explained';
import { mapsSeenOf } from '../../session/models/maps-seen';
import { planeOf, type ShownMap } from '../../session/view/shown-map';
import { useModel, useViewProperty } from '../shared/view-context';

/** Gives the view's map the values of the other models' maps, where they share a range. */
export function useOneRange(
  explained: Explained | null,
  map: ShownMap | null,
  onMap: (map: ShownMap | null) => void
): void {
  const { controller, payload } = useModel();
  const oneRange = useViewProperty('oneRange');
  const channel = useViewProperty('channel');
  const { path } = payload.model;
  // What is on the screen while another model is opened is not that model's.
  const isOfNow = controller.isUpToDate && explained === controller.snapshot.explained && channel === null;
  // Before the map is painted: its colours do not change under the eye.
  React.useLayoutEffect(() => {
    if (!explained || !map || !isOfNow) {
      return;
    }
    const seen = mapsSeenOf(controller);
    // Of a volume all slices count, so that these compare too.
    const among = seen.with(explained, path, map.volume ? map.volume.data : planeOf(map));
    onMap(oneRange && seen.count > 1 ? { ...map, among } : null);
  }, [controller, explained, map, isOfNow, path, oneRange, onMap]);
}
