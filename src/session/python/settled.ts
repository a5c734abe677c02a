import { missingLayer } from '../../layers/missing-layer';
import { type Message, message, MessageError } from '../../messages/message';
import type { Explained } from '../model/explained';
import type { ModelController } from '../model/model-controller';
import { until } from '../progress/until';

/**
 * What a view explains, once nothing is under way and it is what the view's state asks for.
 * Rejects with the view's own sentence where it comes to nothing, and when it is aborted.
 */
export function settled(controller: ModelController, signal: AbortSignal): Promise<Explained> {
  const find = (): Explained | null => {
    const problem = problemOf(controller);
    if (problem) {
      throw new MessageError(problem);
    }
    const { explained, stored } = controller.snapshot;
    // What a notebook keeps is rounded.
    return stored || !controller.isUpToDate ? null : explained;
  };
  return until(controller.changed, find, signal);
}

/** There is nothing to compute, and only the view can ask for it. */
export const noPicture = (): Message => message('The view has no picture yet: give it one.');

function problemOf(controller: ModelController): Message | null {
  const { busy, problem, cancelled, file, model, stored } = controller.snapshot;
  if (controller.isDisposed) {
    return message('The view was closed.');
  }
  if (busy !== null) {
    return null;
  }
  if (file === 'asked' || file === 'declined') {
    return message(
      'The model’s file is not the one that the cell saw: decide in the view which one to use, or run the cell again.'
    );
  }
  if (cancelled && !controller.isUpToDate) {
    return message('The computation was cancelled in the view.');
  }
  if (model && controller.payload.images.length === 0) {
    return noPicture();
  }
  if (stored) {
    return problem ?? message('The view shows what the notebook kept, and has no model to compute with.');
  }
  const { layer } = controller.session.state;
  return problem ?? (model && missingLayer(model, layer));
}
