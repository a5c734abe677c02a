import type { IRenderMime } from '@jupyterlab/rendermime-interfaces';
import type { Kernel } from '@jupyterlab/services';
import type { IDisposable } from '@lumino/disposable';
import { type ISignal, Signal } from '@lumino/signaling';
import type { Resolver } from '../../delivery/resolver';
import { type Kept, METADATA, readKept, withKept } from '../../mime/kept';
import { parsePayload } from '../../mime/parse';
import { MIME_TYPE, type Payload } from '../../mime/payload';
import { equal } from '../../state/defaults';
import { carriedOver } from './carry-over';

/** The parts of JupyterLab's notebooks that are used; their package is not needed for more. */
export interface Output {
  readonly data: { readonly [type: string]: unknown };
  readonly metadata: { readonly [key: string]: unknown };
  /** True if a cell made it in this page, or the notebook is trusted. */
  readonly trusted: boolean;
  setData(options: { data?: never; metadata?: never }): void;
}

interface OutputsChange {
  type: string;
  newIndex: number;
  newValues: readonly Output[];
  oldValues: readonly Output[];
}

export interface Cell {
  /** Absent in cells of text. */
  outputs?: { readonly length: number; get(index: number): Output; readonly changed: ISignal<unknown, OutputsChange> };
  /** Absent in versions that do not tell. */
  executionState?: string;
}

export interface NotebookModel {
  dirty: boolean;
  readonly cells?: Iterable<Cell> & { readonly changed: ISignal<unknown, { newValues: readonly Cell[] }> };
}

export interface NotebookContext {
  readonly path: string;
  /** Absent in tests. */
  readonly pathChanged?: ISignal<unknown, string>;
  /** Finds files named relative to the notebook; absent in tests. */
  readonly urlResolver?: IRenderMime.IResolver;
  readonly ready: Promise<void>;
  readonly model: NotebookModel;
  readonly contentsModel: { writable: boolean } | null;
  readonly saveState: ISignal<unknown, string>;
  save(): Promise<void>;
  readonly sessionContext?: {
    readonly session: { readonly kernel: Kernel.IKernelConnection | null } | null;
    readonly kernelChanged: ISignal<unknown, unknown>;
  };
}

/** Takes what is still being worked at when a notebook is saved, until it is written into it. */
export type WriteLater = (written: Promise<void>) => void;

/** Milliseconds after a save in which what was being worked at completes it. */
const COMPLETES = 3000;

/**
 * Watches the outputs of an open notebook: which were made in this page, and what a cell
 * that runs again takes over from its output before. It sees all cells, also those
 * that JupyterLab has not drawn.
 */
export class KeptNotebook implements IDisposable {
  constructor(private context: NotebookContext) {
    context.saveState.connect(this._onSaveState, this);
    void context.ready.then(() => {
      const { cells } = context.model;
      if (!this._isDisposed && cells) {
        this._watch([...cells]);
        cells.changed.connect((_, { newValues }) => this._watch(newValues), this);
        cells.changed.connect(this._look, this);
        this._look();
      }
    });
  }

  get path(): string {
    return this.context.path;
  }

  get resolver(): Resolver {
    return this.context.urlResolver ?? null;
  }

  /** The outputs that hold views, drawn or not, by the payload's id. */
  get views(): ReadonlyMap<string, Output> {
    return this._views;
  }

