import * as React from 'react';
import { type ClassScore, scoreText } from '../../classes/classes';
import { classTarget, isClassTarget } from '../../state/targets';
import { useTrans } from '../shared/context';
import { useSession, useViewProperty } from '../shared/view-context';
import { valueLabel } from './target-label';

/** An output that is one number, no probability: its value, and what raises or what lowers it. */
export function ValueChoice({ value }: { value: ClassScore }): React.ReactElement {
  const session = useSession();
  const trans = useTrans();
  const target = useViewProperty('target');
  const side = isClassTarget(target) ? classTarget(target).negative === true : null;
  return (
    <>
      <p className="jp-GradLens-outputValue">
        <span className="jp-GradLens-className">{value.label}</span>
        <span className="jp-GradLens-classScore">{scoreText(value.score, false)}</span>
      </p>
      <ol aria-label={trans.__('What is explained')}>
        {[false, true].map(negative => (
          <li key={String(negative)}>
            <button
              type="button"
              aria-pressed={side === negative}
              onClick={() => session.explain({ target: negative ? { class: null, negative } : null })}
            >
              <span className="jp-GradLens-className">{valueLabel({ negative }, value.label, value.index, trans)}</span>
            </button>
          </li>
        ))}
      </ol>
    </>
  );
}
