import type { IDisposable } from '@lumino/disposable';
import { equal } from '../../state/defaults';
import type { ViewState, ViewStateJSON } from '../../state/view-state';
import type { LiveView } from '../view-tracker';
import { type ToldNames, toldNames } from './told-names';
import type { ToldState } from './wire';

/** Milliseconds between two tellings of a state that changes all the time, as it does under a drag. */
const PAUSE = 100;

/** Properties that say what is explained: another one lets go of the channel that was enlarged. */
const EXPLAINED = ['layer', 'method', 'target', 'score', 'output'] as const;

/** A live view of which Python is told. */
export class ToldView implements IDisposable {
  constructor(
    readonly view: LiveView,
    /** `names`: where they are others than before. */
    private tell: (state: ToldState, revision: number, names: ToldNames | null) => void
  ) {
    view.session.changed.connect(this._soon, this);
    view.controller?.changed.connect(this._soon, this);
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  /** Sets what Python says, as by hand: it is kept, and linked views follow. */
  set(state: ViewStateJSON, revision: number): void {
    this._revision = revision;
    const { session } = this.view;
    const isAnother = EXPLAINED.some(name => name in state && !equal(state[name], session.state[name]));
    session.restore(isAnother ? { channel: null, ...state } : state);
    this.tellNow(true);
  }

  /** @param always - Also what was told before. */
  tellNow(always = false): void {
    clearTimeout(this._timer);
    this._timer = undefined;
    const { controller } = this.view;
    const names = controller && toldNames(controller, this._names);
    const told = toldState(this.view, names?.channels ?? null);
    const isNew = names !== this._names;
    if (always || isNew || !equal(told, this._told)) {
      [this._told, this._names] = [told, names];
      this.tell(told, this._revision, isNew ? names : null);
    }
  }

  dispose(): void {
    if (!this._isDisposed) {
      this._isDisposed = true;
      clearTimeout(this._timer);
      this.view.session.changed.disconnect(this._soon, this);
      this.view.controller?.changed.disconnect(this._soon, this);
    }
  }

  private _soon(): void {
    this._timer ??= setTimeout(() => this.tellNow(), PAUSE);
  }

  private _told: ToldState | null = null;
  private _names: ToldNames | null = null;
  private _revision = 0;
  private _timer: ReturnType<typeof setTimeout> | undefined;
  private _isDisposed = false;
}

/** Without the cursor, which is no property, and with the layer and channel that are shown where others are asked for. */
function toldState({ session, controller }: LiveView, channels: number | null): ToldState {
  const state: Partial<ViewState> = { ...session.state };
  delete state.cursor;
  const { channel, layer } = session.state;
  return {
    ...(state as ToldState),
    layer: controller?.snapshot.layer?.id ?? layer,
    channel: channel !== null && channels !== null ? Math.min(channel, channels - 1) : channel
  };
}
