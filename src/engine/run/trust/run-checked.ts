/** A request, with the checks that it asks for: whether its map is to be trusted, and what a layer's channels do. */
import type { OpenModel } from '../../model/open-model';
import type { RunParams, RunResult } from '../../protocol/protocol';
import type { TrustCheck, TrustFindings } from '../../protocol/trust';
import { kernelsOf } from '../channels/kernels';
import { rankChannels } from '../channels/rank-channels';
import { seekChannel } from '../channels/seek-channel';
import type { RunServices } from '../job';
import { runRequest } from '../run-request';
import { takeSum } from '../sums/take-sum';
import { checkAdvice } from './check-advice';
import { checkAgreement } from './check-agreement';
import { checkCurves } from './check-curves';
import { checkRandomisation } from './check-randomisation';
import { checkRoad } from './check-road';
import { type Checked, checkedRun } from './checked-map';

export async function runChecked(model: OpenModel, params: RunParams, services: RunServices): Promise<RunResult> {
  const { trust, ranking, ascent, kernels, sum, ...plain } = params;
  if (ranking) {
    return rankChannels(model, plain, ranking, services);
  }
  if (ascent) {
    return seekChannel(model, plain, ascent, services);
  }
  if (kernels !== undefined) {
    return { ...(await runRequest(model, plain, services)), kernels: kernelsOf(model, kernels) };
  }
  if (sum) {
    return takeSum(model, plain, sum, services);
  }
  if (!trust) {
    return runRequest(model, plain, services);
  }
  const checked = await checkedRun(model, plain, services);
  return { ...checked.result, trust: await findings(checked, trust) };
}

function findings(checked: Checked, check: TrustCheck): Promise<TrustFindings> {
  switch (check.kind) {
    case 'curves':
      return checkCurves(checked, check);
    case 'road':
      return checkRoad(checked, check);
    case 'randomisation':
      return checkRandomisation(checked, check);
    case 'agreement':
      return checkAgreement(checked, check);
    case 'advice':
      return checkAdvice(checked, check);
  }
}
