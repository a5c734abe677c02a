/** Why a worker ended, for the calls that it owed an answer. */
import { type Message, message } from '../../messages/message';
import { EngineError } from '../protocol/errors';

export function crashed(reason: Message | string | undefined): EngineError {
  return new EngineError(
    reason
      ? message(
          'The computation stopped unexpectedly (%1), perhaps because memory ran out. Run the cell again to restart it.',
          reason
        )
      : message(
          'The computation stopped unexpectedly, perhaps because memory ran out. Run the cell again to restart it.'
        )
  );
}

/** For the call with which it was when it stopped to answer. */
export const unanswering = (): EngineError =>
  new EngineError(
    message(
      'The computation did not end, nor answer when another was cancelled, and was ended. Choose another layer or method, or look whether the model is what it should be; Try again repeats it.'
    )
  );

/** For the other calls. */
export const restarted = (): EngineError =>
  new EngineError(
    message('The computation was ended because another did not answer, and started again. Press Try again.')
  );
