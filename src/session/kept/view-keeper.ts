import type { ISignal } from '@lumino/signaling';
import type { KeepChoice, Kept } from '../../mime/kept';
import { equal } from '../../state/defaults';
import type { ViewState } from '../../state/view-state';
import { PICTURE_PROPERTIES, RUN_PROPERTIES } from '../../state/vocabulary';
import type { ViewSession } from '../view/view-session';
import type { WriteLater } from './kept-notebook';
import type { OutputStore } from './output-store';
import type { ResultKeeper } from './result-keeper';

/** Milliseconds of quiet after which something is written: dragging a slider writes once. */
const QUIET = 1000;

/** Properties that the picture in the output depends on. */
const DRAWN: ReadonlySet<keyof ViewState> = new Set([...PICTURE_PROPERTIES, 'range', 'scope']);

/** Properties with which something else is looked at: results are stored when one was changed by hand. */
const LOOKED_AT: ReadonlySet<keyof ViewState> = new Set([...RUN_PROPERTIES, 'probe']);

/** The picture of a view, for readers without GradLens. */
export interface Drawing {
  title: string;
  /** Base64 PNG; null where it cannot be drawn now. */
  draw(): string | null;
}

/** The surroundings that a keeper needs. */
export interface KeeperServices {
  /** Emits before the notebook is saved. */
  saving: ISignal<unknown, WriteLater> | null;
  /** True if what is shown is what the state asks for. */
  isUpToDate(): boolean;
  /** True while something is computed. */
  isComputing(): boolean;
  /** True if drawing would disturb now. */
  isBusy(): boolean;
}

/**
 * Keeps in the output what was set by hand, and the picture of it. Writes nothing
 * before somebody changes something: opening a notebook and looking at it leaves it as it is.
 */
export class ViewKeeper {
  constructor(
    private session: ViewSession,
    private store: OutputStore,
    private services: KeeperServices,
    /** What the view finds; null where that is not kept. */
    readonly results: ResultKeeper | null = null
  ) {
    const kept = store.read();
    this._isPictureDue = store.isFresh && kept.picture === undefined;
    this._areResultsDue = store.isFresh && kept.results === undefined;
    session.changed.connect(this._onState, this);
    services.saving?.connect(this._onSaving, this);
    results?.changed.connect(this._onResults, this);
    results?.guessed.connect(this._onGuessed, this);
  }

  /** The picture in the output, base64 PNG, with what it shows; null unless it is that of the view. */
  get picture(): { title: string; png: string } | null {
    const { picture } = this.store.read();
    const png = this.store.picture();
    return picture && png !== null ? { ...picture, png } : null;
  }

  /** The experiments that are stored, or about to be. */
  get experiments(): unknown {
    return 'experiments' in this._due ? this._due.experiments : this.store.read().experiments;
  }

  /** The story that is stored, or about to be. */
  get story(): unknown {
    return 'story' in this._due ? this._due.story : this.store.read().story;
  }

  /** The picture's title: what the view shows now. */
  show(drawing: Drawing | null): void {
    this._drawing = drawing;
    this._awaitsDrawing &&= !this.services.isUpToDate();
    if (!this._completeSave() && drawing && this._isPictureDue) {
      this._later();
    }
  }

  /** Keeps something that was decided by hand. */
  keep(kept: Kept): void {
    this._due = { ...this._due, ...kept };
    this._isPictureDue = true;
    this._announce();
  }

  /** Keeps experiments, which the picture does not show. */
  keepExperiments(experiments: unknown): void {
    this._due = { ...this._due, experiments };
    this._announce();
  }

  /** The findings that are stored, or about to be. */
  get findings(): unknown {
    return 'findings' in this._due ? this._due.findings : this.store.read().findings;
  }

  /** Bytes that findings may take of the notebook: a third of what is kept. */
  get findingsRoom(): number {
    const { results } = this;
    return results ? Math.floor(results.limit(results.choice) / 3) : 0;
  }

  /** Keeps what checks found, which the picture does not show. */
  keepFindings(findings: unknown): void {
    this._due = { ...this._due, findings };
    // What else was found has the room that is left.
    this._areResultsDue = true;
    this._announce();
  }

  /** Keeps a story, which the picture does not show. */
  keepStory(story: unknown): void {
    this._due = { ...this._due, story };
    this._announce();
  }

