import * as React from 'react';
import type { Weighing } from '../../explain/set/map-sum';
import { commonGrid, meanOf } from '../../session/set/measure';
import type { SetMap } from '../../session/set/set-maps';
import { encodeNpy } from '../../viewer/export/npy';
import { fileName } from '../export/file-name';
import { saveBlob, tellSaved } from '../export/save-file';
import { useTrans } from '../shared/context';
import { Choice } from '../shared/fields';
import { aspectOf } from './aspect-of';
import { type Chosen, GroupChoice } from './group-choice';
import { type GroupName, groupsOf, type GroupTerms, isMember } from './groups';
import { MeanPanes, type NamedMean } from './mean-panes';
import type { SetProps } from './set-props';
import { useComputed } from './use-computed';
import { useFilter } from './use-filter';

/** The maps of a group. */
function useMembers(
  { maps, payload, verdicts }: SetProps & { maps: ReadonlyMap<number, SetMap> },
  { group, text }: Chosen,
  { filter, marked }: Omit<GroupTerms, 'text'>
): SetMap[] {
  const now = React.useMemo(
    () =>
      [...maps].flatMap(([image, map]) => {
        const member = { image, name: payload.images[image].name, verdict: verdicts[image] };
        return isMember(group, member, { filter, marked, text }) ? map : [];
      }),
    [maps, payload, verdicts, group, text, filter, marked]
  );
  // A mark, or a prediction more, that changes no member must not make the mean be computed again.
  const [members, setMembers] = React.useState(now);
  if (members.length !== now.length || members.some((map, i) => map !== now[i])) {
    setMembers(now);
  }
  return members;
}

/** The mean of the maps of one group of images, or of two side by side with their difference. */
export function MeanMaps(
  props: SetProps & {
    maps: ReadonlyMap<number, SetMap>;
    marked: ReadonlySet<number>;
    name: (index: number) => string;
    /** What the maps are, in words. */
    what: string;
  }
): React.ReactElement {
  const { payload, verdicts, maps, marked, name, what } = props;
  const trans = useTrans();
  const [filter] = useFilter();
  const [weighing, setWeighing] = React.useState<Weighing>('maximum');
  const [first, setFirst] = React.useState<Chosen>({ group: 'all', text: '' });
  const [second, setSecond] = React.useState<Chosen>({ group: 'none', text: '' });
  const { height, width } = React.useMemo(() => commonGrid(maps.values()), [maps]);
  const grid = React.useMemo(() => ({ height, width }), [height, width]);
  const aspect = React.useMemo(() => aspectOf(payload.images, grid), [payload, grid]);
  const groups = groupsOf(verdicts, filter !== null, name, trans);
  const none = { value: 'none' as GroupName, label: trans.__('none') };

  const terms = { filter, marked };
  const ofFirst = useMembers(props, first, terms);
  const ofSecond = useMembers(props, second, terms);
  const meanA = React.useCallback(
    (signal: AbortSignal) => meanOf(ofFirst, weighing, grid, signal),
    [ofFirst, weighing, grid]
  );
  const meanB = React.useCallback(
    (signal: AbortSignal) => meanOf(ofSecond, weighing, grid, signal),
    [ofSecond, weighing, grid]
  );
  const [a, b] = [useComputed(meanA), useComputed(meanB)];

  const labelOf = ({ group, text }: Chosen): string =>
    group === 'named'
      ? trans.__('“%1” in the name', text)
      : (groups.find(({ value }) => value === group)?.label ?? trans.__('all images'));
  const named: NamedMean[] = [
    ...(a ? [{ letter: 'A', label: labelOf(first), mean: a }] : []),
    ...(b ? [{ letter: 'B', label: labelOf(second), mean: b }] : [])
  ];
  const isEmpty = (members: SetMap[], { group }: Chosen): boolean => group !== 'none' && members.length === 0;
  const save = (): void => {
    const file = fileName(`mean ${what}.npy`);
    const values = Float32Array.from(named.flatMap(({ mean }) => [...mean.values]));
    saveBlob(file, new Blob([encodeNpy(values, [named.length, grid.height, grid.width])]));
    tellSaved(file, trans);
  };
  return (
    <section aria-label={trans.__('Mean maps')} className="jp-GradLens-setPart">
      <h4>{trans.__('Mean maps')}</h4>
      <div className="jp-GradLens-setControls">
        <GroupChoice label={trans.__('Group A')} value={first} options={groups} onChange={setFirst} />
        <GroupChoice label={trans.__('Group B')} value={second} options={[none, ...groups]} onChange={setSecond} />
        <Choice<Weighing>
          label={trans.__('Each map')}
          value={weighing}
          options={[
            { value: 'maximum', label: trans.__('divided by its largest value') },
            { value: 'as-is', label: trans.__('as it is') }
          ]}
          onChange={setWeighing}
        />
        <button type="button" className="jp-GradLens-button" disabled={named.length === 0} onClick={save}>
          {trans.__('Save the means (.npy)')}
        </button>
      </div>
      {(isEmpty(ofFirst, first) || isEmpty(ofSecond, second)) && (
        <p className="jp-GradLens-note" role="status">
          {trans.__('No image with a map is in group %1.', isEmpty(ofFirst, first) ? 'A' : 'B')}
        </p>
      )}
      <MeanPanes means={named} what={what} weighing={weighing} aspect={aspect} />
      <p className="jp-GradLens-note">
        {trans.__(
          'Laid over the picture bilinearly, on the %1 × %2 pixels of the model’s input; bare where no cell looks.',
          grid.height,
          grid.width
        )}
      </p>
    </section>
  );
}
