import * as React from 'react';
import { type ClassScores, isRegression, scoreText } from '../../classes/classes';
import { quotedClass } from '../../messages/class-message';
import type { Explained } from '../../session/model/explained';
import { classTarget } from '../../state/targets';
import { useTrans } from '../shared/context';
import { Choice } from '../shared/fields';
import { useRefusal } from '../shared/hooks/use-refusal';
import { MiddleCut } from '../shared/middle-cut';
import { Popover } from '../shared/popover';
import { RefusableButton } from '../shared/refusable';
import { useSession, useViewProperty } from '../shared/view-context';
import { ScoreChoice, scoreLabels } from './score-choice';
import { TargetChoices } from './target-controls';
import { ValueChoice } from './value-choice';

const SHOWN = 5;

/** The highest-scoring classes; a click explains one. The explained class is listed even when it is not among them. */
export function ClassList(props: {
  scores: ClassScores;
  /** Class index that the heatmap explains. */
  target: number | null;
  explained: Explained;
  /** True if a map of a class is shown, and what of the class it explains can be chosen. */
  hasMap: boolean;
  onPick: (index: number) => void;
}): React.ReactElement | null {
  const trans = useTrans();
  const refusal = useRefusal();
  const { kind, classes, areProbabilities, tied, outputs } = props.scores;
  const title =
    kind === 'value'
      ? trans.__('Output')
      : kind === 'channels'
        ? trans.__('Channels of the output')
        : kind === 'values'
          ? trans.__('Outputs')
          : trans.__('Top classes');
  if (classes.length === 0 && outputs.length < 2) {
    return null;
  }
  const shown = classes.slice(0, SHOWN);
  const explained = classes.find(entry => entry.index === props.target);
  if (explained && !shown.includes(explained)) {
    shown.push(explained);
  }
  const highest = Math.max(...shown.map(entry => Math.abs(entry.score)));
  return (
    <section role="group" className="jp-GradLens-classes" aria-label={title}>
      <div className="jp-GradLens-caption">
        <h3>{title}</h3>
        <OutputChoice scores={props.scores} />
        {(areProbabilities || props.hasMap) && (
          <WhatOfTheClass scores={props.scores} explained={props.explained} hasMap={props.hasMap} />
        )}
      </div>
      {tied > 1 && <p className="jp-GradLens-note">{trans.__('%1 share the highest score: none is ahead.', tied)}</p>}
      {kind === 'value' && classes.length > 0 ? (
        <ValueChoice value={classes[0]} />
      ) : (
        <ol>
          {shown.map(entry => {
            const share = areProbabilities ? entry.score : Math.abs(entry.score) / (highest || 1);
            const isExplained = entry.index === props.target;
            const score = scoreText(entry.score, areProbabilities);
            return (
              <li key={entry.index}>
                <RefusableButton
                  refusal={isExplained ? undefined : refusal({ target: entry.index })}
                  aria-pressed={isExplained}
                  aria-label={`${entry.label} ${score}`}
                  title={
                    isExplained
                      ? trans.__('The heatmap explains %1', quotedClass(entry.label, entry.index))
                      : trans.__('Explain %1', quotedClass(entry.label, entry.index))
                  }
                  onClick={() => props.onPick(entry.index)}
                >
                  {kind !== 'values' && <span className="jp-GradLens-classBar" style={{ width: `${100 * share}%` }} />}
                  <span className="jp-GradLens-className">
                    <MiddleCut text={entry.label} />
                  </span>
                  <span className="jp-GradLens-classScore">{score}</span>
                </RefusableButton>
              </li>
            );
          })}
        </ol>
      )}
    </section>
  );
}

/** Chooses the output whose classes are explained, where there are several. What the last one was read as is not this one's. */
export function OutputChoice({ scores: { outputs, output } }: { scores: ClassScores }): React.ReactElement | null {
  const session = useSession();
  const trans = useTrans();
  const refusal = useRefusal();
  return outputs.length < 2 ? null : (
    <Choice<string>
      label={trans.__('Output')}
      value={output ?? outputs[0]}
      options={outputs.map(value => ({
        value,
        label: value,
        refusal: refusal({ output: value, target: null, outputAs: null })
      }))}
      onChange={value => session.explain({ output: value, target: null, outputAs: null })}
    />
  );
}

/** A button that says what of the class is explained, with the choices behind it. */
export function WhatOfTheClass(props: {
  scores: ClassScores;
  explained: Explained;
  hasMap: boolean;
}): React.ReactElement {
  const { scores, explained, hasMap } = props;
  const trans = useTrans();
  const score = useViewProperty('score');
  const target = useViewProperty('target');
  const convention = useViewProperty('convention');
  const { negative, minus } = classTarget(target);
  const parts = [
    ...(scores.areProbabilities ? [scoreLabels(trans)[score]] : []),
    ...(negative && scores.kind === 'values' ? [trans.__('what lowers it')] : []),
    ...(negative && !isRegression(scores.kind) ? [trans.__('against')] : []),
    ...(minus === undefined ? [] : [trans.__('less another')]),
    ...(convention === null ? [] : [convention])
  ];
  return (
    <Popover
      label={parts.length > 0 ? trans.__('Explain: %1', parts.join(', ')) : trans.__('Explain')}
      title={
        isRegression(scores.kind)
          ? trans.__('What of the output is explained: what raises or lowers it, and how it is drawn')
          : trans.__('What of the class is explained: score, for or against, rather than another, and how it is drawn')
      }
    >
      {scores.areProbabilities && <ScoreChoice />}
      {hasMap && <TargetChoices scores={scores} explained={explained} />}
    </Popover>
  );
}
