import * as React from 'react';
import { useTrans } from '../shared/context';

/** The numbers of a plot, for who wants to read them. */
export function Values(props: { head: readonly string[]; rows: readonly (readonly string[])[] }): React.ReactElement {
  const trans = useTrans();
  return (
    <details className="jp-GradLens-checkValues">
      <summary>{trans.__('Values')}</summary>
      <div tabIndex={0} role="region" aria-label={trans.__('Values')}>
        <table>
          <thead>
            <tr>
              {props.head.map((cell, i) => (
                <th key={i} scope="col">
                  {cell}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {props.rows.map((row, i) => (
              <tr key={i}>
                {row.map((cell, j) =>
                  j === 0 ? (
                    <th key={j} scope="row">
                      {cell}
                    </th>
                  ) : (
                    <td key={j}>{cell}</td>
                  )
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
