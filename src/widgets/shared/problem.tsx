import * as React from 'react';
import { type Message, translated } from '../../messages/message';
import { useServices } from './context';

/** One readable sentence on what went wrong, with a way to try again. What was on the screen stays. */
export function Problem(
  props: React.PropsWithChildren<{
    message: Message;
    /** The button's text; “Try again” unless given. */
    action?: string;
    onRetry?: () => void;
  }>
): React.ReactElement {
  const { trans } = useServices();
  return (
    <div className="jp-GradLens-problem" role="alert">
      <span>{translated(props.message, trans)}</span>
      {props.onRetry && (
        <button type="button" className="jp-GradLens-button" onClick={props.onRetry}>
          {props.action ?? trans.__('Try again')}
        </button>
      )}
      {props.children}
    </div>
  );
}
