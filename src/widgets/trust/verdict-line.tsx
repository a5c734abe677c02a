import * as React from 'react';
import { translated } from '../../messages/message';
import { useTrans } from '../shared/context';
import type { Verdict } from './verdicts';

const MARKS = { good: '✓', doubtful: '?', bad: '✗' };

export function VerdictLine({ verdict }: { verdict: Verdict }): React.ReactElement {
  const trans = useTrans();
  return (
    <p className="jp-GradLens-verdict" data-grade={verdict.grade} role="status">
      <span aria-hidden="true">{MARKS[verdict.grade]}</span>
      <span>{translated(verdict.text, trans)}</span>
    </p>
  );
}
