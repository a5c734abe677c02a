import * as React from 'react';
import { classNamer, outputKind } from '../../classes/classes';
import { saysClasses } from '../../classes/predicted';
import { needsLayer } from '../../explain/kinds';
import type { Explained } from '../../session/model/explained';
import { passes } from '../../session/set/image-filter';
import { type ClassChoice, setMapsOf, setQuestion } from '../../session/set/set-maps';
import { METHOD_LABELS } from '../../state/methods';
import { isClassTarget } from '../../state/targets';
import { targetLabel } from '../classes/target-label';
import { Busy } from '../shared/busy';
import { useSignal, useTrans } from '../shared/context';
import { Choice } from '../shared/fields';
import { useFindings } from '../shared/hooks/use-findings';
import { useModel } from '../shared/view-context';
import { MeanMaps } from './mean-maps';
import { SetProblems } from './set-problems';
import type { SetProps } from './set-props';
import { ShareTable } from './share-table';
import { useFilter } from './use-filter';
import { useKeptMaps } from './use-kept-maps';

/** The maps of all images: computed on request, then their means and their shares in a part of the picture. */
export function SetMapsPanel(props: SetProps & { explained: Explained }): React.ReactElement {
  const { payload, verdicts, explained } = props;
  const { controller, session, snapshot } = useModel();
  const trans = useTrans();
  const [filter] = useFilter();
  const maps = setMapsOf(controller);
  const { question, found, problems, running } = useSignal(maps.changed, () => maps.snapshot);
  const { run, target } = explained;
  const [chosen, setChosen] = React.useState<ClassChoice>(session.state.target === null ? 'predicted' : 'explained');
  const [isFiltered, setFiltered] = React.useState(false);
  const [marked, setMarked] = React.useState<ReadonlySet<number>>(new Set());
  const findings = useFindings();
  const isStored = snapshot.stored !== null;
  useKeptMaps(maps, findings);
  const name = React.useMemo(() => classNamer(run, payload.labels, trans), [run, payload, trans]);

  const now = targetLabel(target, run.targets[0]?.index ?? -1, outputKind(run), name, trans);
  const ofClasses: { value: ClassChoice; label: string }[] = [
    { value: 'explained', label: trans.__('%1, as the view explains', now) },
    ...(isClassTarget(target) && saysClasses(run)
      ? [
          { value: 'predicted' as const, label: trans.__('what each image is taken for') },
          ...(verdicts.some(({ truth }) => truth !== null)
            ? [{ value: 'true' as const, label: trans.__('the true class of each image') }]
            : [])
        ]
      : [])
  ];
  const of = ofClasses.some(({ value }) => value === chosen) ? chosen : 'explained';

  const asked = setQuestion(explained, of);
  // What another class was explained of stays, and says so: moving through the images must not hide it.
  const isShown = question !== null && maps.isOf({ ...asked, target: question.target });
  const indices = [...verdicts.keys()].filter(image => !isFiltered || passes(filter, verdicts[image]));
  const isDone = maps.isOf(asked) && indices.every(image => found.has(image));
  const results = running === null && isShown && found.size > 0 ? found : null;
  const said =
    question &&
    (question.of === 'explained'
      ? targetLabel(question.target, question.index, outputKind(run), name, trans)
      : ofClasses.find(({ value }) => value === question.of)?.label);
  const method = METHOD_LABELS[explained.method];
  const what = needsLayer(explained.method) ? trans.__('%1 at %2', method, explained.layer) : method;
  return (
    <section className="jp-GradLens-setPart" aria-label={trans.__('Maps of all images')}>
      <h3>{trans.__('Maps of all images')}</h3>
      <div className="jp-GradLens-setControls">
        <Choice<ClassChoice> label={trans.__('Explain')} value={of} options={ofClasses} onChange={setChosen} />
        {filter && (
          <Choice
            label={trans.__('Of')}
            value={isFiltered ? 'shown' : 'all'}
            options={[
              { value: 'all', label: trans.__('all images') },
              { value: 'shown', label: trans.__('those that the gallery shows') }
            ]}
            onChange={value => setFiltered(value === 'shown')}
          />
        )}
        <button
          type="button"
          className="jp-GradLens-button"
          disabled={isStored || running !== null || isDone || snapshot.busy !== null}
          title={isStored ? trans.__('It needs the model.') : undefined}
          onClick={() =>
            maps.start(
              explained,
              of,
              indices,
              verdicts.map(({ truth }) => truth)
            )
          }
        >
          {trans._n('Compute the map of %1 image', 'Compute the maps of %1 images', indices.length)}
        </button>
      </div>
      {running && <Busy progress={running} onCancel={() => maps.cancel()} />}
      {running === null && isShown && <SetProblems problems={problems} images={payload.images} />}
      {results && (
        <>
          <p className="jp-GradLens-note" role="status">
            {trans._n('%1 map, %2: %3.', '%1 maps, %2: %3.', results.size, what, said ?? '')}
          </p>
          <MeanMaps {...props} maps={results} marked={marked} name={name} what={what} />
          <ShareTable {...props} maps={results} marked={marked} onMark={setMarked} name={name} what={what} />
        </>
      )}
    </section>
  );
}
