import * as React from 'react';
import type { ModelSummary } from '../../graph/layer-info';
import type { Explained } from '../../session/model/explained';
import { useTrans } from '../shared/context';
import { later } from '../shared/later';

const TrustPanel = later(async () => (await import('./trust-panel')).TrustPanel);

/** “Is this map to be trusted?”, closed until somebody asks. */
export function TrustSection(props: { explained: Explained; model: ModelSummary }): React.ReactElement {
  const trans = useTrans();
  const [isOpen, setOpen] = React.useState(false);
  return (
    <details className="jp-GradLens-trustSection" open={isOpen} onToggle={event => setOpen(event.currentTarget.open)}>
      <summary>{trans.__('Is this map to be trusted?')}</summary>
      {isOpen && <TrustPanel {...props} />}
    </details>
  );
}
