import * as React from 'react';
import { type Message, translated } from '../../messages/message';
import { useServices } from './context';

/** A remark about what is shown, with buttons for what can be done about it. */
export function Notice(props: React.PropsWithChildren<{ message: Message }>): React.ReactElement {
  const { trans } = useServices();
  return (
    <div className="jp-GradLens-notice">
      <span role="status">{translated(props.message, trans)}</span>
      <span className="jp-GradLens-noticeActions">{props.children}</span>
    </div>
  );
}
