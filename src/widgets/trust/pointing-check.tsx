import * as React from 'react';
import { pointingGame } from '../../explain/trust/pointing';
import { gridOf, planeOf } from '../../session/view/shown-map';
import { cellsInside } from '../../viewer/values/region';
import { useTrans } from '../shared/context';
import { useView, useViewProperty } from '../shared/view-context';
import { VerdictLine } from './verdict-line';
import { pointingVerdict } from './verdicts';

/** Whether the map points at what the user has drawn a region over. */
export function PointingCheck(): React.ReactElement {
  const trans = useTrans();
  const { map } = useView();
  const region = useViewProperty('region');
  const verdict = React.useMemo(
    () => (map && region ? pointingVerdict(pointingGame(planeOf(map), cellsInside(region, gridOf(map)))) : null),
    [map, region]
  );
  return (
    <section className="jp-GradLens-check" aria-label={trans.__('Pointing game')}>
      <h4>{trans.__('Pointing game')}</h4>
      <p className="jp-GradLens-note">
        {trans.__(
          'Does the map’s highest cell lie on the thing (Zhang et al. 2018), and how much of it (Wang et al. 2020)? Good: yes, and far more than the region’s share of the picture. Bad: no. A model that looks at the background can have a true map that misses the thing.'
        )}
      </p>
      {verdict ? (
        <VerdictLine verdict={verdict} />
      ) : (
        <p>
          {region
            ? trans.__('Of a map that is the same everywhere, or has no cell in the region, this cannot be said.')
            : trans.__(
                'Draw a region over the thing first, with the tools “Measure a rectangle” or “Measure with a lasso”.'
              )}
        </p>
      )}
    </section>
  );
}
