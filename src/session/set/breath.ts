/** Milliseconds for which work may hold the page in one go: half a frame. */
const GO = 8;

/** Breaks long work on the page's own thread into short goes. */
export class Breath {
  /** Lets the page have its turn, where the work has gone on for long enough. False once `signal` is aborted. */
  async take(signal: AbortSignal): Promise<boolean> {
    if (performance.now() - this._since > GO) {
      await new Promise(resolve => setTimeout(resolve));
      this._since = performance.now();
    }
    return !signal.aborted;
  }

  private _since = performance.now();
}
