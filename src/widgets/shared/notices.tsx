import * as React from 'react';
import { useServices } from './context';

/** What the user should know about what is shown: never about what failed, that is a Problem. */
export function Notices(props: { notices: readonly string[] }): React.ReactElement | null {
  const { said } = useServices();
  if (props.notices.length === 0) {
    return null;
  }
  return (
    <ul className="jp-GradLens-notices" role="status">
      {props.notices.map(notice => (
        <li key={notice}>{said(notice)}</li>
      ))}
    </ul>
  );
}
