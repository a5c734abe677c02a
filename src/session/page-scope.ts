import type { IDisposable } from '@lumino/disposable';

interface Owned {
  dispose(): void;
}

/**
 * Owns what a page has one of: a WebGL renderer, a frame scheduler, the group
 * of linked views. Each is made at its first use, so that a page without views
 * loads none, and disposed of with the scope, last made first. The plugin has
 * one scope; a test makes its own.
 */
export class PageScope implements IDisposable {
  get isDisposed(): boolean {
    return this._isDisposed;
  }

  /** The one instance of a class. */
  get<T extends Owned>(Kind: new () => T): T {
    const known = this._owned.get(Kind);
    if (known) {
      return known as T;
    }
    const made = new Kind();
    this._owned.set(Kind, made);
    return made;
  }

  dispose(): void {
    if (!this._isDisposed) {
      this._isDisposed = true;
      [...this._owned.values()].reverse().forEach(owned => owned.dispose());
      this._owned.clear();
    }
  }

  private _owned = new Map<new () => Owned, Owned>();
  private _isDisposed = false;
}
