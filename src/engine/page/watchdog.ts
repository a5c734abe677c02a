/** Whether the worker still answers: it hears nothing while one computation of it lasts, and some never end. */

/** Milliseconds between two questions whether it still answers. */
const PAUSE = 5000;
/** Questions in a row without an answer after which it is said to be stuck. */
const MOST_UNANSWERED = 4;

export interface WatchdogEvents {
  /** Asks the worker; {@link Watchdog.heard} is called when it answers, this or anything. */
  ask(): void;
  /** It has not answered for so many seconds. */
  onSilent(seconds: number): void;
  /** It did not answer in the time that was set: it will not. */
  onStuck(): void;
}

/** Asks a worker again and again while it works. Counts questions, not time: a computer may sleep. */
export class Watchdog {
  constructor(private events: WatchdogEvents) {}

  /** The worker has work, or none any more. */
  watch(isWorking: boolean): void {
    if (isWorking && this._timer === undefined) {
      this._unanswered = 0;
      this._timer = setInterval(() => this._tick(), PAUSE);
    } else if (!isWorking) {
      clearInterval(this._timer);
      this._timer = undefined;
    }
  }

  /** The worker has answered. */
  heard(): void {
    this._unanswered = 0;
    clearTimeout(this._limit);
    this._limit = undefined;
    this._ends = Infinity;
  }

  /** It must answer within so many milliseconds. */
  demand(milliseconds: number): void {
    const ends = Date.now() + milliseconds;
    if (ends < this._ends) {
      this._ends = ends;
      clearTimeout(this._limit);
      this._limit = setTimeout(() => this.events.onStuck(), milliseconds);
    }
    this.events.ask();
  }

  /** There is no worker any more. */
  end(): void {
    this.heard();
    this.watch(false);
  }

  private _tick(): void {
    if (this._unanswered >= MOST_UNANSWERED) {
      this.events.onSilent((this._unanswered * PAUSE) / 1000);
    }
    this._unanswered++;
    this.events.ask();
  }

  private _unanswered = 0;
  private _timer: ReturnType<typeof setInterval> | undefined;
  private _limit: ReturnType<typeof setTimeout> | undefined;
  private _ends = Infinity;
}
