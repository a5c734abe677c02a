import * as React from 'react';
import { LinkGroup } from '../../session/view/link-group';
import { usePage, useSignal, useTrans } from '../shared/context';
import { Popover } from '../shared/popover';
import { useView } from '../shared/view-context';
import { linkedWith } from './linked-with';

const loadSettings = async (): Promise<React.FunctionComponent> => (await import('./link-settings')).LinkSettings;

/** Shows with how many views this one is linked, and lets one choose with which, and by what. */
export function LinkControl(): React.ReactElement {
  const { session } = useView();
  const group = usePage(LinkGroup);
  const trans = useTrans();
  const peers = useSignal(group.changed, () => group.peersOf(session).length);
  return (
    <Popover
      label={peers === 0 ? trans.__('Link') : trans.__('Linked: %1', peers)}
      mark={<LinkMark isLinked={peers > 0} />}
      title={trans.__('Linked with %1. Choose what moves together.', linkedWith(peers, trans))}
      load={loadSettings}
    />
  );
}

/** Two links of a chain, closed or apart. */
function LinkMark({ isLinked }: { isLinked: boolean }): React.ReactElement {
  const gap = isLinked ? 0 : 1.6;
  return (
    <svg
      viewBox="0 0 20 10"
      width="18"
      height="9"
      aria-hidden="true"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
    >
      <rect x={1} y={1.5} width={9 - gap} height={7} rx={3.5} />
      <rect x={8 + gap + (isLinked ? 1 : 2)} y={1.5} width={9 - gap - 0.5} height={7} rx={3.5} />
    </svg>
  );
}
