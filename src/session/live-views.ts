import { notebookOf } from '../delivery/resolver';
import type { LiveView } from './view-tracker';

/**
 * The live views of a page. All that shows one output shares a view. An output is known by its payload's id and by
 * its notebook: a notebook's copy has the same ids, but another folder, and so other files of the same names.
 */
export class LiveViews {
  get size(): number {
    return this._views.size;
  }

  /** The payloads' ids, in the order in which the views appeared. */
  get ids(): string[] {
    return [...this._views].map(({ id }) => id);
  }

  /**
   * The view of an output.
   *
   * @param id - The payload's.
   * @param notebook - The path that the notebook has now; null for what is no notebook's.
   */
  of(id: string, notebook: string | null): LiveView | undefined {
    return [...this._views].find(view => view.id === id && notebookOf(view.resolver) === notebook);
  }

  add(view: LiveView): void {
    this._views.add(view);
  }

  remove(view: LiveView): void {
    this._views.delete(view);
  }

  private _views = new Set<LiveView>();
}
