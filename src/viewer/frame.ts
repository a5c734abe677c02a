/** Something that draws itself when asked. */
export interface Drawable {
  draw(): void;
}

/** A view's handle on the scheduler. */
export interface FrameRequest {
  /** Asks for one draw in the next frame; repeated calls within a frame are one. */
  invalidate(): void;
  /** While false, draws are put off until it is true again. */
  isVisible: boolean;
  dispose(): void;
}

/**
 * Draws views at most once a frame, only those that changed, only those in
 * sight. One serves the page: a linked change then draws all views in one frame.
 */
export class FrameScheduler {
  private static _shared: FrameScheduler | null = null;
  private readonly _dirty = new Set<Entry>();
  private _frame: number | null = null;

  static shared(): FrameScheduler {
    return (FrameScheduler._shared ??= new FrameScheduler());
  }

  /** @param _request - `requestAnimationFrame`, or a test's stand-in. */
  constructor(
    private readonly _request: (callback: () => void) => number = callback => requestAnimationFrame(callback)
  ) {}

  /** Registers a view. It is not drawn until {@link FrameRequest.invalidate}. */
  add(view: Drawable, isVisible = true): FrameRequest {
    return new Entry(view, isVisible, this._dirty, () => this._schedule());
  }

  private _schedule(): void {
    this._frame ??= this._request(() => {
      this._frame = null;
      // A draw may invalidate: that is for the next frame.
      for (const entry of [...this._dirty]) {
        try {
          entry.drawIfVisible();
        } catch (error) {
          // One view's failure must not keep the others from drawing.
          reportError(error);
        }
      }
    });
  }
}

class Entry implements FrameRequest {
  constructor(
    private readonly _view: Drawable,
    private _isVisible: boolean,
    private readonly _dirty: Set<Entry>,
    private readonly _schedule: () => void
  ) {}

  private _isDisposed = false;

  get isVisible(): boolean {
    return this._isVisible;
  }
  set isVisible(value: boolean) {
    this._isVisible = value;
    if (value && this._dirty.has(this)) {
      this._schedule();
    }
  }

  invalidate(): void {
    if (this._isDisposed) {
      return;
    }
    this._dirty.add(this);
    if (this._isVisible) {
      this._schedule();
    }
  }

  drawIfVisible(): void {
    if (this._isVisible && this._dirty.delete(this)) {
      this._view.draw();
    }
  }

  dispose(): void {
    this._isDisposed = true;
    this._dirty.delete(this);
  }
}
