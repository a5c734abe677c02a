import { type ISignal, Signal } from '@lumino/signaling';
import type { ViewSession } from '../view/view-session';

/** Which views show their story: those that have one, until it is closed, and those where it was opened. */
export class OpenStories {
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** @param hasStory - Whether there is one to tell. */
  isOpen(session: ViewSession, hasStory: boolean): boolean {
    return this._chosen.get(session) ?? hasStory;
  }

  set(session: ViewSession, isOpen: boolean): void {
    this._chosen.set(session, isOpen);
    this._changed.emit();
  }

  dispose(): void {
    Signal.clearData(this);
  }

  private _chosen = new WeakMap<ViewSession, boolean>();
  private _changed = new Signal<this, void>(this);
}
