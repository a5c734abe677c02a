/** An error of the engine: one readable sentence that says what, where, and what to do. */
import { type Message, MessageError } from '../../messages/message';

export class EngineError extends MessageError {
  override readonly name: string;

  /** @param stack - Where it was thrown first, when that was in the worker. */
  constructor(
    message: Message,
    name = 'EngineError',
    stack: string | null = null,
    override readonly isLasting = false
  ) {
    super(message);
    this.name = name;
    this.stack = stack ?? this.stack;
  }
}

/** A request that this model or this input cannot answer, however often it is made. */
export class RefusalError extends EngineError {
  constructor(message: Message) {
    super(message, 'EngineError', null, true);
  }
}

/** The error of a call that its caller cancelled, as `AbortSignal` makes it. */
export function abortError(): DOMException {
  return new DOMException('The computation was cancelled.', 'AbortError');
}

const byHand = new WeakSet<object>();

/** The same where the user asked for it: what does not stop soon is then ended. */
export function abortByHand(): DOMException {
  const reason = abortError();
  byHand.add(reason);
  return reason;
}

/** True of a signal's reason that {@link abortByHand} made. */
export const isByHand = (reason: unknown): boolean =>
  typeof reason === 'object' && reason !== null && byHand.has(reason);

/** True if an error says that its caller cancelled. */
export function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}
