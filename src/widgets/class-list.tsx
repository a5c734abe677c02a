import * as React from 'react';
import type { ClassScores } from '../session/classes';
import { useTrans } from './context';

const SHOWN = 5;

/** The highest-scoring classes; a click explains one. The explained class is listed even when it is not among them. */
export function ClassList(props: {
  scores: ClassScores;
  /** Class index that the heatmap explains. */
  explained: number | null;
  onPick: (index: number) => void;
}): React.ReactElement | null {
  const trans = useTrans();
  const { classes, areProbabilities } = props.scores;
  if (classes.length === 0) {
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
      <h3>{trans.__('Top classes')}</h3>
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
