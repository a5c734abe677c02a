import * as React from 'react';
import { english, type Message, translated } from '../../messages/message';
import { useServices } from './context';

/** Remarks about what is shown. A failure is a {@link Problem}. */
export function Notices(props: { notices: readonly Message[] }): React.ReactElement | null {
  const { trans } = useServices();
  if (props.notices.length === 0) {
    return null;
  }
  return (
    <ul className="jp-GradLens-notices" role="status">
      {props.notices.map(notice => (
        <li key={english(notice)}>{translated(notice, trans)}</li>
      ))}
    </ul>
  );
}