  /** Emits after outputs that hold views came, went or were replaced. */
  get viewsChanged(): ISignal<this, void> {
    return this._viewsChanged;
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  /** False if what is written into it could not be saved. */
  get isWritable(): boolean {
    return this.context.contentsModel?.writable !== false;
  }

  get kernel(): Kernel.IKernelConnection | null {
    return this.context.sessionContext?.session?.kernel ?? null;
  }

  /** Emits when the notebook has another kernel, or none any more; absent where notebooks have none. */
  get kernelChanged(): ISignal<unknown, unknown> | undefined {
    return this.context.sessionContext?.kernelChanged;
  }

  /**
   * Emits before the notebook is saved. Its content is taken at once: where something is written soon
   * after, the notebook is saved again, and later than that it counts as changed.
   */
  get saving(): ISignal<this, WriteLater> {
    return this._saving;
  }

  /** True if a cell made this view since the notebook was opened. */
  isFresh(id: string): boolean {
    return this._fresh.has(id);
  }

  /** Makes the notebook count as changed. */
  touch(): void {
    this._isTouched = true;
    this.context.model.dirty = true;
  }

  /** Disposes of something with the notebook. */
  own(owned: IDisposable): void {
    if (this._isDisposed) {
      owned.dispose();
    } else {
      this._owned.push(owned);
    }
  }

  dispose(): void {
    this._isDisposed = true;
    this._owned.splice(0).forEach(owned => owned.dispose());
    Signal.clearData(this);
  }

  private _onSaveState(_: unknown, state: string): void {
    if (state === 'started') {
      const late: Promise<void>[] = [];
      this._saving.emit(written => void late.push(written));
      // A save that completes another is not completed in its turn: views may be worked at without end.
      this._late = this._isCompleting ? [] : late;
      // What has just been written is saved.
      this._isTouched = false;
    } else if (state === 'completed') {
      const { _late: late } = this;
      this._late = [];
      if (this._isTouched || late.length > 0) {
        // JupyterLab has taken it for saved, with what was changed while the file was under way.
        this.touch();
      }
      if (late.length > 0) {
        void this._complete(late);
      }
    }
  }

  private async _complete(late: readonly Promise<void>[]): Promise<void> {
    const end = Date.now() + COMPLETES;
    await Promise.all(late);
    if (!this._isDisposed && Date.now() <= end) {
      this._isCompleting = true;
      await this.context.save().catch((reason: unknown) => console.warn('GradLens: saving again failed.', reason));
      this._isCompleting = false;
    }
  }

  private _watch(cells: readonly Cell[]): void {
    for (const cell of cells) {
      if (!this._watched.has(cell)) {
        this._watched.add(cell);
        cell.outputs?.changed.connect((_, change) => this._onOutputs(cell, change), this);
      }
    }
  }

  private _onOutputs(cell: Cell, { type, oldValues, newValues }: OutputsChange): void {
    // An output that changed is "set" to itself.
    const gone = oldValues.filter(output => !newValues.includes(output) && idOf(output) !== null);
    const made = newValues.filter(output => !oldValues.includes(output) && idOf(output) !== null);
    if (gone.length + made.length > 0) {
      this._look();
    }
    if (gone.length > 0) {
      this._gone.set(cell, gone);
      if (type !== 'set') {
        void Promise.resolve().then(() => this._forgetCleared(cell));
      }
    }
    made.forEach(output => this._onMade(cell, output, oldValues));
  }

  private _onMade(cell: Cell, output: Output, replaced: readonly Output[]): void {
    const before = this._gone.get(cell)?.shift();
    const id = idOf(output);
    const isSame = before !== undefined && idOf(before) === id;
    if (id !== null && (replaced.length === 0 || !isSame)) {
      this._fresh.add(id);
    }
    if (before) {
      // After all others have heard of the new output, and the old view has written its last.
      void Promise.resolve().then(() => (isSame ? keepAll(before, output) : carry(before, output)));
    }
  }

  /** Looks which views there are, once for all that changes at a time. */
  private _look(): void {
    this._looking ??= Promise.resolve().then(() => {
      this._looking = null;
      if (!this._isDisposed) {
        this._views = new Map([...(this.context.model.cells ?? [])].flatMap(viewsOf));
        this._viewsChanged.emit();
      }
    });
  }

  /** Clearing a cell's output by hand is a way to begin anew. */
  private _forgetCleared(cell: Cell): void {
    if (cell.executionState === 'idle') {
      this._gone.delete(cell);
    }
  }

  private _saving = new Signal<this, WriteLater>(this);
  private _viewsChanged = new Signal<this, void>(this);
  private _views: ReadonlyMap<string, Output> = new Map();
  private _looking: Promise<void> | null = null;
  /** What was being worked at when the save that is under way began. */
  private _late: readonly Promise<void>[] = [];
  private _isCompleting = false;
  /** Changed since the last save began. */
  private _isTouched = false;
  private _watched = new WeakSet<Cell>();
  /** Outputs that a cell had before, in order, that no new one has replaced yet. */
  private _gone = new WeakMap<Cell, Output[]>();
  /** Payloads' ids. */
  private _fresh = new Set<string>();
  private _owned: IDisposable[] = [];
  private _isDisposed = false;
}

/** JupyterLab copies all of an output each time that its data are looked at; another payload comes as another output. */
const IDS = new WeakMap<Output, string | null>();

/** The id of the payload that an output holds; null of other outputs. */
function idOf(output: Output): string | null {
  const known = IDS.get(output);
  if (known !== undefined) {
    return known;
  }
  const { id } = (output.data[MIME_TYPE] ?? {}) as { id?: unknown };
  const found = typeof id === 'string' ? id : null;
  IDS.set(output, found);
  return found;
}

/** The outputs of a cell that hold views, by the payload's id. */
function viewsOf({ outputs }: Cell): [id: string, output: Output][] {
  return Array.from({ length: outputs?.length ?? 0 }, (_, i) => outputs?.get(i)).flatMap(output => {
    const id = output ? idOf(output) : null;
    return output && id !== null ? [[id, output] as [string, Output]] : [];
  });
}

/** The payload, or null if it cannot be read. */
function payloadOf({ data }: Output): Payload | null {
  try {
    return parsePayload(data[MIME_TYPE]);
  } catch {
    return null;
  }
}

function carry(before: Output, output: Output): void {
  const old = payloadOf(before);
  const now = payloadOf(output);
  const kept: Kept = old && now ? carriedOver(old, readKept(before.metadata), now) : {};
  if (Object.keys(kept).length > 0) {
    output.setData({ metadata: withKept(output.metadata, kept) as never });
  }
}

/** The kernel sent the same view again, with more in it: what is kept of it stays. */
function keepAll(before: Output, output: Output): void {
  const kept = before.metadata[METADATA];
  if (kept !== undefined && !equal(kept, output.metadata[METADATA])) {
    const png = before.data['image/png'];
    output.setData({
      data: { ...output.data, 'image/png': png } as never,
      metadata: { ...output.metadata, [METADATA]: kept } as never
    });
  }
}
