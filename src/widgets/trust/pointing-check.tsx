import * as React from 'react';
import { shareInside } from '../../explain/set/share-inside';
import { pointingGame } from '../../explain/trust/pointing';
import { MessageError } from '../../messages/message';
import type { Explained } from '../../session/model/explained';
import { hasMasks, partsOf } from '../../session/set/parts';
import { setMapOf } from '../../session/set/set-maps';
import { gridOf, planeOf } from '../../session/view/shown-map';
import { cellsInside } from '../../viewer/values/region';
import { MaskFiles, useMasked } from '../set/mask-files';
import { useTrans } from '../shared/context';
import { useView, useViewProperty } from '../shared/view-context';
import { maskVerdict, pointingVerdict } from './pointing-verdicts';
import { VerdictLine } from './verdict-line';
import type { Verdict } from './verdicts';

/** Whether the map points at what lies in a mask, or what the user has drawn a region over. */
export function PointingCheck({ explained }: { explained: Explained }): React.ReactElement {
  const trans = useTrans();
  const { map } = useView();
  const region = useViewProperty('region');
  const verdict = React.useMemo(
    () => (map && region ? pointingVerdict(pointingGame(planeOf(map), cellsInside(region, gridOf(map)))) : null),
    [map, region]
  );
  const masked = useMasked();
  const inMask = React.useMemo(() => insideMask(explained, masked), [explained, masked]);
  return (
    <section className="jp-GradLens-check" aria-label={trans.__('Pointing game')}>
      <h4>{trans.__('Pointing game')}</h4>
      <p className="jp-GradLens-note">
        {trans.__(
          'Does the map’s highest cell lie on the thing (Zhang et al. 2018), and how much of it (Wang et al. 2020)? Good: yes, and far more than the region’s share of the picture. Bad: no. A model that looks at the background can have a true map that misses the thing.'
        )}
      </p>
      {inMask && <VerdictLine verdict={inMask} />}
      {verdict ? (
        <VerdictLine verdict={verdict} />
      ) : inMask && !region ? null : (
        <p>
          {region
            ? trans.__('Of a map that is the same everywhere, or has no cell in the region, this cannot be said.')
            : trans.__(
                'Draw a region over the thing first, with the tools “Measure a rectangle” or “Measure with a lasso”; or open a mask, or give mask=… in Python.'
              )}
        </p>
      )}
      <MaskFiles />
    </section>
  );
}

/** The verdict of the image's mask; null where it has none, or no map that a mask can be laid on. */
function insideMask(explained: Explained, masked: ReturnType<typeof useMasked>): Verdict | null {
  const { image, layer, method, convention, run } = explained;
  if (!hasMasks(masked)) {
    return null;
  }
  try {
    const map = setMapOf(run, { layer, method, convention }, masked.images[image]?.input);
    const part = partsOf(masked, 'mask', null)(image, map.input);
    return part && maskVerdict(shareInside(map, part));
  } catch (error) {
    if (error instanceof MessageError) {
      return null;
    }
    throw error;
  }
}
