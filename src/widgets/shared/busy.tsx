import * as React from 'react';
import { type Busy as BusyState, describeProgress } from '../../session/progress/progress-text';
import { useTrans } from './context';

/** Progress of the work under way, with a Cancel button. */
export function Busy(props: { progress: BusyState; onCancel: () => void }): React.ReactElement {
  const trans = useTrans();
  const { done, total } = props.progress;
  const label = describeProgress(props.progress, trans);
  return (
    <div className="jp-GradLens-busy">
      <progress aria-label={label} value={total > 0 ? done : undefined} max={total > 0 ? total : undefined} />
      <span className="jp-GradLens-busyText" role="status">
        {label}
      </span>
      <button type="button" className="jp-GradLens-button" onClick={props.onCancel}>
        {trans.__('Cancel')}
      </button>
    </div>
  );
}
