import * as React from 'react';
import type { AdviceFindings, Advised } from '../../engine/protocol/trust';
import { METHOD_LABELS } from '../../state/methods';
import { useTrans } from '../shared/context';
import { useSession } from '../shared/view-context';
import { inShort } from './verdicts';

/** Layers and methods, the best first, each a way to show it. */
export function AdviceResult({ findings }: { findings: AdviceFindings }): React.ReactElement {
  const trans = useTrans();
  const session = useSession();
  const show = ({ layer, method }: Advised): void => session.update(layer === null ? { method } : { layer, method });
  return (
    <div
      className="jp-GradLens-checkTable"
      tabIndex={0}
      role="region"
      aria-label={trans.__('Layers and methods, ranked')}
    >
      <table>
        <thead>
          <tr>
            <th scope="col">{trans.__('Method and layer')}</th>
            <th scope="col">{trans.__('Insertion')}</th>
            <th scope="col">{trans.__('Deletion')}</th>
            <th scope="col">{trans.__('Difference')}</th>
          </tr>
        </thead>
        <tbody>
          {findings.ranked.map(advised => {
            const { layer, method, insertion, deletion } = advised;
            const name = layer === null ? METHOD_LABELS[method] : trans.__('%1 at %2', METHOD_LABELS[method], layer);
            return (
              <tr key={`${method} ${layer}`}>
                <th scope="row">
                  <button
                    type="button"
                    className="jp-GradLens-link"
                    aria-label={trans.__('Show %1', name)}
                    onClick={() => show(advised)}
                  >
                    {name}
                  </button>
                </th>
                <td>{inShort(insertion)}</td>
                <td>{inShort(deletion)}</td>
                <td>{inShort(insertion - deletion)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
