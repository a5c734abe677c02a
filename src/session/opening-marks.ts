import { message } from '../messages/message';
import type { ModelController } from './model/model-controller';

/** Of the marks in the browser's storage; behind it, what is worked at. */
const MARK = 'gradlens:working:';
/** Of the lock that a page holds as long as it lives. */
const PAGE = 'gradlens:page:';

/** The browser's storage, if it lets us. */
function ownStorage(): Storage | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}

/**
 * Leaves a mark in the browser while a view opens or computes. A page that ends meanwhile, for want of memory
 * or by a fault of the browser, leaves it behind; JupyterLab brings its tabs back, and what ended the page
 * would end it again. So such a view says what happened, and waits.
 */
export class OpeningMarks {
  constructor(
    private storage: Storage | null = ownStorage(),
    /** Absent where the page is not served securely: then nobody knows which pages live, and nothing is held back. */
    private locks: LockManager | undefined = navigator.locks
  ) {
    // Held until the page ends, however it does.
    void this.locks
      ?.request(PAGE + this._page, () => new Promise<void>(resolve => (this._end = resolve)))
      .catch(() => undefined);
    window.addEventListener('pagehide', this._leave);
  }

  /** Starts a view, unless a page ended while it was worked at: then it says so. */
  async start(place: string, controller: ModelController): Promise<void> {
    const isLeft = this._read(place) !== null && (await this._isLeft(place));
    if (controller.isDisposed) {
      return;
    }
    controller.changed.connect(() => this._mark(place, controller.snapshot.busy !== null));
    if (!isLeft) {
      return controller.start();
    }
    controller.cancel(
      message(
        'The browser’s page ended while “%1” was opened or computed the last time, so that nothing was started by itself. If it ends again, the model or the picture is too large for this browser.',
        controller.payload.model.name
      )
    );
  }

  /** Nobody looks at a view any more. */
  forget(place: string): void {
    this._marked.delete(place);
    this._write(place, null);
  }

  dispose(): void {
    this._leave();
    window.removeEventListener('pagehide', this._leave);
    this._end();
  }

  private _mark(place: string, isWorking: boolean): void {
    if (isWorking !== this._marked.has(place)) {
      this._marked[isWorking ? 'add' : 'delete'](place);
      this._write(place, isWorking ? this._page : null);
    }
  }

  /** True if the page that left this mark lives no more. */
  private async _isLeft(place: string): Promise<boolean> {
    const page = this._read(place);
    if (!this.locks || page === this._page) {
      return false;
    }
    try {
      const { held = [], pending = [] } = await this.locks.query();
      return [...held, ...pending].every(({ name }) => name !== `${PAGE}${page}`);
    } catch {
      return false;
    }
  }

  /** A page that is left in order leaves no mark. */
  private _leave = (): void => this._marked.forEach(place => this.forget(place));

  private _read(place: string): string | null {
    try {
      return this.storage?.getItem(MARK + place) ?? null;
    } catch {
      return null;
    }
  }

  private _write(place: string, page: string | null): void {
    try {
      if (page === null) {
        this.storage?.removeItem(MARK + place);
      } else {
        this.storage?.setItem(MARK + place, page);
      }
    } catch {
      // A full storage: the view works without.
    }
  }

  private readonly _page = `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`;
  private _marked = new Set<string>();
  private _end: () => void = () => undefined;
}
