import * as React from 'react';
import { likelyLayout, type SpatialOutput } from '../../classes/spatial-output';
import { translated } from '../../messages/message';
import type { GridLayout, OutputReading } from '../../state/view-state';
import { useTrans } from '../shared/context';
import { Choice } from '../shared/fields';
import { useSession, useViewProperty } from '../shared/view-context';

type Kind = 'segmentation' | 'features' | 'grid';

const kindOf = (reading: OutputReading): Kind => (typeof reading === 'object' ? 'grid' : reading);

/** Says what the output is read as, whether anybody said so, and lets it be changed. */
export function ReadingChoice({ output }: { output: SpatialOutput }): React.ReactElement {
  const session = useSession();
  const trans = useTrans();
  const asked = useViewProperty('outputAs');
  const { rows, columns, channels, ending, reading, isAssumed, misfit } = output;
  const layout = asked !== null && typeof asked === 'object' ? asked : null;
  // What was explained is counted in what the output was before.
  const read = (next: OutputReading): void => session.explain({ outputAs: next, target: null });
  const choose = (kind: Kind): void =>
    read(kind === 'grid' ? (likelyLayout(channels) ?? { anchors: 1, classes: 1 }) : kind);
  const count = (label: string, name: keyof GridLayout, of: GridLayout): React.ReactElement => (
    <label className="jp-GradLens-field">
      <span>{label}</span>
      <input
        type="number"
        className="jp-GradLens-input jp-GradLens-count"
        min={1}
        step={1}
        value={of[name]}
        onChange={event => {
          const value = Number(event.target.value);
          if (Number.isInteger(value) && value > 0) {
            read({ ...of, [name]: value });
          }
        }}
      />
    </label>
  );
  return (
    <div role="group" className="jp-GradLens-reading" aria-label={trans.__('What the output is')}>
      <Choice<Kind>
        label={trans.__('The output is')}
        value={layout ? 'grid' : kindOf(reading)}
        options={[
          { value: 'segmentation', label: trans.__('a segmentation') },
          { value: 'features', label: trans.__('features') },
          { value: 'grid', label: trans.__('a detector’s grid') }
        ]}
        onChange={choose}
      />
      {layout && count(trans.__('Anchors'), 'anchors', layout)}
      {layout && count(trans.__('Classes'), 'classes', layout)}
      <span className="jp-GradLens-quiet">
        {trans.__('%1×%2 cells of %3 numbers', rows, columns, channels)}
        {isAssumed &&
          misfit === null &&
          ` · ${
            ending === 'none'
              ? trans.__('assumed, as it ends with neither softmax nor sigmoid')
              : trans.__('assumed, as it ends with a %1', ending ?? '')
          }`}
      </span>
      {misfit !== null && (
        <p role="status" className="jp-GradLens-note">
          {translated(misfit, trans)}
        </p>
      )}
    </div>
  );
}
