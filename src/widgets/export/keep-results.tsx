import * as React from 'react';
import type { ResultKeeper } from '../../session/kept/result-keeper';
import type { ViewKeeper } from '../../session/kept/view-keeper';
import { formatNumber } from '../../viewer/values/numbers';
import { useServices, useSignal, useTrans } from '../shared/context';
import { Choice } from '../shared/fields';
import { useView } from '../shared/view-context';

/** How much of what a view found its notebook keeps, and what that takes; nothing for a view that is no notebook's. */
export function KeepResults(): React.ReactElement | null {
  const { keeper } = useView();
  const { isStandalone } = useServices();
  return keeper?.results && !isStandalone ? <Kept keeper={keeper} results={keeper.results} /> : null;
}

function Kept({ keeper, results }: { keeper: ViewKeeper; results: ResultKeeper }): React.ReactElement {
  const trans = useTrans();
  useSignal(results.changed, () => results.revision);
  const [choice, setChoice] = React.useState(results.choice);
  const { kept, all, usual } = results.sizes(choice);
  const megabytes = (bytes: number): string => trans.__('%1 MB', formatNumber(bytes / 1e6, 2));
  return (
    <div className="jp-GradLens-set" role="group" aria-label={trans.__('Kept in the notebook')}>
      <Choice<'usual' | 'more' | 'picture'>
        label={trans.__('Keep in the notebook')}
        value={choice ?? 'usual'}
        options={[
          { value: 'usual', label: trans.__('up to %1', megabytes(usual)) },
          { value: 'more', label: trans.__('all maps: %1', megabytes(all)) },
          { value: 'picture', label: trans.__('only the picture') }
        ]}
        onChange={value => {
          const next = value === 'usual' ? null : value;
          keeper.keepResults(next);
          setChoice(next);
        }}
      />
      <p className="jp-GradLens-note" role="status">
        {kept < all
          ? trans.__('%1 of %2 are kept: what was looked at last.', megabytes(kept), megabytes(all))
          : trans.__('All that was looked at is kept: %1.', megabytes(kept))}
      </p>
    </div>
  );
}