  /** Writes what is due; the picture only once it shows what is asked for. */
  flush(): void {
    window.clearTimeout(this._timer);
    const kept = this._due;
    const drawing = this._isPictureDue && this.services.isUpToDate() ? this._drawing : null;
    const png = this._drawn(drawing);
    if (drawing && png !== null) {
      this._isPictureDue = false;
    }
    this._due = {};
    const found = this._found(kept);
    this._isWritten ||= found !== null;
    if (png !== null || found !== null || Object.keys(kept).length > 0) {
      this.store.write(
        { ...kept, ...found, ...(drawing && png !== null ? { picture: { title: drawing.title } } : {}) },
        png ?? undefined
      );
    }
    if (!this._isWorking) {
      this._written.forEach(resolve => resolve());
      this._written = [];
    }
  }

  /** Changes how much of what was found is kept in this output; null: what the settings say. */
  keepResults(choice: KeepChoice | null): void {
    this._areResultsDue = true;
    this.keep({ keep: choice ?? undefined, ...(choice === 'picture' ? { findings: undefined } : {}) });
    this.flush();
  }

  /** Writes what is due, and ends. */
  dispose(): void {
    this.flush();
    this._written.forEach(resolve => resolve());
    this.session.changed.disconnect(this._onState, this);
    this.services.saving?.disconnect(this._onSaving, this);
    this.results?.changed.disconnect(this._onResults, this);
    this.results?.guessed.disconnect(this._onGuessed, this);
  }

  /** What was found, if it is due and packed, and not stored as it is. */
  private _found(due: Kept): Kept | null {
    const { results } = this;
    if (!this._areResultsDue || !results || results.isBusy) {
      return null;
    }
    this._areResultsDue = !this.services.isUpToDate();
    const choice = 'keep' in due ? (due.keep ?? null) : results.choice;
    const packed = results.packed(choice, 'findings' in due ? due.findings : this.store.read().findings) ?? undefined;
    return equal(packed, this.store.read().results) ? null : { results: packed };
  }

  private _onSaving(_: unknown, later: WriteLater): void {
    this.flush();
    if (this._isWorking) {
      this._awaitsDrawing = !this.services.isUpToDate();
      later(new Promise(resolve => this._written.push(resolve)));
    }
  }

  /** True if what is to be written is not all there yet. */
  private get _isWorking(): boolean {
    return this.services.isComputing() || (this._areResultsDue && this.results?.isBusy === true);
  }

  /** Writes for a save that was before, once all is there; returns whether it did. */
  private _completeSave(): boolean {
    const isReady = this._written.length > 0 && !this._awaitsDrawing && !this._isWorking;
    if (isReady) {
      this.flush();
    }
    return isReady;
  }

  private _onResults(): void {
    if (!this._completeSave() && this._areResultsDue) {
      this._later();
    }
  }

  /** A gallery's predictions come when the results are written already. */
  private _onGuessed(): void {
    this._areResultsDue ||= this._isWritten || this.store.isFresh;
  }

  private _drawn(drawing: Drawing | null): string | null {
    try {
      return drawing?.draw() ?? null;
    } catch (reason) {
      console.warn('GradLens: the picture of a view could not be stored in the notebook.', reason);
      return null;
    }
  }

  private _onState(session: ViewSession, names: readonly (keyof ViewState)[]): void {
    const byHand = names.filter(name => name !== 'cursor' && session.isAsByHand(name));
    if (byHand.length > 0) {
      this._due = { ...this._due, view: session.keptJSON() };
      this._isPictureDue ||= byHand.some(name => DRAWN.has(name));
      this._areResultsDue ||= byHand.some(name => LOOKED_AT.has(name));
      this._announce();
    }
  }

  private _announce(): void {
    this.store.announce();
    this._later();
  }

  private _later(): void {
    window.clearTimeout(this._timer);
    this._timer = window.setTimeout(() => (this.services.isBusy() ? this._later() : this.flush()), QUIET);
  }

  private _drawing: Drawing | null = null;
  private _due: Kept = {};
  /** Nobody has yet stored the picture of what is set now. */
  private _isPictureDue: boolean;
  /** Nobody has yet stored what was found of what is asked now. */
  private _areResultsDue: boolean;
  /** This view has written results: what comes to them later is written too. */
  private _isWritten = false;
  private _timer = 0;
  /** Those who wait, after a save, for what was not there yet. */
  private _written: (() => void)[] = [];
  /** After a save: the drawing is still that of before. */
  private _awaitsDrawing = false;
}
