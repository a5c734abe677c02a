import * as React from 'react';
import { useTrans } from '../shared/context';
import { later } from '../shared/later';
import type { SetProps } from './set-props';

const SetPanel = later(async () => (await import('./set-panel')).SetPanel);

/** What several images together say, closed until somebody asks. */
export function SetSection(props: SetProps): React.ReactElement {
  const trans = useTrans();
  const [isOpen, setOpen] = React.useState(false);
  return (
    <details open={isOpen} onToggle={event => setOpen(event.currentTarget.open)}>
      <summary>{trans.__('All images together')}</summary>
      {isOpen && <SetPanel {...props} />}
    </details>
  );
}
