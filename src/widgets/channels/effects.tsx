import * as React from 'react';
import type { RankingFindings } from '../../engine/protocol/channels';
import type { Explained } from '../../session/model/explained';
import { wholeRun } from '../../session/model/slices';
import type { OffBy } from '../../state/vocabulary';
import { formatNumber } from '../../viewer/values/numbers';
import { changed } from '../experiment/score-table';
import { Busy } from '../shared/busy';
import { useTrans } from '../shared/context';
import { useFindings } from '../shared/hooks/use-findings';
import { useJobs } from '../shared/hooks/use-jobs';
import { Problem } from '../shared/problem';
import { useModel, useViewProperty } from '../shared/view-context';
import { type Effect, middleLeftOut, rankEffects } from './rank-effects';

/** The score without each channel of the layer, those that cost it most first. */
export function Effects(props: {
  explained: Explained;
  by: OffBy;
  /** The model is not here: what was kept is shown, and nothing computed. */
  isStored?: boolean;
}): React.ReactElement | null {
  const { explained, by, isStored = false } = props;
  const { controller } = useModel();
  const trans = useTrans();
  const jobs = useJobs<OffBy, RankingFindings>(wholeRun(explained));
  const { image, layer, target, score, output } = explained;
  const findings = useFindings();
  const found = jobs.found[by] ?? findings.ranking(explained, by);
  const start = (): void =>
    jobs.start(
      by,
      async options => {
        const { requests } = await controller.requests();
        const { ranking } = await requests.run(image, { target, score, output, ranking: { layer, by } }, options);
        if (ranking) {
          findings.keepRanking(explained, ranking);
        }
        return ranking;
      },
      'rank'
    );
  if (isStored && !found) {
    return null;
  }
  return (
    <section className="jp-GradLens-check" aria-label={trans.__('Effects of channels')}>
      <div className="jp-GradLens-checkHead">
        <h4>{trans.__('Which channels of %1 does the score need?', layer)}</h4>
        {!isStored && (
          <button type="button" className="jp-GradLens-button" disabled={jobs.running !== null} onClick={start}>
            {trans.__('Rank channels by effect')}
          </button>
        )}
      </div>
      <p className="jp-GradLens-note">
        {trans.__(
          'Switches off one channel at a time and scores again, all others on. Effects of single channels do not add up: channels that say the same stand in for each other.'
        )}
      </p>
      {jobs.running && <Busy progress={jobs.running.progress} onCancel={jobs.cancel} />}
      {jobs.problem?.name === by && (
        <Problem message={jobs.problem.message} onRetry={jobs.problem.isLasting ? undefined : start} />
      )}
      {found && <EffectTable found={found} kind={score} />}
    </section>
  );
}

function EffectTable({ found, kind }: { found: RankingFindings; kind: string }): React.ReactElement {
  const trans = useTrans();
  const { session } = useModel();
  const channel = useViewProperty('channel');
  const [isWhole, setWhole] = React.useState(false);
  const ranked = React.useMemo(() => rankEffects(found), [found]);
  const rows = isWhole ? ranked : middleLeftOut(ranked);
  const left = ranked.length - rows.filter(row => row !== null).length;
  const small = ranked.filter(({ change }) => Math.abs(change) < 0.01 * Math.abs(found.score)).length;
  const row = ({ channel: which, score }: Effect): React.ReactElement => {
    const { after, change } = changed(found.score, score, kind === 'probability');
    return (
      <tr key={which} className={which === channel ? 'jp-mod-explained' : undefined}>
        <th scope="row">
          <button
            type="button"
            className="jp-GradLens-link"
            aria-label={trans.__('Show channel %1', which)}
            aria-pressed={which === channel}
            onClick={() => session.update({ channel: which })}
          >
            {which}
          </button>
        </th>
        <td>{after}</td>
        <td>{change}</td>
      </tr>
    );
  };
  return (
    <>
      <p role="status">{evidence(ranked, found, small, trans)}</p>
      <div className="jp-GradLens-checkTable" tabIndex={0} role="region" aria-label={trans.__('Channels by effect')}>
        <table className="jp-GradLens-scores">
          <thead>
            <tr>
              <th scope="col">{trans.__('Channel off')}</th>
              <th scope="col">{kind === 'logit' ? trans.__('Score (logit)') : trans.__('Score (probability)')}</th>
              <th scope="col">{trans.__('Change')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(one =>
              one === null ? (
                <tr key="between">
                  <td colSpan={3}>
                    <button type="button" className="jp-GradLens-link" onClick={() => setWhole(true)}>
                      {trans.__('Show the %1 channels between', left)}
                    </button>
                  </td>
                </tr>
              ) : (
                row(one)
              )
            )}
          </tbody>
        </table>
      </div>
    </>
  );
}

function evidence(
  ranked: readonly Effect[],
  { score }: RankingFindings,
  small: number,
  trans: ReturnType<typeof useTrans>
): string {
  const [first] = ranked;
  const most = Math.max(...ranked.map(({ change }) => Math.abs(change)));
  const sizes = trans.__('%1 of %2 channels move it by less than 1 %%.', small, ranked.length);
  if (most === 0) {
    return trans.__('No channel alone moves the score of %1.', formatNumber(score));
  }
  return first.change < 0
    ? `${trans.__('The score of %1 falls most without channel %2: to %3.', formatNumber(score), first.channel, formatNumber(first.score))} ${sizes}`
    : `${trans.__('The score of %1 does not fall without any single channel of this layer.', formatNumber(score))} ${sizes}`;
}
