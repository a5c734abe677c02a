import { CommsOverSubshells, type Kernel } from '@jupyterlab/services';
import type { IDisposable } from '@lumino/disposable';
import { type FromKernel, type FromPage, TARGET } from './wire';

/** Milliseconds without a word after which a comm is opened anew. */
const PATIENCE = 5000;

/** Times that a comm is opened over a subshell; then over the main shell, which hears only between cells. */
const OVER_SUBSHELLS = 3;

/** Times in all; the next output tries again. */
const MOST_TRIES = 6;

/** What a kernel that ends knew of its pages is gone. */
const ENDINGS: readonly Kernel.Status[] = ['restarting', 'autorestarting', 'terminating', 'dead'];

/**
 * A comm with a kernel that opens again when it is lost. It goes over a subshell where the kernel
 * has any, so that the kernel hears the page while a cell runs that waits for it.
 */
export class KernelComm implements IDisposable {
  /** @param hello - What is said first, each time that the comm opens. */
  constructor(
    private kernel: Kernel.IKernelConnection,
    private hello: () => { page: string; views: string[] },
    private hear: (said: FromKernel) => void
  ) {
    kernel.statusChanged.connect(this._onStatus, this);
    kernel.connectionStatusChanged.connect(this._onConnection, this);
    kernel.disposed.connect(this.dispose, this);
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  /** True from the kernel's first answer until it ends. */
  get isOpen(): boolean {
    return this._isHeard && this._comm !== null && !this._comm.isDisposed;
  }

  /** Opens the comm unless it is open or opening. */
  open(): void {
    if (!this._isDisposed && (this._comm === null || this._comm.isDisposed)) {
      void this._open(0);
    }
  }

  /** Says something; nothing where nobody listens. */
  send(said: FromPage, buffers: ArrayBufferView[] = []): void {
    if (this.isOpen) {
      this._comm?.send(said as never, undefined, buffers as ArrayBufferView<ArrayBuffer>[]);
    }
  }

  dispose(): void {
    if (!this._isDisposed) {
      this._isDisposed = true;
      this.kernel.statusChanged.disconnect(this._onStatus, this);
      this.kernel.connectionStatusChanged.disconnect(this._onConnection, this);
      this.kernel.disposed.disconnect(this.dispose, this);
      this._drop();
    }
  }

  private async _open(tries: number): Promise<void> {
    this._isHeard = false;
    const comm = (this._comm = this.kernel.createComm(TARGET));
    if (tries >= OVER_SUBSHELLS) {
      comm.commsOverSubshells = CommsOverSubshells.Disabled;
    } else if (comm.commsOverSubshells === CommsOverSubshells.Disabled) {
      comm.commsOverSubshells = CommsOverSubshells.PerCommTarget;
    }
    comm.onMsg = ({ content }) => {
      if (this._comm === comm) {
        this._isHeard = true;
        this.hear(content.data as unknown as FromKernel);
      }
    };
    // So does a kernel in which no view was made.
    comm.onClose = () => {
      if (this._comm === comm) {
        this._comm = null;
      }
    };
    const isOverSubshell = tries < OVER_SUBSHELLS && this.kernel.supportsSubshells;
    this._soon(() => this._comm === comm && !this._isHeard, tries, isOverSubshell);
    await this.kernel.info.catch(() => undefined);
    if (this.kernel.supportsSubshells && tries < OVER_SUBSHELLS) {
      await (comm as { subshellStarted?: Promise<void> }).subshellStarted;
    }
    if (this._comm === comm && !comm.isDisposed && !this.kernel.isDisposed) {
      comm.open(this.hello());
    }
  }

  /** Opens again what is not heard; a main shell that runs a cell hears later. */
  private _soon(isAwaited: () => boolean, tries: number, isOverSubshell: boolean): void {
    clearTimeout(this._timer);
    this._timer = setTimeout(() => {
      if (isAwaited() && !isOverSubshell && this.kernel.status === 'busy') {
        this._soon(isAwaited, tries, isOverSubshell);
      } else if (isAwaited() && tries < MOST_TRIES) {
        this._drop();
        void this._open(tries + 1);
      }
    }, PATIENCE);
  }

  private _drop(): void {
    clearTimeout(this._timer);
    const comm = this._comm;
    this._comm = null;
    if (comm && !comm.isDisposed && !this.kernel.isDisposed) {
      comm.close();
    }
  }

  private _onStatus(_: unknown, status: Kernel.Status): void {
    if (ENDINGS.includes(status)) {
      clearTimeout(this._timer);
      this._comm?.dispose();
      this._comm = null;
    }
  }

  /** JupyterLab closes comms while it connects anew. */
  private _onConnection(_: unknown, status: Kernel.ConnectionStatus): void {
    if (status === 'connected' && this._comm?.isDisposed) {
      this.open();
    }
  }

  private _comm: Kernel.IComm | null = null;
  private _timer: ReturnType<typeof setTimeout> | undefined;
  private _isHeard = false;
  private _isDisposed = false;
}
