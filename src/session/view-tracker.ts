import { Token } from '@lumino/coreutils';
import type { IDisposable } from '@lumino/disposable';
import { type ISignal, Signal } from '@lumino/signaling';
import type { Resolver } from '../delivery/resolver';
import type { PageView } from '../mime/page-data';
import type { Payload } from '../mime/payload';
import type { ViewKeeper } from './kept/view-keeper';
import type { ModelController } from './model/model-controller';
import type { ShownNow } from './view/shown-map';
import type { ViewSession } from './view/view-session';

/** A view as others see it: the sidebar and the commands steer it through this. */
export interface ViewHandle {
  /** The payload's id, which a copied notebook has too. */
  readonly id: string;
  /** Names its output on the page: the id, and the notebook in which it was opened. */
  readonly key: string;
  readonly title: string;
  readonly session: ViewSession;
  /** What its output held when it was opened; what the view made of it is the controller's. */
  readonly payload: Payload;
  /** Absent for the heatmap of an array, which has no model. */
  readonly controller: ModelController | null;
  /** The map that it shows now. */
  readonly shown: ShownNow;
  /** Keeps the view in its output; null for a view that is no notebook's. */
  readonly keeper: ViewKeeper | null;
  /** Finds files named relative to the view's notebook; null for a view of no notebook. */
  readonly resolver: Resolver;
  /** The elements that show it. */
  readonly nodes: readonly HTMLElement[];
  /** What an output that shows the same holds, with all that was found: for a page elsewhere. */
  asOutput(): Promise<PageView>;
  /** Brings the view before the user. */
  reveal(): void;
}

/** A view and the widgets that show it: several of one output share what was computed. */
export interface LiveView extends ViewHandle {
  nodes: HTMLElement[];
  /** Keeps it live while no element of the page shows it, for Python; let go of once one does. */
  standIn?: IDisposable;
  /** Looks whether the model's file is still the one that was read. */
  checkFile(): void;
  /** Ends what tells of the view's work while it is out of sight. */
  endAnnouncing(): void;
}

/** The live views of the page, and which of them is in use. */
export interface IViewTracker {
  /** The view last used, or the pinned one; it stays when the focus goes elsewhere. */
  readonly current: ViewHandle | null;
  readonly isPinned: boolean;
  /** In the order in which they appeared. */
  readonly views: readonly ViewHandle[];
  /** Emits after any of the above changed. */
  readonly changed: ISignal<IViewTracker, void>;
  /** Says that the user turned to this view. */
  use(view: ViewHandle): void;
  /** Keeps the current view whatever is used, or follows again. */
  pin(isPinned: boolean): void;
}

export const IViewTracker = new Token<IViewTracker>(
  'gradlens:IViewTracker',
  'The live GradLens views of the page, and the one in use.'
);

export class ViewTracker implements IViewTracker {
  get current(): ViewHandle | null {
    return this._current;
  }

  get isPinned(): boolean {
    return this._isPinned;
  }

  get views(): readonly ViewHandle[] {
    return this._views;
  }

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** Takes up a view that has just been shown. The first one is in use at once. */
  add(view: ViewHandle): void {
    this._views = [...this._views, view];
    this._current ??= view;
    this._changed.emit();
  }

  /** Forgets a view that was closed; the one used before it takes its place. */
  remove(view: ViewHandle): void {
    this._views = this._views.filter(other => other !== view);
    this._history = this._history.filter(other => other !== view);
    if (this._current === view) {
      this._current = this._history[this._history.length - 1] ?? this._views[this._views.length - 1] ?? null;
      this._isPinned = false;
    }
    this._changed.emit();
  }

  use(view: ViewHandle): void {
    if (!this._views.includes(view)) {
      return;
    }
    this._history = [...this._history.filter(other => other !== view), view];
    if (!this._isPinned && this._current !== view) {
      this._current = view;
      this._changed.emit();
    }
  }

  /**
   * Says that the user turned to a document: the view in use is one of its views, the last one
   * used among them. A document without any changes nothing.
   */
  turnTo(document: Element): void {
    const isThere = ({ nodes }: ViewHandle): boolean => nodes.some(node => document.contains(node));
    if (!this._current || !isThere(this._current)) {
      const view = [...this._history].reverse().find(isThere) ?? this._views.find(isThere);
      if (view) {
        this.use(view);
      }
    }
  }

  pin(isPinned: boolean): void {
    if (isPinned !== this._isPinned && (this._current || !isPinned)) {
      this._isPinned = isPinned;
      this._current = isPinned ? this._current : (this._history[this._history.length - 1] ?? this._current);
      this._changed.emit();
    }
  }

  private _current: ViewHandle | null = null;
  private _isPinned = false;
  private _views: readonly ViewHandle[] = [];
  /** Last used last. */
  private _history: readonly ViewHandle[] = [];
  private _changed = new Signal<this, void>(this);
}
