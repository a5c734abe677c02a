import * as React from 'react';
import type { RoadFindings } from '../../engine/protocol/trust';
import { percentText } from '../../viewer/values/numbers';
import { LinePlot } from '../plot/line-plot';
import { useTrans } from '../shared/context';
import { Values } from './values';
import { inShort } from './verdicts';

/** The scores without the pixels marked most, and least. */
export function RoadResult({ findings }: { findings: RoadFindings }): React.ReactElement {
  const trans = useTrans();
  const { fractions, map, shuffled } = findings;
  const lines = [
    { label: trans.__('without the most marked'), values: map.most, dash: 'solid' as const },
    { label: trans.__('without the least marked'), values: map.least, dash: 'dashed' as const },
    ...shuffled.slice(0, 1).map(({ most }) => ({
      label: trans.__('at random places'),
      values: most,
      dash: 'dotted' as const
    }))
  ];
  return (
    <>
      <div className="jp-GradLens-plots">
        <LinePlot
          title={trans.__('ROAD: the score without more and more pixels, combined %1', inShort(map.combined))}
          places={fractions}
          lines={lines}
          axis={{
            first: percentText(fractions[0]),
            last: percentText(fractions[fractions.length - 1]),
            label: trans.__('pixels replaced')
          }}
          span={null}
        />
      </div>
      <Values
        head={[trans.__('pixels'), ...lines.map(({ label }) => label)]}
        rows={fractions.map((fraction, i) => [percentText(fraction), ...lines.map(({ values }) => inShort(values[i]))])}
      />
    </>
  );
}
