import type { Kernel } from '@jupyterlab/services';
import { UUID } from '@lumino/coreutils';
import { DisposableDelegate, type IDisposable } from '@lumino/disposable';
import { fetched } from '../../messages/fetched';
import { messageOf, translated } from '../../messages/message';
import type { ViewServices } from '../services';
import type { LiveView } from '../view-tracker';
import { answerOf } from './answer';
import { KernelComm } from './kernel-comm';
import { outputOf } from './output-of';
import { settled } from './settled';
import { ToldView } from './told-view';
import { type Extra, type FromKernel, PART } from './wire';

/** Names this page: a comm that it opens again takes the place of the one before. */
const PAGE = UUID.uuid4();

/** An output that may become a view of the kernel's. */
export interface Offered {
  /** Opens the view, also where it is out of sight: Python may wait for what it computes. Throws where it cannot. */
  mount(): void;
  /** False if the output has no place on the page yet. */
  readonly isDrawn: boolean;
  /** The live view of the output. */
  view(): LiveView | undefined;
}

/** The views of one kernel in this page: tells Python their states, sets what it says, and answers what it asks. */
export class PythonLink implements IDisposable {
  constructor(
    kernel: Kernel.IKernelConnection,
    private services: ViewServices
  ) {
    this._comm = new KernelComm(
      kernel,
      () => ({ page: PAGE, views: this._announced() }),
      said => this._hear(said)
    );
    services.tracker.changed.connect(this._look, this);
  }

  get isDisposed(): boolean {
    return this._comm.isDisposed;
  }

  /** Takes in an output; several may show one view. */
  offer(id: string, offered: Offered): IDisposable {
    const outputs = this._offered.get(id) ?? new Set();
    this._offered.set(id, outputs.add(offered));
    if (outputs.size === 1) {
      this._announce();
    }
    this._comm.open();
    return new DisposableDelegate(() => {
      outputs.delete(offered);
      if (outputs.size === 0 && this._offered.get(id) === outputs) {
        this._offered.delete(id);
        this._announce();
      }
    });
  }

  dispose(): void {
    this.services.tracker.changed.disconnect(this._look, this);
    this._told.forEach(told => told.dispose());
    this._told.clear();
    this._asked.forEach(({ abort }) => abort.abort());
    this._comm.dispose();
  }

  /** Says which views there are; once the kernel listens, if it does not yet: a comm that opens says nothing. */
  private _announce(): void {
    this._isDue = !this._comm.isOpen;
    if (!this._isDue) {
      this._comm.send({ type: 'views', views: this._announced() });
    }
  }

  private _announced(): string[] {
    this._isDue = false;
    return [...this._offered.keys()];
  }

  private _hear(said: FromKernel): void {
    switch (said.type) {
      case 'known':
        if (this._isDue) {
          this._announce();
        }
        this._known = new Set(said.views);
        this._told.forEach(told => told.dispose());
        this._told.clear();
        this._look();
        break;
      case 'set':
        void this._live(said.view).then(
          () => this._told.get(said.view)?.set(said.state, said.revision),
          // Python hears why when it asks for something.
          () => undefined
        );
        break;
      case 'ask':
        void this._answer(said.ask, said.view, said.wanted);
        break;
      case 'ping':
        if (this._asked.has(said.ask)) {
          this._comm.send({ type: 'working', ask: said.ask });
        }
        break;
      case 'next':
        this._sendPart(said.ask, said.tensor, said.offset);
        break;
      case 'done':
        this._asked.get(said.ask)?.abort.abort();
        this._asked.delete(said.ask);
        break;
    }
  }

  /** Follows which of the kernel's views are live, and which one is in use. */
  private _look(): void {
    for (const id of this._known) {
      const view = this._viewOf(id);
      const before = this._told.get(id);
      if (before && before.view !== view) {
        before.dispose();
        this._told.delete(id);
      }
      if (view && before?.view !== view) {
        const told = new ToldView(view, (state, revision, names) =>
          this._comm.send({ type: 'state', view: id, state, revision, ...(names ? { names } : {}) })
        );
        this._told.set(id, told);
        told.tellNow();
      }
    }
    const { current } = this.services.tracker;
    if (current && current.id !== this._used && this._known.has(current.id) && this._viewOf(current.id) === current) {
      this._comm.send({ type: 'used', view: current.id });
    }
    this._used = current?.id ?? null;
  }

  /** The live view of an output of this kernel's notebook: another notebook may have views of the same ids. */
  private _viewOf(id: string): LiveView | undefined {
    for (const offered of this._offered.get(id) ?? []) {
      const view = offered.view();
      if (view) {
        return view;
      }
    }
    return undefined;
  }

  /** The live view, opened if it is not. */
  private _live(id: string): Promise<LiveView> {
    const { tracker } = this.services;
    const found = this._viewOf(id);
    if (found) {
      return Promise.resolve(found);
    }
    return new Promise((resolve, reject) => {
      const look = (): void => {
        const view = this._viewOf(id);
        if (view) {
          tracker.changed.disconnect(look);
          // After all others have heard of it.
          void Promise.resolve(view).then(resolve);
        }
      };
      tracker.changed.connect(look);
      const offered = [...(this._offered.get(id) ?? [])];
      try {
        (offered.find(({ isDrawn }) => isDrawn) ?? offered[0])?.mount();
      } catch (error) {
        tracker.changed.disconnect(look);
        reject(error);
      }
    });
  }

  private async _answer(
    ask: string,
    id: string,
    wanted: readonly Extra[] | 'output' | 'experiments' | null
  ): Promise<void> {
    const { trans } = this.services;
    const abort = new AbortController();
    this._asked.set(ask, { abort, values: [] });
    this._comm.send({ type: 'working', ask });
    try {
      const view = await this._live(id);
      if (wanted === 'output' || wanted === 'experiments') {
        const output = await (wanted === 'output'
          ? outputOf(view, abort.signal)
          : (await fetched(import('./experiments-of'))).experimentsOf(view, trans));
        if (!abort.signal.aborted) {
          this._asked.set(ask, { abort, values: [output] });
          this._comm.send({ type: 'output', ask, size: output.byteLength });
        }
        return;
      }
      if (wanted === null) {
        await (view.controller && settled(view.controller, abort.signal));
        this._comm.send({ type: 'answer', ask, result: null });
        return;
      }
      const answer = await answerOf(view, wanted, trans, abort.signal);
      if (!abort.signal.aborted) {
        this._asked.set(ask, { abort, values: answer.values });
        this._comm.send({ type: 'answer', ask, result: answer.head });
      }
    } catch (error) {
      if (!abort.signal.aborted) {
        this._comm.send({ type: 'failed', ask, reason: translated(messageOf(error), trans) });
      }
    }
  }

  private _sendPart(ask: string, tensor: number, offset: number): void {
    const values = this._asked.get(ask)?.values[tensor];
    if (values) {
      const bytes = new Uint8Array(
        values.buffer,
        values.byteOffset + offset,
        Math.min(PART, values.byteLength - offset)
      );
      this._comm.send({ type: 'part', ask, tensor, offset }, [bytes]);
    }
  }

  private _comm: KernelComm;
  /** True if a view came or went that the kernel has not been told of. */
  private _isDue = false;
  private _offered = new Map<string, Set<Offered>>();
  private _known: ReadonlySet<string> = new Set();
  private _told = new Map<string, ToldView>();
  private _used: string | null = null;
  private _asked = new Map<string, { abort: AbortController; values: readonly (Float32Array | Uint8Array)[] }>();
}
