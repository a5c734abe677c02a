import * as React from 'react';
import { translated } from '../../messages/message';
import { METHOD_LABELS } from '../../state/methods';
import type { MethodName } from '../../state/view-state';
import { useTrans } from '../shared/context';
import { METHOD_TOPICS, type TopicName, TOPICS } from './topics';

/** A topic, as a “?” shows it; loaded when the first is opened. */
export function HelpText(props: { topic: TopicName | MethodName }): React.ReactElement {
  const { topic } = props;
  const trans = useTrans();
  const names: Record<TopicName, string> = {
    score: trans.__('Score'),
    layer: trans.__('Layer'),
    range: trans.__('Range')
  };
  const isMethod = topic in METHOD_TOPICS;
  const { formula, costs, misleads, paper } = isMethod
    ? METHOD_TOPICS[topic as MethodName]
    : TOPICS[topic as TopicName];
  return (
    <div className="jp-GradLens-help">
      <h3>{isMethod ? METHOD_LABELS[topic as MethodName] : names[topic as TopicName]}</h3>
      <p className="jp-GradLens-formula">{formula}</p>
      {isMethod && (
        <p className="jp-GradLens-note">
          {trans.__('A: activations of the layer; s: the score; g: its gradient at the layer; x: the input.')}
        </p>
      )}
      <dl>
        <dt>{trans.__('Costs')}</dt>
        <dd>{translated(costs, trans)}</dd>
        <dt>{trans.__('Misleads')}</dt>
        <dd>{translated(misleads, trans)}</dd>
        {paper && (
          <>
            <dt>{trans.__('Paper')}</dt>
            <dd>
              <a href={paper.url} target="_blank" rel="noreferrer">
                {paper.name}
              </a>
            </dd>
          </>
        )}
      </dl>
    </div>
  );
}
