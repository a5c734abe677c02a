import * as React from 'react';
import type { Findings } from '../../session/findings/findings';
import type { SetMaps } from '../../session/set/set-maps';

/** Takes up the maps that the notebook kept, and keeps those that are computed. */
export function useKeptMaps(maps: SetMaps, findings: Findings): void {
  React.useEffect(() => {
    // What cannot be read counts as not kept.
    findings.maps().then(
      kept => kept && maps.takeUp(kept.question, kept.found),
      (reason: unknown) => console.warn('GradLens: the maps of a set could not be read from the notebook.', reason)
    );
  }, [maps, findings]);
  React.useEffect(() => {
    let last = maps.snapshot;
    const keep = (): void => {
      const now = maps.snapshot;
      const isOver = last.running !== null && now.running === null;
      last = now;
      if (isOver && now.question && now.found.size > 0) {
        void findings.keepMaps(now.question, now.found);
      }
    };
    maps.changed.connect(keep);
    return () => void maps.changed.disconnect(keep);
  }, [maps, findings]);
}
