import * as React from 'react';
import { truthNotice } from '../../../classes/predicted';
import type { RunResult } from '../../../engine/protocol/protocol';
import type { ModelPayload } from '../../../mime/payload';
import { Notices } from '../../shared/notices';

/** Says where the true classes that the cell gave are not those of the output. */
export function TruthNotice({ payload, run }: { payload: ModelPayload; run: RunResult }): React.ReactElement {
  const notice = React.useMemo(() => truthNotice(payload, run), [payload, run]);
  return <Notices notices={notice ? [notice] : []} />;
}
