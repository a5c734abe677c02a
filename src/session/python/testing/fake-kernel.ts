/** A kernel whose comms a test plays the other end of. */
import type { Kernel } from '@jupyterlab/services';
import { Signal } from '@lumino/signaling';
import type { FromKernel, FromPage } from '../wire';

/** One comm that a page opened. */
export interface FakeComm {
  isDisposed: boolean;
  commsOverSubshells: string;
  subshellStarted: Promise<void>;
  /** What it said when it opened; null before. */
  opened: { page: string; views: string[] } | null;
  said: FromPage[];
  buffers: ArrayBufferView[][];
  /** Says something to the page. */
  hears(said: FromKernel): void;
  onMsg(message: unknown): void;
  onClose(message: unknown): void;
  open(data: unknown): void;
  send(data: unknown, metadata: unknown, buffers: ArrayBufferView[]): void;
  close(): void;
  dispose(): void;
}

export interface FakeKernel {
  kernel: Kernel.IKernelConnection;
  comms: FakeComm[];
  statusChanged: Signal<object, Kernel.Status>;
  connectionStatusChanged: Signal<object, Kernel.ConnectionStatus>;
  /** Comms of ours that the kernel holds already. */
  known: Record<string, object>;
}

/** @param answers - False of a kernel that knows no view of ours, and closes what is opened. */
export function fakeKernel(answers = true): FakeKernel {
  const owner = {};
  const comms: FakeComm[] = [];
  const statusChanged = new Signal<object, Kernel.Status>(owner);
  const connectionStatusChanged = new Signal<object, Kernel.ConnectionStatus>(owner);
  const known: Record<string, object> = {};
  const createComm = (): FakeComm => {
    const comm: FakeComm = {
      isDisposed: false,
      commsOverSubshells: 'perCommTarget',
      subshellStarted: Promise.resolve(),
      opened: null,
      said: [],
      buffers: [],
      hears: said => comm.onMsg({ content: { data: said } }),
      onMsg: () => undefined,
      onClose: () => undefined,
      open: data => {
        comm.opened = data as FakeComm['opened'];
        if (!answers) {
          comm.onClose({});
          comm.isDisposed = true;
        }
      },
      send: (data, _, buffers) => {
        comm.said.push(data as FromPage);
        comm.buffers.push(buffers);
      },
      close: () => {
        comm.onClose({});
        comm.isDisposed = true;
      },
      dispose: () => {
        comm.isDisposed = true;
      }
    };
    comms.push(comm);
    return comm;
  };
  const kernel = {
    isDisposed: false,
    statusChanged,
    connectionStatusChanged,
    disposed: new Signal<object, void>(owner),
    info: Promise.resolve({}),
    supportsSubshells: true,
    createComm,
    requestCommInfo: async () => ({ content: { comms: known } })
  };
  return {
    kernel: kernel as unknown as Kernel.IKernelConnection,
    comms,
    statusChanged,
    connectionStatusChanged,
    known
  };
}
