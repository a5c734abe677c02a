import { type Message, message, MessageError } from '../../../messages/message';
import type { ModelPayload } from '../../../mime/payload';
import { inputName } from '../../../results/input-name';
import { isSameModel, type ResultsModel } from '../../../results/result';
import type { StoredResults } from '../../../results/stored-results';
import type { ResultStore } from '../../kept/result-store';
import type { ViewSession } from '../../view/view-session';
import { questionOf } from './questions';
import type { SeenFile } from './seen-file';

/** What was stored of the model that a payload shows; null where nothing was, or of another file or other stand-ins. */
export async function storedOf(
  store: ResultStore | undefined,
  { model, layers = {} }: ModelPayload,
  seen: SeenFile
): Promise<StoredResults | null> {
  const isShown = (of: ResultsModel): boolean =>
    isSameModel(of, { fingerprint: seen.expected(model.fingerprint) ?? of.fingerprint, declared: layers });
  const stored = (await store?.read(isShown)) ?? null;
  return stored && isShown(stored.of) ? stored : null;
}

export const notKept = (): Message => message('This was not kept in the notebook; it needs the model.');

export const partsNotKept = (): MessageError =>
  new MessageError(
    message('What makes this cell was not looked at before the notebook was saved; it needs the model.')
  );

/** Where what a view begins with was not kept, as when it did not fit: what was looked at last. It counts as nobody's choice. */
export function beginWithStored(session: ViewSession, stored: StoredResults, payload: ModelPayload): void {
  const { state } = session;
  const ofInput = stored.questions.filter(({ image, input }) => inputName(payload, image) === input);
  const last = ofInput[ofInput.length - 1];
  if (last && stored.refusal(questionOf(state, stored.model, payload))) {
    const { image, layer, method, score, target, output, convention } = last;
    session.adopt({ image, layer, method, score, target, output, convention });
  }
}
