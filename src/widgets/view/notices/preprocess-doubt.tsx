import * as React from 'react';
import type { ModelSummary } from '../../../graph/layer-info';
import { message } from '../../../messages/message';
import { doubtOf } from '../../../session/model/check-preprocess';
import type { Explained } from '../../../session/model/explained';
import { useTrans } from '../../shared/context';
import { Notice } from '../../shared/notice';
import { choiceOf, preprocessTexts } from '../../shared/preprocess-texts';
import { useModel } from '../../shared/view-context';

/** Says that the model is probably fed another range of numbers than it was built for, and offers the one that fits. */
export function PreprocessDoubt(props: { model: ModelSummary; explained: Explained }): React.ReactElement | null {
  const { model, explained } = props;
  const { controller, payload, snapshot } = useModel();
  const trans = useTrans();
  const image = payload.images[explained.image];
  const doubt = React.useMemo(
    () => (image ? doubtOf(model, payload, image, explained) : null),
    [model, payload, image, explained]
  );
  if (!doubt || doubt.name === snapshot.ignored) {
    return null;
  }
  const { name, text, python, instead } = doubt;
  return (
    <Notice message={message('%1 In Python: %2.', text, python)}>
      {instead !== undefined && (
        <button type="button" className="jp-GradLens-button" onClick={() => void controller.prepare(instead)}>
          {name === 'of-sixteen'
            ? trans.__('Change to 0…16')
            : trans.__('Change to %1', preprocessTexts(trans)[choiceOf(instead)])}
        </button>
      )}
      <button type="button" className="jp-GradLens-button" onClick={() => controller.ignore(name)}>
        {trans.__('Ignore')}
      </button>
    </Notice>
  );
}
