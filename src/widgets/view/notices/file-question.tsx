import * as React from 'react';
import { message } from '../../../messages/message';
import { useTrans } from '../../shared/context';
import { Notices } from '../../shared/notices';
import { Problem } from '../../shared/problem';
import { useModel, useView } from '../../shared/view-context';

/** Says that the model's file is not the one that the cell saw, and what can be done about it. */
export function FileQuestion(): React.ReactElement | null {
  const picture = useView().keeper?.picture;
  const { controller, payload, snapshot } = useModel();
  const trans = useTrans();
  const { name } = payload.model;
  const take = (): void => void controller.takeFile();
  switch (snapshot.file) {
    case 'same':
      return null;
    case 'taken':
      return (
        <Notices
          notices={[
            message(
              '%1 has been written again since this cell ran: this is the file as it was read now. Run the cell again to make it the cell’s.',
              name
            )
          ]}
        />
      );
    case 'asked':
      return (
        <Problem
          message={
            picture
              ? message('%1 has been written again since this cell ran: it is not the file that the cell saw.', name)
              : message(
                  '%1 has been written again since this cell ran: it is not the file that the cell saw. Run the cell again, or:',
                  name
                )
          }
          action={trans.__('Show the file as it is now')}
          onRetry={take}
        >
          {picture && (
            <button type="button" className="jp-GradLens-button" onClick={() => controller.declineFile()}>
              {trans.__('Stay with what was computed')}
            </button>
          )}
        </Problem>
      );
    case 'declined':
      return (
        <div className="jp-GradLens-declarations jp-mod-line">
          <span>{trans.__('%1 has been written again since this cell ran.', name)}</span>
          <button type="button" className="jp-GradLens-button" onClick={take}>
            {trans.__('Show the file as it is now')}
          </button>
        </div>
      );
  }
}
