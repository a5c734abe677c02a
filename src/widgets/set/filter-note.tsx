import * as React from 'react';
import { classNamer } from '../../classes/classes';
import { quotedClass } from '../../messages/class-message';
import { passes } from '../../session/set/image-filter';
import { useTrans } from '../shared/context';
import type { SetProps } from './set-props';
import { useFilter } from './use-filter';

/** Says which images are shown where some are not, with a way back. */
export function FilterNote({ payload, run, verdicts }: SetProps): React.ReactElement | null {
  const [filter, setFilter] = useFilter();
  const trans = useTrans();
  if (!filter) {
    return null;
  }
  const name = run ? classNamer(run, payload.labels, trans) : (index: number) => payload.labels?.[index] ?? `${index}`;
  const count = verdicts.filter(verdict => passes(filter, verdict)).length;
  return (
    <p>
      <span role="status">
        {trans.__(
          'Shown are %1 of %2 images: of class %3, taken for %4.',
          count,
          verdicts.length,
          quotedClass(name(filter.truth), filter.truth),
          quotedClass(name(filter.predicted), filter.predicted)
        )}
      </span>{' '}
      <button type="button" className="jp-GradLens-link" onClick={() => setFilter(null)}>
        {trans.__('Show all images')}
      </button>
    </p>
  );
}
