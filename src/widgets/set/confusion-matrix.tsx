import * as React from 'react';
import { classNamer } from '../../classes/classes';
import { confusionOf } from '../../classes/confusion';
import { quotedClass } from '../../messages/class-message';
import { equal } from '../../state/defaults';
import { useTrans } from '../shared/context';
import type { SetProps } from './set-props';
import { useFilter } from './use-filter';

/** How many images of each class are taken for each. A cell shows its images alone in the gallery. */
export function ConfusionMatrix({ payload, run, verdicts }: SetProps): React.ReactElement {
  const trans = useTrans();
  const [filter, setFilter] = useFilter();
  const { classes, counts, unknown, hidden } = React.useMemo(() => confusionOf(verdicts), [verdicts]);
  const name = React.useMemo(
    () => (run ? classNamer(run, payload.labels, trans) : (index: number) => payload.labels?.[index] ?? `${index}`),
    [run, payload, trans]
  );
  const share = (part: number, all: number): string => (all === 0 ? '–' : `${Math.round((100 * part) / all)} %`);
  return (
    <section className="jp-GradLens-setPart" aria-label={trans.__('Confusion matrix')}>
      <h3>{trans.__('Confusion matrix')}</h3>
      {classes.length > 0 && (
        <p className="jp-GradLens-note">
          {trans.__(
            'A row for each true class, a column for what its images are taken for. A number shows its images alone; pressed again, all.'
          )}
        </p>
      )}
      {classes.length > 0 && (
        <div className="jp-GradLens-setTable">
          <table className="jp-GradLens-confusion">
            <thead>
              <tr>
                <td />
                {classes.map(index => (
                  <th key={index} scope="col">
                    {name(index)}
                  </th>
                ))}
                <th scope="col">{trans.__('Right')}</th>
              </tr>
            </thead>
            <tbody>
              {classes.map((truth, row) => {
                const all = counts[row].reduce((sum, count) => sum + count, 0);
                return (
                  <tr key={truth}>
                    <th scope="row">{name(truth)}</th>
                    {classes.map((predicted, column) => {
                      const count = counts[row][column];
                      const cell = { truth, predicted };
                      const isShown = equal(filter, cell);
                      return (
                        <td
                          key={predicted}
                          data-verdict={truth === predicted ? 'right' : 'wrong'}
                          style={{ '--gradlens-share': all > 0 ? count / all : 0 } as React.CSSProperties}
                        >
                          {count > 0 ? (
                            <button
                              type="button"
                              className="jp-GradLens-button"
                              aria-pressed={isShown}
                              aria-label={trans._n(
                                '%1 image of %2 taken for %3',
                                '%1 images of %2 taken for %3',
                                count,
                                quotedClass(name(truth), truth),
                                quotedClass(name(predicted), predicted)
                              )}
                              onClick={() => setFilter(isShown ? null : cell)}
                            >
                              {count}
                            </button>
                          ) : (
                            0
                          )}
                        </td>
                      );
                    })}
                    <td>{share(counts[row][row], all)}</td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      )}
      {unknown > 0 && (
        <p className="jp-GradLens-note">
          {trans._n(
            '%1 image is not counted: its true class or its prediction is not known.',
            '%1 images are not counted: their true class or their prediction is not known.',
            unknown
          )}
        </p>
      )}
      {hidden.classes > 0 && (
        <p className="jp-GradLens-note">
          {trans.__(
            'The %1 classes with the most errors are shown; %2 others and %3 images in them are not.',
            classes.length,
            hidden.classes,
            hidden.images
          )}
        </p>
      )}
    </section>
  );
}
