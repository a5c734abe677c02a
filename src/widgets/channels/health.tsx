import * as React from 'react';
import type { HealthFindings } from '../../engine/protocol/health';
import type { ModelSummary } from '../../graph/layer-info';
import { healthLayers } from '../../layers/health-layers';
import { translated } from '../../messages/message';
import { feedingOf } from '../../session/model/feeding';
import { Busy } from '../shared/busy';
import { useTrans } from '../shared/context';
import { useFindings } from '../shared/hooks/use-findings';
import { useJobs } from '../shared/hooks/use-jobs';
import { Problem } from '../shared/problem';
import { useModel } from '../shared/view-context';
import { adviceOf, overall } from './advice';
import { HealthChart } from './health-chart';
import { type JudgedLayer, judgedLayers } from './judged-layers';
import { KindList } from './kind-list';

/** Images that are run at most. */
const MOST_IMAGES = 64;

/** Dead, constant, saturated and near-duplicate channels of all layers, over the images of the view. */
export function Health(props: {
  model: ModelSummary;
  /** The model is not here: what was kept is shown, and nothing computed. */
  isStored?: boolean;
}): React.ReactElement | null {
  const { model, isStored = false } = props;
  const { controller, payload, session } = useModel();
  const trans = useTrans();
  const { images } = payload;
  const feeding = feedingOf(controller);
  const jobs = useJobs<'health', HealthFindings>(React.useMemo(() => ({ images, feeding }), [images, feeding]));
  const layers = React.useMemo(() => healthLayers(model.layers).map(({ id }) => id), [model]);
  const chosenImages = React.useMemo(() => spread(images.length), [images]);
  const findings = useFindings();
  const kept = findings.health;
  const found = jobs.found.health ?? kept;
  const judged = React.useMemo(() => (found ? judgedLayers(found) : null), [found]);
  const [chosen, choose] = React.useState<string | null>(null);
  const shown = judged && (judged.find(({ layer }) => layer === chosen) ?? worst(judged));
  const start = (): void =>
    jobs.start(
      'health',
      async options => {
        const { requests } = await controller.requests();
        const health = await requests.health(chosenImages, layers, options);
        findings.keepHealth(health);
        return health;
      },
      'judge'
    );
  const show = (layer: string): void => {
    choose(layer);
    if (model.layers.some(({ id, spatial }) => id === layer && spatial)) {
      session.update({ layer });
    }
  };
  const count = chosenImages.length;
  if (isStored && !found) {
    return null;
  }
  return (
    <section className="jp-GradLens-check" aria-label={trans.__('Feature health')}>
      <div className="jp-GradLens-checkHead">
        <h4>{trans.__('Feature health of all layers')}</h4>
        {!isStored && (
          <button type="button" className="jp-GradLens-button" disabled={jobs.running !== null} onClick={start}>
            {trans._n('Check over %1 image', 'Check over %1 images', count, count)}
          </button>
        )}
      </div>
      <p className="jp-GradLens-note">
        {trans.__(
          'Counts channels that are dead, constant, saturated or near-duplicates over the images of this view, each layer behind its normalisation and activation.'
        )}
        {count < images.length && ` ${trans.__('Of %1 images, %2 are run, evenly spread.', images.length, count)}`}
      </p>
      {jobs.running && <Busy progress={jobs.running.progress} onCancel={jobs.cancel} />}
      {jobs.problem && <Problem message={jobs.problem.message} onRetry={jobs.problem.isLasting ? undefined : start} />}
      {found && judged && (
        <>
          {found.problems.map((problem, i) => (
            <p key={i} className="jp-GradLens-note">
              {translated(problem, trans)}
            </p>
          ))}
          <p role="status">{translated(overall(judged, found.images), trans)}</p>
          <HealthChart judged={judged} chosen={shown?.layer ?? null} onChoose={show} />
          {shown && (
            <section aria-label={trans.__('Health of %1', shown.layer)}>
              <h4>{shown.layer}</h4>
              {adviceOf(shown, found.images).map((advice, i) => (
                <p key={i}>
                  {advice.map((sentence, j) => (
                    <React.Fragment key={j}>
                      {j === 0 ? <strong>{translated(sentence, trans)}</strong> : ` ${translated(sentence, trans)}`}
                    </React.Fragment>
                  ))}
                </p>
              ))}
              <KindList of={shown} />
            </section>
          )}
        </>
      )}
    </section>
  );
}

/** The layer of which the largest share is not live; the first of equals. */
function worst(judged: readonly JudgedLayer[]): JudgedLayer | null {
  const share = ({ counts, channels }: JudgedLayer): number => 1 - counts.live / channels;
  return judged.reduce<JudgedLayer | null>((best, one) => (!best || share(one) > share(best) ? one : best), null);
}

/** Indices of the images to run. */
function spread(images: number): number[] {
  const count = Math.min(images, MOST_IMAGES);
  return Array.from({ length: count }, (_, i) => Math.floor((i * images) / count));
}
