import * as React from 'react';
import { rankClasses, scoreText } from '../../classes/classes';
import type { Experiment } from '../../session/experiment/experiment';
import { useTrans } from '../shared/context';
import { useModel } from '../shared/view-context';
import { changed } from './score-table';

/** What was kept, side by side. `isStored`: the model is not here, so that nothing can be shown again. */
export function EntryTable(props: { experiment: Experiment; isStored?: boolean }): React.ReactElement {
  const { experiment, isStored = false } = props;
  const { payload } = useModel();
  const trans = useTrans();
  const isOfSeveral = payload.images.length > 1;
  return (
    <table className="jp-GradLens-scores">
      <caption>{trans.__('Kept experiments')}</caption>
      <thead>
        <tr>
          <th scope="col">{trans.__('Name')}</th>
          {isOfSeveral && <th scope="col">{trans.__('Image')}</th>}
          {payload.models && <th scope="col">{trans.__('Model')}</th>}
          <th scope="col">{trans.__('Highest')}</th>
          <th scope="col">{trans.__('Explained class')}</th>
          <th scope="col">{trans.__('Before')}</th>
          <th scope="col">{trans.__('After')}</th>
          <th scope="col">{trans.__('Change')}</th>
          {!isStored && <td />}
        </tr>
      </thead>
      <tbody>
        {experiment.snapshot.entries.map(entry => {
          const [before, after] = [entry.before, entry.run].map(run => rankClasses(run, payload.labels, trans));
          const [was, is] = [before.classes, after.classes];
          const explained = entry.before.targets[0]?.index;
          const wasExplained = was.find(({ index }) => index === explained) ?? was[0];
          const isNow = is.find(({ index }) => index === wasExplained?.index);
          const texts = wasExplained && isNow && changed(wasExplained.score, isNow.score, before.areProbabilities);
          return (
            <tr key={entry.name}>
              <th scope="row">
                {isStored ? (
                  entry.name
                ) : (
                  <button
                    type="button"
                    className="jp-GradLens-link"
                    title={trans.__('Show it again')}
                    onClick={() => experiment.take(entry.perturbation)}
                  >
                    {entry.name}
                  </button>
                )}
              </th>
              {isOfSeveral && <td>{payload.images[entry.image]?.name}</td>}
              {payload.models && <td>{entry.model}</td>}
              <td>{is[0]?.label}</td>
              <td>{wasExplained?.label}</td>
              <td>{texts?.before ?? (wasExplained ? scoreText(wasExplained.score, before.areProbabilities) : '–')}</td>
              <td>{texts?.after ?? '–'}</td>
              <td>{texts?.change ?? '–'}</td>
              {!isStored && (
                <td>
                  <button
                    type="button"
                    className="jp-GradLens-link"
                    aria-label={trans.__('Remove %1', entry.name)}
                    onClick={() => experiment.remove(entry.name)}
                  >
                    {trans.__('Remove')}
                  </button>
                </td>
              )}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
