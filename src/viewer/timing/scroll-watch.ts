import { REST } from './pace';

/** Tells whether anything in the page was scrolled a moment ago. */
export class ScrollWatch {
  private _last = -Infinity;

  constructor() {
    document.addEventListener('scroll', this._onScroll, { capture: true, passive: true });
  }

  get isScrolling(): boolean {
    return performance.now() - this._last < REST;
  }

  dispose(): void {
    document.removeEventListener('scroll', this._onScroll, { capture: true });
  }

  private readonly _onScroll = (): void => {
    this._last = performance.now();
  };
}
