/** Tracks which views use which models in memory, and frees unused ones. */

interface Usage {
  bytes: number;
  users: number;
}

/**
 * Keeps count of the views of each model. A model without views stays, so that
 * running a cell again finds it, until what nobody uses exceeds the budget: then
 * the one that has been unused longest is closed.
 */
export class ModelShelf {
  /**
   * @param budget - Bytes that models without a view may hold.
   * @param close - Frees a model.
   */
  constructor(
    private budget: () => number,
    private close: (model: string) => void
  ) {}

  /** The models in memory, those unused longest first. */
  get models(): string[] {
    return [...this._usages.keys()];
  }

  retain(model: string, bytes: number): void {
    const usage = this._usages.get(model) ?? { bytes, users: 0 };
    // Taken out and put back: it is the latest one.
    this._usages.delete(model);
    this._usages.set(model, { bytes, users: usage.users + 1 });
  }

  release(model: string): void {
    const usage = this._usages.get(model);
    if (!usage) {
      return;
    }
    this._usages.delete(model);
    this._usages.set(model, { ...usage, users: usage.users - 1 });
    this.sweep();
  }

  /** Closes what no longer fits the budget; also to be called when that changes. */
  sweep(): void {
    const unused = [...this._usages].filter(([, usage]) => usage.users === 0);
    let held = unused.reduce((sum, [, usage]) => sum + usage.bytes, 0);
    for (const [model, { bytes }] of unused) {
      if (held <= this.budget()) {
        return;
      }
      this._usages.delete(model);
      this.close(model);
      held -= bytes;
    }
  }

  private _usages = new Map<string, Usage>();
}
