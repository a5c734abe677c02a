import * as React from 'react';
import { type Message, message, messageOf, translated } from '../../messages/message';
import type { ModelFile } from '../../mime/payload';
import type { Explained } from '../../session/model/explained';
import { mapsOf } from '../../session/model/slices';
import { runOfOther } from '../../session/models/run-of-other';
import type { ShownMap } from '../../session/view/shown-map';
import { encodeNpy } from '../../viewer/export/npy';
import { compare } from '../experiment/compared-maps';
import { ComparedPanes } from '../experiment/compared-panes';
import { fileName } from '../export/file-name';
import { saveBlob, tellSaved } from '../export/save-file';
import { useTrans } from '../shared/context';
import { Choice } from '../shared/fields';
import { useController, useViewProperty } from '../shared/view-context';
import { modelName } from './model-name';

/** The map that is shown beside that of another model, and by how much it exceeds it. */
export function Difference(props: {
  /** False while what is shown is not of the model that the slider says. */
  isReady: boolean;
  explained: Explained;
  map: ShownMap;
  models: readonly ModelFile[];
  index: number;
  picture: ImageBitmap | null;
  aspect: number;
  name: string;
}): React.ReactElement {
  const { isReady, explained, map, models, index, picture, aspect, name } = props;
  const controller = useController();
  const trans = useTrans();
  const isExplanation = useViewProperty('channel') === null;
  const [other, setOther] = React.useState('none');
  const [answer, setAnswer] = React.useState<Answer | null>(null);
  const isOther = other !== 'none' && Number(other) !== index;
  const file = isOther ? models[Number(other)] : undefined;
  React.useEffect(() => {
    if (!file || !isReady) {
      return;
    }
    const abort = new AbortController();
    const tell = (said: Omit<Answer, 'file' | 'map'>): void => {
      if (!abort.signal.aborted) {
        setAnswer({ file, map, ...said });
      }
    };
    runOfOther(controller, file, explained, isExplanation, abort.signal)
      .then(({ run, layer }) => {
        const planes = isExplanation ? run.maps[layer] && mapsOf(run.maps[layer]) : run.planes[layer];
        const { width, height } = map.planes;
        if (!planes || planes.width !== width || planes.height !== height) {
          const [wide, high] = [planes?.width ?? 0, planes?.height ?? 0];
          const problem = message(
            'The map of %1 has %2 × %3 cells, this one %4 × %5: there is no difference of them.',
            file.name,
            wide,
            high,
            width,
            height
          );
          tell({ problem });
        } else if (map.channel >= planes.channels) {
          tell({ problem: message('%1 has no channel %2 there.', file.name, map.channel) });
        } else {
          tell({ planes });
        }
      })
      .catch((error: unknown) => tell({ problem: messageOf(error) }));
    return () => abort.abort();
  }, [controller, file, isReady, explained, map, isExplanation]);

  const now = modelName(models[index], trans);
  const known = file && isReady && answer?.file === file && answer.map === map ? answer : null;
  const than = file ? modelName(file, trans) : '';
  const maps = React.useMemo(
    () => (known?.planes ? compare({ ...map, planes: known.planes }, map) : null),
    [known, map]
  );
  const save = ({ planes: { data, height, width } }: ShownMap): void => {
    const name = fileName(`${map.title} ${now} minus ${than}.npy`);
    saveBlob(name, new Blob([encodeNpy(data as Float32Array<ArrayBuffer>, [height, width])]));
    tellSaved(name, trans);
  };
  return (
    <section className="jp-GradLens-modelsPart" aria-label={trans.__('Difference of two')}>
      <h3>{trans.__('Difference of two')}</h3>
      <Choice
        label={trans.__('%1 minus', now)}
        value={isOther ? other : 'none'}
        options={[
          { value: 'none', label: trans.__('none') },
          ...models.flatMap((model, i) => (i === index ? [] : [{ value: `${i}`, label: modelName(model, trans) }]))
        ]}
        onChange={setOther}
      />
      {file && !known && <p role="status">{trans.__('Computing the map of %1', than)}</p>}
      {known?.problem && (
        <div className="jp-GradLens-problem" role="alert">
          <span>{translated(known.problem, trans)}</span>
        </div>
      )}
      {maps && (
        <div>
          <button type="button" className="jp-GradLens-button" onClick={() => save(maps.difference)}>
            {trans.__('Save the difference (.npy)')}
          </button>
        </div>
      )}
      {maps && (
        <ComparedPanes
          title={trans.__('%1: %2 minus %3', map.title || name, now, than)}
          maps={maps}
          picture={picture}
          given={null}
          aspect={aspect}
          changes={[trans.__('%1 minus %2', now, than)]}
          headings={[than, now, trans.__('Difference')]}
        />
      )}
    </section>
  );
}

interface Answer {
  file: ModelFile;
  map: ShownMap;
  planes?: ShownMap['planes'];
  problem?: Message;
}
