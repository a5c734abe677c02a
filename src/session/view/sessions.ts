import type { ViewStateJSON } from '../../state/view-state';
import { ViewSession } from './view-session';

/** The sessions of a page's views, by the payload's id. Several renderers of one output share a session. */
export class Sessions {
  /** Number of sessions in use. */
  get size(): number {
    return this._used.size;
  }

  /**
   * The session of a view. Give it back to {@link release}.
   *
   * @param initial - How the view begins.
   * @param byHand - What is kept of it.
   */
  retain(id: string, initial: ViewStateJSON, byHand: ViewStateJSON = {}): ViewSession {
    const used = this._used.get(id) ?? { session: new ViewSession(id, initial, byHand), users: 0 };
    used.users++;
    this._used.set(id, used);
    return used.session;
  }

  release(id: string): void {
    const used = this._used.get(id);
    if (used && --used.users === 0) {
      this._used.delete(id);
    }
  }

  dispose(): void {
    this._used.clear();
  }

  private _used = new Map<string, { session: ViewSession; users: number }>();
}
