import { type ISignal, Signal } from '@lumino/signaling';
import { equal, fromJSON, toJSON } from '../../state/defaults';
import type { ViewState, ViewStateJSON } from '../../state/view-state';

/** The observable state of one view. */
export class ViewSession {
  constructor(
    readonly id: string,
    initial: ViewStateJSON = {}
  ) {
    this._state = fromJSON(initial);
  }

  get state(): Readonly<ViewState> {
    return this._state;
  }

  /** Emits the names of the properties that changed. */
  get changed(): ISignal<this, readonly (keyof ViewState)[]> {
    return this._changed;
  }

  /**
   * Sets some properties; emits once, and only for what really differs. Another
   * layer has other channels: those chosen are let go of, unless the patch names some.
   */
  update(changes: Partial<ViewState>): void {
    const isOtherLayer = changes.layer !== undefined && changes.layer !== this._state.layer;
    const patch = isOtherLayer ? { channel: null, pinned: [], probe: null, ...changes } : changes;
    const names = (Object.keys(patch) as (keyof ViewState)[]).filter(name => !equal(patch[name], this._state[name]));
    if (names.length === 0) {
      return;
    }
    this._state = { ...this._state, ...patch };
    this._changed.emit(names);
  }

  /** Sets what is explained; an enlarged channel belonged to what was explained before, and is closed. */
  explain(changes: Partial<ViewState>): void {
    this.update({ channel: null, ...changes });
  }

  toJSON(): ViewStateJSON {
    return toJSON(this._state);
  }

  private _state: ViewState;
  private _changed = new Signal<this, readonly (keyof ViewState)[]>(this);
}
