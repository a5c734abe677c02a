/** Remembers the layer browser's state by model, while it shows another one or is hidden. */
export interface BrowserState {
  expanded: ReadonlySet<string>;
  query: string;
  scrollTop: number;
}

export class BrowserMemory {
  /** The state kept under a model's key; `null` if it has not been seen. */
  get(model: string): BrowserState | null {
    return this._states.get(model) ?? null;
  }

  set(model: string, state: BrowserState): void {
    this._states.set(model, state);
  }

  private _states = new Map<string, BrowserState>();
}
