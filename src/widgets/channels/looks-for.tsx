import * as React from 'react';
import { classNamer, outputKind } from '../../classes/classes';
import type { AscentFindings, AscentParams } from '../../engine/protocol/ascent';
import type { RunParams } from '../../engine/protocol/protocol';
import { targetOfClass } from '../../explain/target-of-class';
import type { ModelSummary } from '../../graph/layer-info';
import { fetched } from '../../messages/fetched';
import type { Explained } from '../../session/model/explained';
import { feedingOf } from '../../session/model/feeding';
import { targetLabel } from '../classes/target-label';
import { Busy } from '../shared/busy';
import { useTrans } from '../shared/context';
import { useJobs } from '../shared/hooks/use-jobs';
import { Problem } from '../shared/problem';
import { useModel, useViewProperty } from '../shared/view-context';
import { AscentSettings, type Growing, USUAL } from './ascent-settings';
import { CopyCell } from './copy-cell';
import { grownOf } from './grown-of';
import { GrownPictures } from './grown-pictures';

/** What is asked for, and its name. */
interface Question {
  of: string;
  wanted: Partial<RunParams>;
}

/** What has grown, or grows, and how it is fed. */
interface Grown extends Question {
  feeding: string;
  found: AscentFindings;
}

/** Grows pictures that a channel, or the class explained, answers most strongly. */
export function LooksFor(props: { explained: Explained; model: ModelSummary }): React.ReactElement {
  const { explained, model } = props;
  const { controller, payload } = useModel();
  const trans = useTrans();
  const channel = useViewProperty('channel');
  const [settings, set] = React.useState<Growing>(USUAL);
  const [grown, setGrown] = React.useState<Grown | null>(null);
  const feeding = feedingOf(controller);
  const jobs = useJobs<'ascent', AscentFindings>(feeding);
  const asked = React.useRef<Question | null>(null);
  const { image, layer, output, run } = explained;
  const index = run.targets[0]?.index ?? null;

  const start = (question: Question): void => {
    asked.current = question;
    setGrown(null);
    const ascent = paramsOf(settings);
    jobs.start(
      'ascent',
      async options => {
        const { requests } = await controller.requests();
        const show = (found: AscentFindings | undefined): void => {
          if (found && !options.signal?.aborted) {
            setGrown({ ...question, feeding, found });
          }
        };
        const wanted = { ...question.wanted, score: 'logit' as const, output, ascent };
        const answer = await requests.run(image, wanted, { ...options, onPartial: partial => show(partial.ascent) });
        show(answer.ascent);
        return answer.ascent;
      },
      'grow'
    );
  };
  const ofChannel: Question | null = channel === null ? null : channelOf(layer, channel, trans);
  const ofClass: Question | null =
    index === null
      ? null
      : {
          of: targetLabel(
            explained.target,
            index,
            outputKind(run),
            classNamer(run, payload.labels, trans),
            trans,
            null,
            true
          ),
          wanted: { target: targetOfClass(explained.target, index) }
        };
  const button = (question: Question | null, label: string): React.ReactElement => (
    <button
      type="button"
      className="jp-GradLens-button"
      disabled={question === null || jobs.running !== null}
      onClick={() => question && start(question)}
    >
      {label}
    </button>
  );
  const shown = grown?.feeding === feeding ? grown : null;
  const cellOf = ({ wanted, found }: Grown): React.ComponentProps<typeof CopyCell>['cell'] => {
    const of = grownOf(wanted.target, explained, model, found);
    return of && (async cell => (await fetched(import('../../session/view/ascent-code'))).ascentCode(cell, of, found));
  };
  return (
    <section className="jp-GradLens-check" aria-label={trans.__('What it looks for')}>
      <h4>{trans.__('What does it look for?')}</h4>
      <p className="jp-GradLens-note">
        {trans.__(
          'Changes noise step by step so that a channel, or the class explained, becomes large. What comes out is a pattern that makes it large, not a picture from the data: another start gives another pattern, and the model may never have met any of them.'
        )}
      </p>
      <div className="jp-GradLens-buttons">
        {button(
          ofChannel,
          channel === null ? trans.__('What a channel looks for') : trans.__('What channel %1 looks for', channel)
        )}
        {ofClass && button(ofClass, trans.__('What raises %1', ofClass.of))}
        {channel === null && (
          <span className="jp-GradLens-note">{trans.__('Choose a channel among the feature maps first.')}</span>
        )}
      </div>
      <AscentSettings value={settings} onChange={set} />
      {jobs.running && <Busy progress={jobs.running.progress} onCancel={jobs.cancel} />}
      {jobs.problem && (
        <Problem
          message={jobs.problem.message}
          onRetry={jobs.problem.isLasting ? undefined : () => asked.current && start(asked.current)}
        />
      )}
      {shown && (
        <GrownPictures of={shown.of} found={shown.found} isRunning={jobs.running !== null}>
          <CopyCell explained={explained} model={model} cell={cellOf(shown)} />
        </GrownPictures>
      )}
    </section>
  );
}

const channelOf = (layer: string, channel: number, trans: ReturnType<typeof useTrans>): Question => ({
  of: trans.__('channel %1 of %2', channel, layer),
  wanted: { target: { layer, channel } }
});

const paramsOf = ({ seed, count, ...settings }: Growing): AscentParams => ({
  ...settings,
  seeds: Array.from({ length: count }, (_, i) => seed + i)
});
