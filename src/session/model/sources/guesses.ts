import type { ModelSummary } from '../../../graph/layer-info';
import type { ModelPayload, PayloadImage } from '../../../mime/payload';
import { inputName } from '../../../results/input-name';
import type { ResultStore } from '../../kept/result-store';
import type { EngineRequests, Predicted } from '../engine-requests';
import type { ControllerSnapshot } from '../explained';
import { resultsModel } from './questions';
import { notKept } from './stored-of';

interface Asked {
  payload: ModelPayload;
  snapshot: ControllerSnapshot;
  requests(): Promise<{ model: ModelSummary; requests: EngineRequests }>;
}

/** What the model takes images of the payload for, which is kept; without the model, what was kept. */
export async function guesses(
  { payload, snapshot, requests }: Asked,
  store: ResultStore | undefined,
  images: readonly PayloadImage[],
  signal: AbortSignal
): Promise<Predicted> {
  const inputs = images.map(image => inputName({ ...payload, images: [image] }, 0));
  const { stored } = snapshot;
  if (stored) {
    return { found: inputs.map(input => stored.guess(input) ?? { problem: notKept() }), milliseconds: 1 };
  }
  const { model, requests: engine } = await requests();
  const predicted = await engine.predict(images, signal);
  const named = inputs.map((input, i) => ({ input, guess: predicted.found[i] }));
  store?.addGuesses(named, model, resultsModel(model, payload));
  return predicted;
}
