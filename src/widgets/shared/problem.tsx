import * as React from 'react';
import { useServices } from './context';

/** One readable sentence on what went wrong, with a way to try again. What was on the screen stays. */
export function Problem(props: {
  message: string;
  /** What the button says; “Try again” unless given. */
  action?: string;
  onRetry?: () => void;
}): React.ReactElement {
  const { trans, said } = useServices();
  return (
    <div className="jp-GradLens-problem" role="alert">
      <span>{said(props.message)}</span>
      {props.onRetry && (
        <button type="button" className="jp-GradLens-button" onClick={props.onRetry}>
          {props.action ?? trans.__('Try again')}
        </button>
      )}
    </div>
  );
}
