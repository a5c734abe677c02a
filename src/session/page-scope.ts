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
    this.own(made);
    return made;
  }

  /** Takes what was made elsewhere, to dispose of it with the scope. */
  own(owned: Owned): void {
    this._disposers.push(owned);
  }

  dispose(): void {
    if (!this._isDisposed) {
      this._isDisposed = true;
      this._disposers.reverse().forEach(owned => owned.dispose());
      this._disposers = [];
      this._owned.clear();
    }
  }

  private _owned = new Map<new () => Owned, Owned>();
  /** In the order in which they were made. */
  private _disposers: Owned[] = [];
  private _isDisposed = false;
}
