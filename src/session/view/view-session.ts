import { type ISignal, Signal } from '@lumino/signaling';
import { equal, fromJSON, toJSON } from '../../state/defaults';
import type { ViewState, ViewStateJSON } from '../../state/view-state';

/** The observable state of one view. */
export class ViewSession {
  /**
   * @param initial - How the view begins.
   * @param byHand - What was set by hand before, which goes before that.
   */
  constructor(
    readonly id: string,
    initial: ViewStateJSON = {},
    byHand: ViewStateJSON = {}
  ) {
    this._asked = fromJSON(initial);
    this._state = fromJSON({ ...initial, ...byHand });
    this._said = new Set(Object.keys(initial) as (keyof ViewState)[]);
    const names = Object.keys(byHand) as (keyof ViewState)[];
    this._byHand = new Map(names.map(name => [name, this._state[name]]));
  }

  get state(): Readonly<ViewState> {
    return this._state;
  }

  /** Emits the names of the properties that changed. */
  get changed(): ISignal<this, readonly (keyof ViewState)[]> {
    return this._changed;
  }

  /**
   * Sets some properties by hand; emits once, and only for what really differs. Another
   * layer has other channels: those chosen are let go of, unless the patch names some.
   */
  update(changes: Partial<ViewState>): void {
    this._set(changes, name => this._byHand.set(name, this._state[name]));
  }

  /** Sets what nobody chose: what other views show, or what the model needs. It is not kept. */
  adopt(changes: Partial<ViewState>): void {
    this._set(changes, () => undefined);
  }

  /** Sets what the model needs where the cell names nothing, unless that was set by hand. */
  begin(changes: Partial<ViewState>): void {
    const unsaid = Object.entries(changes).filter(([name]) => !this._said.has(name as keyof ViewState));
    this._asked = { ...this._asked, ...Object.fromEntries(unsaid) };
    this.adopt(Object.fromEntries(unsaid.filter(([name]) => !this._byHand.has(name as keyof ViewState))));
  }

  /** How the view is where nobody touches it or a linked one. */
  get asked(): Readonly<ViewState> {
    return this._asked;
  }

  /** Sets what is explained; an enlarged channel belonged to what was explained before, and is closed. */
  explain(changes: Partial<ViewState>): void {
    this.update({ channel: null, ...changes });
  }

  /** True if this was set by hand at some time, here or in a linked view, now or before the notebook was saved. */
  isByHand(name: keyof ViewState): boolean {
    return this._byHand.has(name);
  }

  /** True if what it is now was set by hand: what was adopted since is nobody's choice. */
  isAsByHand(name: keyof ViewState): boolean {
    return this._byHand.has(name) && equal(this._byHand.get(name), this._state[name]);
  }

  /** Sets what was kept of a view, as by hand; also what is the default again. */
  restore(kept: ViewStateJSON): void {
    const state = fromJSON(kept);
    const names = Object.keys(kept) as (keyof ViewState)[];
    names.forEach(name => this._byHand.set(name, state[name]));
    this.update(Object.fromEntries(names.map(name => [name, state[name]])));
  }

  /** Properties set by hand, whole: also those that are the default again, which the cell may not say. */
  keptJSON(): ViewStateJSON {
    return Object.fromEntries([...this._byHand].filter(([name]) => name !== 'cursor'));
  }

  /** All of the state but the cursor, whoever set it, defaults too. */
  whole(): ViewStateJSON {
    return Object.fromEntries(Object.entries(this._state).filter(([name]) => name !== 'cursor'));
  }

  toJSON(): ViewStateJSON {
    return toJSON(this._state);
  }

  private _set(changes: Partial<ViewState>, mark: (name: keyof ViewState) => void): void {
    const isOtherLayer = changes.layer !== undefined && changes.layer !== this._state.layer;
    const patch = isOtherLayer ? { channel: null, pinned: [], probe: null, ...changes } : changes;
    const names = (Object.keys(patch) as (keyof ViewState)[]).filter(name => !equal(patch[name], this._state[name]));
    if (names.length === 0) {
      return;
    }
    this._state = { ...this._state, ...patch };
    names.forEach(mark);
    this._changed.emit(names);
  }

  private _asked: ViewState;
  private _state: ViewState;
  private _said: Set<keyof ViewState>;
  /** What was set by hand last, whatever was adopted since. */
  private _byHand: Map<keyof ViewState, unknown>;
  private _changed = new Signal<this, readonly (keyof ViewState)[]>(this);
}
