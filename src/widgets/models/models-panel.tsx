import './models.css';
import * as React from 'react';
import type { Explained } from '../../session/model/explained';
import type { ShownMap } from '../../session/view/shown-map';
import { useTrans } from '../shared/context';
import { Toggle } from '../shared/fields';
import { useModel, useViewProperty } from '../shared/view-context';
import { Difference } from './difference';
import { modelName } from './model-name';
import { ScoreCurves } from './score-curves';
import { useOneRange } from './use-one-range';

/** Chooses among several models, as the epochs of a training, and compares them. */
export function ModelsPanel(props: {
  /** What is shown now, final or not. */
  explained: Explained | null;
  /** The view's map with a range of its own. */
  map: ShownMap | null;
  /** Takes the map with the values of the other models, over which its range is found. */
  onMap: (map: ShownMap | null) => void;
  picture: ImageBitmap | null;
  aspect: number;
  /** Of the class that is explained. */
  name: string;
  classNames: (index: number) => string;
}): React.ReactElement {
  const { explained, map, onMap, picture, aspect, name, classNames } = props;
  const { payload, session, snapshot, controller } = useModel();
  const trans = useTrans();
  const [isOpen, setOpen] = React.useState(false);
  const chosen = useViewProperty('model');
  const oneRange = useViewProperty('oneRange');
  const target = useViewProperty('target');
  const models = payload.models ?? [payload.model];
  const index = Math.min(chosen, models.length - 1);
  const areEpochs = models.every(({ epoch }) => epoch !== undefined);
  const label = areEpochs ? trans.__('Epoch') : trans.__('Model');
  const now = modelName(models[index], trans);
  useOneRange(explained, map, onMap);

  const choose = (model: number): void => {
    const index = explained?.run.targets[0]?.index;
    // One class for all of them: each would explain the one that it takes the image for.
    const isLeft = target === null && index !== undefined && index >= 0;
    session.update({ model, ...(isLeft ? { target: index } : {}) });
  };
  // What is on the screen while another model is opened is not that model's.
  const isReady = controller.isUpToDate && explained === snapshot.explained;
  return (
    <section role="group" className="jp-GradLens-models" aria-label={trans.__('Models')}>
      <label className="jp-GradLens-wideSlider">
        <span>{label}</span>
        <input
          type="range"
          min={0}
          max={models.length - 1}
          value={index}
          aria-label={label}
          aria-valuetext={trans.__('%1, %2 of %3', now, index + 1, models.length)}
          onChange={event => choose(Number(event.target.value))}
        />
        <output className="jp-GradLens-modelNow">{trans.__('%1, %2 of %3', now, index + 1, models.length)}</output>
      </label>
      <div className="jp-GradLens-modelsRow">
        <Toggle
          label={trans.__('One colour range for all')}
          title={trans.__('Of the maps of all models that were looked at with this layer, class and method')}
          value={oneRange}
          onChange={value => session.update({ oneRange: value })}
        />
      </div>
      <details open={isOpen} onToggle={event => setOpen(event.currentTarget.open)}>
        <summary>{areEpochs ? trans.__('Compare the epochs') : trans.__('Compare the models')}</summary>
        {isOpen && !snapshot.stored && explained && (
          <ScoreCurves
            explained={explained}
            models={models}
            index={index}
            label={label}
            classNames={classNames}
            areEpochs={areEpochs}
          />
        )}
        {isOpen && explained && map && !snapshot.stored && (
          <Difference
            isReady={isReady}
            explained={explained}
            map={map}
            models={models}
            index={index}
            picture={picture}
            aspect={aspect}
            name={name}
          />
        )}
        {isOpen && snapshot.stored && (
          <p className="jp-GradLens-note">{trans.__('Comparing takes the models, which are not here.')}</p>
        )}
      </details>
    </section>
  );
}
