import type { ViewStateJSON } from '../../state/view-state';
import { ViewSession } from './view-session';

/** States of closed views that are remembered: JupyterLab renders moved and restored cells anew. */
const REMEMBERED = 64;

/**
 * The sessions of a page's views, by the payload's id. Several renderers of one
 * output share a session. When the last one goes, the session is freed, and
 * its state is remembered for a while, in case the output comes back.
 */
export class Sessions {
  /** Number of sessions in use. */
  get size(): number {
    return this._used.size;
  }

  /** The session of a view; `initial` is its state unless a remembered one exists. Give it back to {@link release}. */
  retain(id: string, initial: ViewStateJSON): ViewSession {
    const used = this._used.get(id) ?? { session: new ViewSession(id, this._states.get(id) ?? initial), users: 0 };
    used.users++;
    this._used.set(id, used);
    return used.session;
  }

  release(id: string): void {
    const used = this._used.get(id);
    if (!used || --used.users > 0) {
      return;
    }
    this._used.delete(id);
    this._states.delete(id);
    this._states.set(id, used.session.toJSON());
    const [oldest] = this._states.keys();
    if (this._states.size > REMEMBERED) {
      this._states.delete(oldest);
    }
  }

  private _used = new Map<string, { session: ViewSession; users: number }>();
  private _states = new Map<string, ViewStateJSON>();
}
