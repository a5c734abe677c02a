/** Something that draws itself when asked. */
export interface Drawable {
  /** @param budget - Milliseconds that it should take, for those that can do with fewer pixels. */
  draw(budget: number): void;
  /** True if drawing takes long: the frame's budget is divided among those that do. */
  isHeavy?: boolean;
}

/** A view's handle on the scheduler. */
export interface FrameRequest {
  /** Asks for one draw in the next frame; repeated calls within a frame are one. */
  invalidate(): void;
  /** Asks for one draw in a frame that has time left, or nothing else to draw. */
  invalidateLater(): void;
  /** While false, draws are put off; those put off come with the ones that may be late. */
  isVisible: boolean;
  dispose(): void;
}

/** Milliseconds of a frame for drawing: half of it, at 60 a second. */
const BUDGET = 8;

/**
 * Draws views at most once a frame, only those that changed, only those in
 * sight. One serves the page: a linked change then draws all views in one frame.
 * Draws views that scroll into sight bit by bit, so that no frame is long.
 */
export class FrameScheduler {
  private readonly _queues: Queues = { next: new Set(), later: new Set() };
  private _frame: number | null = null;

  /**
   * @param _request - `requestAnimationFrame`, or a test's stand-in.
   * @param _now - A clock in milliseconds.
   */
  constructor(
    private readonly _request: (callback: () => void) => number = callback => requestAnimationFrame(callback),
    private readonly _now: () => number = () => performance.now()
  ) {}

  /** Registers a view. It is not drawn until {@link FrameRequest.invalidate}. */
  add(view: Drawable, isVisible = true): FrameRequest {
    return new Entry(view, isVisible, this._queues, () => this._schedule());
  }

  /** Draws nothing any more. */
  dispose(): void {
    this._queues.next.clear();
    this._queues.later.clear();
  }

  private _schedule(): void {
    this._frame ??= this._request(() => {
      this._frame = null;
      const start = this._now();
      const { next, later } = this._queues;
      // A draw may invalidate: that is for the next frame.
      const seen = [...next].filter(entry => entry.isVisible);
      const share = BUDGET / Math.max(1, seen.filter(entry => entry.isHeavy).length);
      seen.forEach(entry => drawSafely(entry, share));
      for (const entry of [...later].filter(({ isVisible }) => isVisible)) {
        const left = BUDGET - (this._now() - start);
        if (left <= 0) {
          this._schedule();
          break;
        }
        drawSafely(entry, left);
      }
    });
  }
}

function drawSafely(entry: Entry, budget: number): void {
  try {
    entry.draw(budget);
  } catch (error) {
    // One view's failure must not keep the others from drawing.
    reportError(error);
  }
}

interface Queues {
  next: Set<Entry>;
  later: Set<Entry>;
}

class Entry implements FrameRequest {
  constructor(
    private readonly _view: Drawable,
    private _isVisible: boolean,
    private readonly _queues: Queues,
    private readonly _schedule: () => void
  ) {}

  private _isDisposed = false;

  get isHeavy(): boolean {
    return this._view.isHeavy ?? false;
  }

  get isVisible(): boolean {
    return this._isVisible;
  }
  set isVisible(value: boolean) {
    if (value && !this._isVisible && this._queues.next.delete(this)) {
      this._queues.later.add(this);
    }
    this._isVisible = value;
    if (value && this._queues.later.has(this)) {
      this._schedule();
    }
  }

  invalidate(): void {
    this._queues.later.delete(this);
    this._ask(this._queues.next);
  }

  invalidateLater(): void {
    if (!this._queues.next.has(this)) {
      this._ask(this._queues.later);
    }
  }

  draw(budget: number): void {
    this._queues.next.delete(this);
    this._queues.later.delete(this);
    this._view.draw(budget);
  }

  dispose(): void {
    this._isDisposed = true;
    this._queues.next.delete(this);
    this._queues.later.delete(this);
  }

  private _ask(queue: Set<Entry>): void {
    if (this._isDisposed) {
      return;
    }
    queue.add(this);
    if (this._isVisible) {
      this._schedule();
    }
  }
}
