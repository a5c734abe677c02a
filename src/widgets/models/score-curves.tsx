import * as React from 'react';
import { scoreText } from '../../classes/classes';
import { translated } from '../../messages/message';
import type { ModelFile } from '../../mime/payload';
import { scoreOf } from '../../session/experiment/score-curve';
import type { Explained } from '../../session/model/explained';
import { modelScoresOf } from '../../session/models/model-scores';
import { LinePlot } from '../plot/line-plot';
import { Busy } from '../shared/busy';
import { useSignal, useTrans } from '../shared/context';
import { useModel } from '../shared/view-context';
import { modelName } from './model-name';

/** Classes that are drawn beside the one that is explained. */
const OTHERS = 2;
const DASHES = ['solid', 'dashed', 'dotted'] as const;

/** The scores of the image by all models, on request: the class explained, and those that score highest beside it. */
export function ScoreCurves(props: {
  explained: Explained;
  models: readonly ModelFile[];
  /** Of the model that is shown. */
  index: number;
  /** Of the axis. */
  label: string;
  areEpochs: boolean;
  classNames: (index: number) => string;
}): React.ReactElement {
  const { explained, models, index, label, areEpochs, classNames } = props;
  const { controller } = useModel();
  const trans = useTrans();
  const scores = React.useMemo(() => modelScoresOf(controller), [controller]);
  const { found, running } = useSignal(scores.changed, () => scores.of(explained));
  const { run } = explained;
  const chosen = run.targets[0]?.index ?? -1;
  const values = (of: number): (number | null)[] =>
    models.map((_, i) => {
      const answer = found.get(i);
      return answer && 'scores' in answer ? scoreOf(answer.scores, of, run) : null;
    });
  const classes = chosen < 0 ? [] : [chosen, ...othersOf(found.values(), chosen)];
  const lines = classes.map((of, i) => ({ label: classNames(of), values: values(of), dash: DASHES[i] }));
  const finite = lines.flatMap(line => line.values).filter(value => value !== null);
  const problems = models.flatMap((model, i) => {
    const answer = found.get(i);
    return answer && 'problem' in answer ? [{ model, problem: answer.problem }] : [];
  });
  const isWhole = models.every((_, i) => found.has(i) && 'scores' in (found.get(i) ?? {}));
  const title = trans.__('Scores of the image by %1', label.toLowerCase());
  return (
    <section className="jp-GradLens-modelsPart" aria-label={trans.__('Score curves')}>
      <h3>{trans.__('Score curves')}</h3>
      {chosen < 0 ? (
        <p className="jp-GradLens-note">{trans.__('They are of classes: explain one.')}</p>
      ) : (
        !isWhole && (
          <div>
            <button
              type="button"
              className="jp-GradLens-button"
              disabled={running !== null}
              onClick={() => scores.start(explained)}
            >
              {areEpochs
                ? trans._n('Ask the model of %1 epoch', 'Ask the models of all %1 epochs', models.length)
                : trans._n('Ask %1 model', 'Ask all %1 models', models.length)}
            </button>
          </div>
        )
      )}
      {running && <Busy progress={running} onCancel={() => scores.cancel()} />}
      {problems.length > 0 && running === null && (
        <div className="jp-GradLens-problem" role="alert">
          <span>
            {trans._n('%1 model has no score:', '%1 models have no score:', problems.length)}{' '}
            {translated(problems[0].problem, trans)}
          </span>
        </div>
      )}
      {finite.length > 0 && (
        <>
          <LinePlot
            title={title}
            places={models.map((_, i) => i / (models.length - 1))}
            lines={lines}
            axis={{
              // Names of files are longer than the axis.
              first: areEpochs ? modelName(models[0], trans) : '1',
              label,
              last: areEpochs ? modelName(models[models.length - 1], trans) : `${models.length}`
            }}
            span={finite.every(value => value >= 0 && value <= 1) ? [0, 1] : null}
            now={index / (models.length - 1)}
          />
          <details>
            <summary>{trans.__('Scores as a table')}</summary>
            <div className="jp-GradLens-modelsTable" tabIndex={0} role="region" aria-label={title}>
              <table>
                <caption>{title}</caption>
                <thead>
                  <tr>
                    <th scope="col">{label}</th>
                    {lines.map(line => (
                      <th key={line.label} scope="col">
                        {line.label}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {models.map((model, i) => (
                    <tr key={model.path}>
                      <th scope="row">{modelName(model, trans)}</th>
                      {lines.map(line => {
                        const value = line.values[i];
                        return (
                          <td key={line.label}>{value === null ? '–' : scoreText(value, run.ending !== 'none')}</td>
                        );
                      })}
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          </details>
        </>
      )}
    </section>
  );
}

/** The classes that any of the models gives the highest scores, but for the one that is explained. */
function othersOf(answers: Iterable<{ scores: Float64Array } | object>, chosen: number): number[] {
  const most = new Map<number, number>();
  for (const answer of answers) {
    if ('scores' in answer) {
      answer.scores.forEach((score, index) => most.set(index, Math.max(score, most.get(index) ?? -Infinity)));
    }
  }
  return [...most]
    .filter(([index]) => index !== chosen)
    .sort(([, a], [, b]) => b - a)
    .slice(0, OTHERS)
    .map(([index]) => index);
}
