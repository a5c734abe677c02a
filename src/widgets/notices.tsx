import * as React from 'react';

/** What the user should know about what is shown: never about what failed, that is a Problem. */
export function Notices(props: { notices: readonly string[] }): React.ReactElement | null {
  if (props.notices.length === 0) {
    return null;
  }
  return (
    <ul className="jp-GradLens-notices" role="status">
      {props.notices.map(notice => (
        <li key={notice}>{notice}</li>
      ))}
    </ul>
  );
}
