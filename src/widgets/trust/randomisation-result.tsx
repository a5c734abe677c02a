import * as React from 'react';
import type { RandomisationFindings } from '../../engine/protocol/trust';
import { type Line, LinePlot } from '../plot/line-plot';
import { useTrans } from '../shared/context';
import { Values } from './values';
import { inShort } from './verdicts';

/** Similarity of the map to those with random weights, from the output down. */
export function RandomisationResult({ findings }: { findings: RandomisationFindings }): React.ReactElement {
  const trans = useTrans();
  const { stages, order } = findings;
  const isCascading = order === 'cascading';
  const signed = stages.some(({ rank, rankOfSizes }) => rank !== rankOfSizes);
  // A cascade begins with the trained model, whose map is like itself.
  const line = (label: string, dash: Line['dash'], own: (number | null)[]): Line => ({
    label,
    dash,
    values: isCascading ? [1, ...own] : own
  });
  const lines = [
    line(
      trans.__('rank correlation of absolute values'),
      'solid',
      stages.map(stage => stage.rankOfSizes)
    ),
    line(
      trans.__('structural similarity'),
      'dashed',
      stages.map(stage => stage.structure)
    ),
    ...(signed
      ? [
          line(
            trans.__('rank correlation'),
            'dotted',
            stages.map(stage => stage.rank)
          )
        ]
      : [])
  ];
  const count = lines[0].values.length;
  const end = lines[0].values[count - 1];
  const said = (value: number | null): string => (value === null ? '–' : inShort(value));
  return (
    <>
      <LinePlot
        title={trans.__(
          'Similarity to the map shown, in %1 steps from the output down; at the end %2',
          stages.length,
          said(end)
        )}
        places={Array.from({ length: count }, (_, i) => (count > 1 ? i / (count - 1) : 0))}
        lines={lines}
        axis={{
          first: isCascading ? trans.__('as trained') : trans.__('output'),
          label: isCascading ? trans.__('random down to …') : trans.__('random alone'),
          last: trans.__('input')
        }}
        span={[0, 1]}
      />
      <Values
        head={[trans.__('made random'), ...lines.map(({ label }) => label)]}
        rows={stages.map(stage => [
          stage.layers.join(', '),
          said(stage.rankOfSizes),
          said(stage.structure),
          ...(signed ? [said(stage.rank)] : [])
        ])}
      />
    </>
  );
}
