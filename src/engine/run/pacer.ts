/** Lets the worker hear its messages during long work, and stops work that was cancelled. */
import { abortError } from '../protocol/errors';

/** Lets a caller cancel work; `aborted` may turn true whenever the work yields. */
export interface CancelToken {
  readonly aborted: boolean;
  /** Called when it turns true. */
  onAbort?: () => void;
}

/** After so many milliseconds of work, pending messages are let in. */
const SLICE_MS = 25;

/** Resolves after the messages that are waiting, without the delays that timers are clamped to. */
function nextTask(): Promise<void> {
  return new Promise(resolve => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

export class Pacer {
  private since = performance.now();

  constructor(private cancel: CancelToken) {}

  /** Call between nodes. Throws an AbortError once the work is cancelled. */
  async breathe(): Promise<void> {
    if (performance.now() - this.since >= SLICE_MS) {
      await nextTask();
      this.since = performance.now();
    }
    if (this.cancel.aborted) {
      throw abortError();
    }
  }
}
