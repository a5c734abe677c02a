import { Clipboard, Notification } from '@jupyterlab/apputils';
import * as React from 'react';
import type { ModelSummary } from '../../graph/layer-info';
import { seenSize } from '../../mime/png-size';
import type { Explained } from '../../session/model/explained';
import { wholeRun } from '../../session/model/slices';
import { isLoadable, type KerasCell } from '../../session/view/keras-cell';
import { TOLD } from '../export/save-file';
import { useTrans } from '../shared/context';
import { useModel } from '../shared/view-context';

/** Copies a cell that does the same with Keras. */
export function CopyCell(props: {
  explained: Explained;
  model: ModelSummary;
  /** Null where no such cell can be written. */
  cell: ((of: KerasCell) => Promise<string>) | null;
}): React.ReactElement {
  const { explained, model, cell } = props;
  const { payload } = useModel();
  const trans = useTrans();
  const canLoad = isLoadable(payload.model);
  const copy = async (): Promise<void> => {
    if (cell) {
      Clipboard.copyToSystem(await cell(cellOf(explained, model, payload)));
      Notification.success(trans.__('The cell that does this with Keras is on the clipboard.'), { autoClose: TOLD });
    }
  };
  return (
    <button
      type="button"
      className="jp-GradLens-button"
      disabled={!cell || !canLoad}
      title={
        !canLoad
          ? trans.__('Keras loads models from .keras and .h5 files; %1 is neither.', payload.model.name)
          : !cell
            ? trans.__('Only what channels of convolutions, and scores of classes, look for can be copied.')
            : undefined
      }
      onClick={() => void copy()}
    >
      {trans.__('Copy as Python')}
    </button>
  );
}

function cellOf(explained: Explained, model: ModelSummary, payload: ReturnType<typeof useModel>['payload']): KerasCell {
  const { image } = explained;
  const { inputSize } = wholeRun(explained);
  return {
    payload,
    model,
    image,
    picture: seenSize(payload.images[image]),
    input: inputSize && { height: inputSize[0], width: inputSize[1] }
  };
}
