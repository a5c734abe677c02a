import './check.css';
import './trust.css';
import * as React from 'react';
import type { TrustFindings } from '../../engine/protocol/trust';
import type { CurveConvention } from '../../explain/trust/curves';
import type { ModelSummary } from '../../graph/layer-info';
import { translated } from '../../messages/message';
import type { Explained } from '../../session/model/explained';
import { Busy } from '../shared/busy';
import { useTrans } from '../shared/context';
import { Choice } from '../shared/fields';
import { Problem } from '../shared/problem';
import { AdviceResult } from './advice-result';
import { AgreementResult } from './agreement-result';
import { type CheckName, checkOf } from './checks';
import { CurveResult } from './curve-result';
import { PointingCheck } from './pointing-check';
import { RandomisationResult } from './randomisation-result';
import { RoadResult } from './road-result';
import { roadVerdict } from './road-verdict';
import { useChecks } from './use-checks';
import { VerdictLine } from './verdict-line';
import {
  adviceText,
  agreementVerdict,
  curveCaution,
  curveVerdict,
  randomisationVerdict,
  type Verdict
} from './verdicts';

interface Offer {
  name: CheckName;
  title: string;
  /** What it does, and what good and bad look like. */
  about: string;
}

/** Checks of the map shown: each with what it asks, a button, and what it found. */
export function TrustPanel({ explained, model }: { explained: Explained; model: ModelSummary }): React.ReactElement {
  const trans = useTrans();
  const [convention, setConvention] = React.useState<CurveConvention>('rise');
  const checks = useChecks(explained);
  const offers: Offer[] = [
    {
      name: 'curves',
      title: trans.__('Deletion and insertion'),
      about: trans.__(
        'Takes the pixels that the map marks most from the picture, step by step, and puts them into an empty one (Petsiuk et al. 2018). Good: the score falls at once, and rises at once: a small area for deletion, a large one for insertion. Bad: both run as for maps with the same cells at random places.'
      )
    },
    {
      name: 'road',
      title: trans.__('Remove and debias (ROAD)'),
      about: trans.__(
        'Replaces the pixels that the map marks most, or least, by what their neighbours say, so that no black shapes mislead the model (Rong et al. 2022). Good: the score falls without the most, and stays without the least. Bad: both do the same, or as maps with the same cells at random places.'
      )
    },
    {
      name: 'cascading',
      title: trans.__('Random weights, from the output down'),
      about: trans.__(
        'Shuffles the weights of more and more layers, and compares the maps (Adebayo et al. 2018, cascading). Good: the similarity falls towards 0. Bad: it stays near 1, as that of an edge detector does.'
      )
    },
    {
      name: 'independent',
      title: trans.__('Random weights, each group of layers alone'),
      about: trans.__(
        'Shuffles the weights of one group of layers at a time (Adebayo et al. 2018, independent). Good: each group changes the map. Bad: groups that can be random without the map noticing.'
      )
    },
    {
      name: 'agreement',
      title: trans.__('Agreement of methods'),
      about: trans.__(
        'Compares how methods rank the cells of this layer. Good: methods that work differently agree. Bad: this one stands alone. Agreement proves nothing by itself: methods of one family share their faults.'
      )
    },
    {
      name: 'advice',
      title: trans.__('Which layer and method?'),
      about: trans.__(
        'Ranks some layers and methods by insertion less deletion on this picture: the better, the more its map names the pixels that the score needs. It holds for this picture alone.'
      )
    }
  ];
  return (
    <div className="jp-GradLens-trust">
      <p className="jp-GradLens-note">
        {trans.__('Each check runs the model many times on this picture; a new question of yours ends it.')}
      </p>
      <Choice<CurveConvention>
        label={trans.__('Curves as in')}
        value={convention}
        options={[
          { value: 'rise', label: trans.__('RISE: insertion into a blurred picture') },
          { value: 'torch-cam', label: trans.__('torch-cam: empty is 0, true widths of steps') },
          { value: 'xplique', label: trans.__('Xplique: empty is 0, equal widths of steps') }
        ]}
        onChange={setConvention}
      />
      {offers.map(({ name, title, about }) => {
        const { running, problem } = checks;
        const findings = checks.found[name];
        const start = (): void => checks.start(name, checkOf(name, explained, model, convention));
        return (
          <section key={name} className="jp-GradLens-check" aria-label={title}>
            <div className="jp-GradLens-checkHead">
              <h4>{title}</h4>
              <button
                type="button"
                className="jp-GradLens-button"
                aria-label={trans.__('Check: %1', title)}
                disabled={running !== null}
                onClick={start}
              >
                {findings ? trans.__('Check again') : trans.__('Check')}
              </button>
            </div>
            <p className="jp-GradLens-note">{about}</p>
            {running?.name === name && <Busy progress={running.progress} onCancel={checks.cancel} />}
            {problem?.name === name && (
              <Problem message={problem.message} onRetry={problem.isLasting ? undefined : start} />
            )}
            {findings && <Findings findings={findings} explained={explained} />}
          </section>
        );
      })}
      <PointingCheck explained={explained} />
    </div>
  );
}

function Findings({ findings, explained }: { findings: TrustFindings; explained: Explained }): React.ReactElement {
  const trans = useTrans();
  const verdict = (of: Verdict | null): React.ReactElement | null => of && <VerdictLine verdict={of} />;
  switch (findings.kind) {
    case 'curves': {
      const caution = curveCaution(findings);
      return (
        <>
          {verdict(curveVerdict(findings))}
          {caution && <p className="jp-GradLens-note">{translated(caution, trans)}</p>}
          <CurveResult findings={findings} />
        </>
      );
    }
    case 'road':
      return (
        <>
          {verdict(roadVerdict(findings))}
          <RoadResult findings={findings} />
        </>
      );
    case 'randomisation':
      return (
        <>
          {verdict(randomisationVerdict(findings))}
          <RandomisationResult findings={findings} />
        </>
      );
    case 'agreement':
      return (
        <>
          {verdict(agreementVerdict(findings, explained.method))}
          <AgreementResult findings={findings} />
        </>
      );
    case 'advice': {
      const text = adviceText(findings);
      return (
        <>
          {text && <p role="status">{translated(text, trans)}</p>}
          <AdviceResult findings={findings} />
        </>
      );
    }
  }
}
