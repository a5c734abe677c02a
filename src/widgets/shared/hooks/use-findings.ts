import * as React from 'react';
import { type Findings, findingsOf } from '../../../session/findings/findings';
import { useModel, useView } from '../view-context';

/** What the checks of the view found, now and before its notebook was opened. */
export function useFindings(): Findings {
  const { controller } = useModel();
  const { keeper } = useView();
  const findings = React.useMemo(() => findingsOf(controller, keeper), [controller, keeper]);
  const [, setCount] = React.useState(0);
  React.useEffect(() => {
    const again = (): void => setCount(count => count + 1);
    findings.changed.connect(again);
    return () => void findings.changed.disconnect(again);
  }, [findings]);
  return findings;
}
