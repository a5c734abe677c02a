import type { TrustCheck, TrustFindings } from '../../engine/protocol/trust';
import type { Explained } from '../../session/model/explained';
import { wholeRun } from '../../session/model/slices';
import { type Jobs, useJobs } from '../shared/hooks/use-jobs';
import { useModel } from '../shared/view-context';
import type { CheckName } from './checks';

/** What was found of the map that is shown. */
export interface Checks extends Omit<Jobs<CheckName, TrustFindings>, 'start'> {
  start(name: CheckName, check: TrustCheck): void;
}

/** Checks the map shown, one check at a time. */
export function useChecks(explained: Explained): Checks {
  const { controller } = useModel();
  const jobs = useJobs<CheckName, TrustFindings>(wholeRun(explained));
  const start = (name: CheckName, trust: TrustCheck): void => {
    const { image, layer, method, target, score, output, convention } = explained;
    const wanted = { maps: [layer], method, target, score, output, convention, trust };
    jobs.start(name, async options => {
      const { requests } = await controller.requests();
      return (await requests.run(image, wanted, options)).trust;
    });
  };
  return { ...jobs, start };
}
