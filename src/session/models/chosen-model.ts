import type { ModelPayload } from '../../mime/payload';
import type { ViewState } from '../../state/view-state';

/** The payload with the model of several that a view's state chooses; the same object where that is the one it has. */
export function withChosen(payload: ModelPayload, { model: index }: Pick<ViewState, 'model'>): ModelPayload {
  const { models, model } = payload;
  // What is not there is the one that the cell begins with.
  const chosen = models?.[index] ?? model;
  return chosen.path === model.path ? payload : { ...payload, model: chosen };
}
