import * as React from 'react';
import type { ClassScores } from '../session/classes';
import type { ScoreKind } from '../session/state';
import type { ViewSession } from '../session/view-session';
import { useTrans, useViewProperty } from './context';
import { Choice } from './fields';

const SHOWN = 5;

/** The highest-scoring classes; a click explains one. The explained class is listed even when it is not among them. */
export function ClassList(props: {
  session: ViewSession;
  scores: ClassScores;
  /** Class index that the heatmap explains. */
  explained: number | null;
  onPick: (index: number) => void;
}): React.ReactElement | null {
  const trans = useTrans();
  const score = useViewProperty(props.session, 'score');
  const { classes, areProbabilities, outputs, output } = props.scores;
  if (classes.length === 0 && outputs.length < 2) {
    return null;
  }
  const shown = classes.slice(0, SHOWN);
  const explained = classes.find(entry => entry.index === props.explained);
  if (explained && !shown.includes(explained)) {
    shown.push(explained);
  }
  const highest = Math.max(...shown.map(entry => Math.abs(entry.score)));
  return (
    <section role="group" className="jp-GradLens-classes" aria-label={trans.__('Top classes')}>
      <div className="jp-GradLens-caption">
        <h3>{trans.__('Top classes')}</h3>
        {outputs.length > 1 && (
          <Choice<string>
            label={trans.__('Output')}
            value={output ?? outputs[0]}
            options={outputs.map(value => ({ value, label: value }))}
            onChange={value => props.session.update({ output: value, target: null, channel: null })}
          />
        )}
        {areProbabilities && (
          <Choice<ScoreKind>
            label={trans.__('Explain the')}
            value={score}
            options={[
              { value: 'logit', label: trans.__('logit') },
              { value: 'probability', label: trans.__('probability') }
            ]}
            onChange={kind => props.session.update({ score: kind })}
          />
        )}
      </div>
      <ol>
        {shown.map(entry => {
          const share = areProbabilities ? entry.score : Math.abs(entry.score) / (highest || 1);
          const isExplained = entry.index === props.explained;
          return (
            <li key={entry.index}>
              <button
                type="button"
                aria-pressed={isExplained}
                title={
                  isExplained
                    ? trans.__('The heatmap explains class %1', entry.index)
                    : trans.__('Explain class %1', entry.index)
                }
                onClick={() => props.onPick(entry.index)}
              >
                <span className="jp-GradLens-classBar" style={{ width: `${100 * share}%` }} />
                <span className="jp-GradLens-className">{entry.label}</span>
                <span className="jp-GradLens-classScore">
                  {areProbabilities ? entry.score.toFixed(4) : entry.score.toPrecision(4)}
                </span>
              </button>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
