import * as React from 'react';
import type { AgreementFindings } from '../../engine/protocol/trust';
import { translated } from '../../messages/message';
import { METHOD_LABELS } from '../../state/methods';
import { useTrans } from '../shared/context';
import { inShort } from './verdicts';

/** The rank correlation of each two methods. */
export function AgreementResult({ findings }: { findings: AgreementFindings }): React.ReactElement {
  const trans = useTrans();
  const { methods, correlations, grid, problems } = findings;
  return (
    <>
      <div className="jp-GradLens-checkTable" tabIndex={0} role="region" aria-label={trans.__('Agreement of methods')}>
        <table className="jp-GradLens-agreement">
          <thead>
            <tr>
              <td />
              {methods.map(method => (
                <th key={method} scope="col">
                  {METHOD_LABELS[method]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {methods.map((method, row) => (
              <tr key={method}>
                <th scope="row">{METHOD_LABELS[method]}</th>
                {methods.map((other, column) => {
                  const value = correlations[row * methods.length + column];
                  const share = Math.round(100 * Math.max(value ?? 0, 0));
                  return (
                    <td key={other} style={{ '--gradlens-share': `${share}%` } as React.CSSProperties}>
                      {value === null ? '–' : inShort(value)}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="jp-GradLens-note">
        {trans.__(
          'Spearman’s rank correlation of absolute values over %1 × %2 cells; maps of the input are averaged in each cell.',
          ...grid
        )}
      </p>
      {Object.values(problems).map((problem, i) => (
        <p key={i} className="jp-GradLens-note">
          {translated(problem, trans)}
        </p>
      ))}
    </>
  );
}
