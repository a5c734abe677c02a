import './set.css';
import * as React from 'react';
import { areExclusive, NOT_EXCLUSIVE } from '../../classes/predicted';
import { translated } from '../../messages/message';
import { useTrans } from '../shared/context';
import { useFindings } from '../shared/hooks/use-findings';
import { useModel } from '../shared/view-context';
import { ConfusionMatrix } from './confusion-matrix';
import { SetMapsPanel } from './set-maps-panel';
import type { SetProps } from './set-props';

/** What the images of a view say together: which are taken for which class, and where the maps of many lie. */
export function SetPanel(props: SetProps): React.ReactElement {
  const { snapshot } = useModel();
  const trans = useTrans();
  const { explained, model, stored } = snapshot;
  const { hasMaps } = useFindings();
  const hasTruth = props.verdicts.some(({ truth }) => truth !== null);
  const hasMap = explained !== null && explained.layer in explained.run.maps;
  return (
    <div className="jp-GradLens-pictureSet">
      {props.run && !areExclusive(props.run) ? (
        <p className="jp-GradLens-note">{translated(NOT_EXCLUSIVE, trans)}</p>
      ) : hasTruth ? (
        <ConfusionMatrix {...props} />
      ) : (
        <p className="jp-GradLens-note">
          {trans.__(
            'With the true classes (y=… in Python, or a folder with a sub-folder for each) there is a confusion matrix here.'
          )}
        </p>
      )}
      {explained && model && hasMap && (!stored || hasMaps) ? (
        <SetMapsPanel {...props} explained={explained} />
      ) : (
        <p className="jp-GradLens-note">
          {stored
            ? trans.__('Maps of all images were not kept; they need the model.')
            : trans.__('Maps of all images are made at the layer in use: choose one that has a map.')}
        </p>
      )}
    </div>
  );
}
