/** Which models are in memory, for whom, and which may go. */

interface Book {
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
    return [...this._books.keys()];
  }

  retain(model: string, bytes: number): void {
    const book = this._books.get(model) ?? { bytes, users: 0 };
    // Taken out and put back: it is the latest one.
    this._books.delete(model);
    this._books.set(model, { bytes, users: book.users + 1 });
  }

  release(model: string): void {
    const book = this._books.get(model);
    if (!book) {
      return;
    }
    this._books.delete(model);
    this._books.set(model, { ...book, users: book.users - 1 });
    this.sweep();
  }

  /** Closes what no longer fits the budget; also to be called when that changes. */
  sweep(): void {
    const unused = [...this._books].filter(([, book]) => book.users === 0);
    let held = unused.reduce((sum, [, book]) => sum + book.bytes, 0);
    for (const [model, { bytes }] of unused) {
      if (held <= this.budget()) {
        return;
      }
      this._books.delete(model);
      this.close(model);
      held -= bytes;
    }
  }

  private _books = new Map<string, Book>();
}
