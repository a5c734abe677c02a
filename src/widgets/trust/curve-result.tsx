import * as React from 'react';
import type { CurveFindings } from '../../engine/protocol/trust';
import { percentText } from '../../viewer/values/numbers';
import { LinePlot } from '../plot/line-plot';
import { useTrans } from '../shared/context';
import { Values } from './values';
import { inShort } from './verdicts';

/** The curves of deletion and insertion, beside those of chance. */
export function CurveResult({ findings }: { findings: CurveFindings }): React.ReactElement {
  const trans = useTrans();
  const { map, shuffled } = findings;
  const axis = { first: '0 %', last: '100 %' };
  const both = [
    { key: 'deletion' as const, name: trans.__('Deletion'), label: trans.__('pixels taken away') },
    { key: 'insertion' as const, name: trans.__('Insertion'), label: trans.__('pixels put back') }
  ];
  const random = (i: number): string => trans.__('at random places, %1', i + 1);
  return (
    <>
      <div className="jp-GradLens-plots">
        {both.map(({ key, name, label }) => (
          <div key={key}>
            <h4>{trans.__('%1: area %2', name, inShort(map[key].area))}</h4>
            <LinePlot
              title={trans.__(
                '%1: the score from %2 to %3, area %4',
                name,
                inShort(map[key].scores[0]),
                inShort(map[key].scores[map[key].scores.length - 1]),
                inShort(map[key].area)
              )}
              places={map.fractions}
              lines={[
                { label: trans.__('as the map ranks them'), values: map[key].scores, dash: 'solid' },
                ...shuffled.map((other, i) => ({
                  label: trans.__('%1: area %2', random(i), inShort(other[key].area)),
                  values: other[key].scores,
                  dash: i === 0 ? ('dashed' as const) : ('dotted' as const)
                }))
              ]}
              axis={{ ...axis, label }}
              span={null}
            />
          </div>
        ))}
      </div>
      <Values
        head={[
          trans.__('pixels'),
          ...both.flatMap(({ name }) => [name, ...shuffled.map((_, i) => `${name}, ${random(i)}`)])
        ]}
        rows={map.fractions.map((fraction, i) => [
          percentText(fraction),
          ...both.flatMap(({ key }) => [map, ...shuffled].map(curves => inShort(curves[key].scores[i])))
        ])}
      />
    </>
  );
}
