/** What the state of a view asks, and how its answer is shown. */
import type { ModelSummary } from '../../../graph/layer-info';
import { layerOrDefault } from '../../../layers/find-layer';
import { missingLayer } from '../../../layers/missing-layer';
import { MessageError } from '../../../messages/message';
import type { ModelPayload } from '../../../mime/payload';
import { inputName } from '../../../results/input-name';
import { type Question, questionKey, type Result, type ResultsModel } from '../../../results/result';
import type { ViewState } from '../../../state/view-state';
import type { ControllerSnapshot, Explained } from '../explained';
import { noPlace } from '../sentences';

/** Throws a MessageError where the model has no layer to ask about. */
export function questionOf(state: ViewState, model: ModelSummary, payload: ModelPayload): Question {
  const { method, target, score, output } = state;
  const layer = layerOrDefault(model, state.layer);
  if (!layer) {
    throw new MessageError(missingLayer(model, state.layer) ?? noPlace(model));
  }
  return {
    image: state.image,
    input: inputName(payload, state.image),
    layer: layer.id,
    method,
    score,
    target,
    output: output === model.outputs[0]?.name ? null : output,
    // A convention is about Grad-CAM alone.
    convention: method === 'grad-cam' ? state.convention : null
  };
}

/** True if what is shown is what the state asks for. */
export function isAnswered(
  { model, explained, busy, problem }: ControllerSnapshot,
  state: ViewState,
  payload: ModelPayload
): boolean {
  if (!model || !explained || busy !== null || problem !== null) {
    return false;
  }
  return questionKey(explained) === questionKey(questionOf(state, model, payload));
}

/** The model that results are of, with what the payload declares. */
export const resultsModel = ({ fingerprint }: ModelSummary, { layers }: ModelPayload): ResultsModel => ({
  fingerprint,
  declared: layers ?? {}
});

/** An answer as the view shows it. `inputKey`: names the input, as the engine knows it where it computed. */
export function explainedBy({ about, run }: Pick<Result, 'about' | 'run'>, inputKey: string): Explained {
  return { ...about, inputKey, run };
}
