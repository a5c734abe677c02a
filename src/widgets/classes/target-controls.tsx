import * as React from 'react';
import { type ClassScores, isRegression } from '../../classes/classes';
import { CONVENTION_NAMES } from '../../explain/vocabulary';
import type { Explained } from '../../session/model/explained';
import { classTarget, isClassTarget, isUnitTarget, shortest } from '../../state/targets';
import type { ConventionName, RegionOfInterest, Target, UnitTarget } from '../../state/view-state';
import { useTrans } from '../shared/context';
import { Choice } from '../shared/fields';
import { useRefusal } from '../shared/hooks/use-refusal';
import { RefusableButton } from '../shared/refusable';
import { useSession, useViewProperty } from '../shared/view-context';
import { unitsLabel } from './target-label';

/** Offered to be subtracted: the highest ones, among which the confusions are. */
const OFFERED = 10;

/** All that is explained besides the class: where there is room for it. */
export function TargetControls(props: {
  scores: ClassScores;
  explained: Explained;
  channel: number | null;
}): React.ReactElement {
  return (
    <>
      <TargetChoices {...props} />
      <UnitControls {...props} />
    </>
  );
}

/** Chooses the evidence (for or against the class, less another) and the library whose drawing to follow. */
export function TargetChoices(props: { scores: ClassScores; explained: Explained }): React.ReactElement | null {
  const { scores, explained } = props;
  const session = useSession();
  const trans = useTrans();
  const target = useViewProperty('target');
  const method = useViewProperty('method');
  const convention = useViewProperty('convention');
  const refusal = useRefusal();
  const explain = (next: Target): void => session.explain({ target: next });
  if (!isClassTarget(target)) {
    return null;
  }
  const full = classTarget(target);
  const index = explained.run.targets[0]?.index ?? null;
  const sided = (side: 'for' | 'against'): Target => shortest({ ...full, negative: side === 'against' });
  // The class must stay the one that is seen, whatever the other image's highest is.
  const less = (other: string): Target =>
    shortest({
      ...full,
      class: other === '' ? full.class : index,
      minus: other === '' ? undefined : Number(other)
    });
  const areClasses = !isRegression(scores.kind);
  const others = areClasses ? scores.classes.filter(entry => entry.index !== index).slice(0, OFFERED) : [];
  return (
    <div className="jp-GradLens-toolbar" role="group" aria-label={trans.__('What is explained')}>
      {scores.kind !== 'value' && (
        <Choice<'for' | 'against'>
          label={trans.__('Evidence')}
          value={full.negative ? 'against' : 'for'}
          options={[
            {
              value: 'for',
              label: areClasses ? trans.__('for the class') : trans.__('what raises it'),
              refusal: refusal({ target: sided('for') })
            },
            {
              value: 'against',
              label: areClasses ? trans.__('against the class') : trans.__('what lowers it'),
              refusal: refusal({ target: sided('against') })
            }
          ]}
          onChange={side => explain(sided(side))}
        />
      )}
      {others.length > 0 && (
        <Choice<string>
          label={trans.__('Rather than')}
          value={full.minus === undefined ? '' : String(full.minus)}
          options={[
            { value: '', label: trans.__('no other class'), refusal: refusal({ target: less('') }) },
            ...others.map(entry => ({
              value: String(entry.index),
              label: entry.label,
              refusal: refusal({ target: less(String(entry.index)) })
            }))
          ]}
          onChange={value => explain(less(value))}
        />
      )}
      {method === 'grad-cam' && (
        <Choice<ConventionName | 'paper'>
          label={trans.__('Drawn as in')}
          value={convention ?? 'paper'}
          options={[
            { value: 'paper', label: trans.__('the paper (raw)'), refusal: refusal({ convention: null }) },
            ...CONVENTION_NAMES.map(name => ({ value: name, label: name, refusal: refusal({ convention: name }) }))
          ]}
          onChange={name => session.explain({ convention: name === 'paper' ? null : name })}
        />
      )}
    </div>
  );
}

/** Offers the units of the channel in sight as the target in place of a class. */
export function UnitControls(props: { explained: Explained; channel: number | null }): React.ReactElement | null {
  const { explained, channel } = props;
  const session = useSession();
  const trans = useTrans();
  const target = useViewProperty('target');
  const region = useViewProperty('region');
  const refusal = useRefusal();
  const explain = (next: Target): void => session.explain({ target: next });
  if (isUnitTarget(target)) {
    return (
      <div className="jp-GradLens-units" role="group" aria-label={trans.__('Explained units')}>
        <span>{trans.__('Explained: %1', unitsLabel(target, trans))}</span>
        <RefusableButton
          refusal={refusal({ target: null })}
          className="jp-GradLens-button"
          onClick={() => explain(null)}
        >
          {trans.__('Back to classes')}
        </RefusableButton>
      </div>
    );
  }
  if (channel === null) {
    return null;
  }
  const units: UnitTarget = { layer: explained.layer, channel, ...areaOf(explained, region) };
  return (
    <div className="jp-GradLens-units" role="group" aria-label={trans.__('Explained units')}>
      <RefusableButton
        refusal={refusal({ target: units })}
        className="jp-GradLens-button"
        onClick={() => explain(units)}
      >
        {units.area ? trans.__('Explain channel %1 in the region', channel) : trans.__('Explain channel %1', channel)}
      </RefusableButton>
    </div>
  );
}

/** The cells of the layer that a rectangle over the image touches. */
function areaOf(explained: Explained, region: RegionOfInterest | null): Pick<UnitTarget, 'area'> {
  const planes = explained.run.planes[explained.layer];
  if (!planes || region?.kind !== 'rectangle') {
    return {};
  }
  const { height, width } = planes;
  const [top, bottom] = [region.y0, region.y1].sort((a, b) => a - b);
  const [left, right] = [region.x0, region.x1].sort((a, b) => a - b);
  const first = (share: number, size: number): number => Math.min(Math.max(Math.floor(share * size), 0), size - 1);
  const end = (share: number, from: number, size: number): number =>
    Math.min(Math.max(Math.ceil(share * size), from + 1), size);
  const [y, x] = [first(top, height), first(left, width)];
  return { area: [y, x, end(bottom, y, height), end(right, x, width)] };
}
