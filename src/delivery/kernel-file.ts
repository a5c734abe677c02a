import { CommsOverSubshells, type Kernel } from '@jupyterlab/services';
import { type Message, message } from '../messages/message';
import { keptFile } from './cached-file';
import { modelName } from './model-name';
import { DeliveryError, type ServedFile, TornFileError } from './served-file';

/** As gradlens/_model/kernel_file.py names it. */
const TARGET = 'gradlens:file';

/** Bytes asked for at once: the kernel gives no more. */
const PART = 4 * 1024 * 1024;

/** Milliseconds without an answer after which an idle kernel is asked again; then three times as long each time. */
const PATIENCE = 5000;

/** Number of times that a comm closed by JupyterLab is reopened. */
const REOPENINGS = 2;

/** JupyterLab has closed the comm, as it does while it connects to a restarted kernel anew. */
class LostComm extends DeliveryError {}

/** After these a kernel knows nothing of what it was asked. */
const ENDINGS: readonly Kernel.Status[] = ['restarting', 'autorestarting', 'terminating', 'dead'];

/** The kernel's description of a file. */
interface About {
  error?: string;
  /** Absolute, without links: two notebooks that name one file name it alike. */
  path?: string;
  size?: number;
  mtime?: number;
  offset?: number;
}

/**
 * A file that the kernel reads for the browser, because Jupyter's server does
 * not reach it: outside its folder, or on another machine.
 *
 * One part is under way at a time, so neither side fills up.
 *
 * @param path - As in the payload, relative to the notebook's folder.
 * @param keepBytes - Bytes of model files that the browser may keep.
 * @throws DeliveryError when the kernel does not know the file.
 */
export async function kernelFile(
  path: string,
  kernel: Kernel.IKernelConnection,
  keepBytes: number
): Promise<ServedFile> {
  const name = modelName(path);
  const ask = async (): Promise<About> => {
    const conversation = await open(path, name, kernel);
    conversation.close();
    return conversation.about;
  };
  const about = await ask();
  const size = about.size ?? 0;
  const place = `kernel:${about.path ?? path}`;
  const version = versionOf(about);
  const file: ServedFile = {
    key: `${place}|${version}`,
    place,
    name,
    size,
    ...(about.mtime === undefined ? {} : { changed: about.mtime / 1e6 }),
    stream: signal => parts(path, name, kernel, size, about.mtime, signal),
    // The kernel sends what show() was given, and no more.
    sibling: async file => {
      throw new DeliveryError(
        message(
          "“%1”, which belongs to “%2”, lies outside the folder that JupyterLab serves. Copy the model's folder beside the notebook.",
          file,
          name
        )
      );
    },
    head: async (count, signal) => {
      for await (const part of parts(path, name, kernel, Math.min(count, size), about.mtime, signal)) {
        return part.subarray(0, count);
      }
      return new Uint8Array();
    }
  };
  const isStill = async (): Promise<boolean> => versionOf(await ask()) === version;
  return keptFile(file, { place: kernel.serverSettings.baseUrl + place, version }, keepBytes, isStill);
}

const versionOf = ({ size, mtime }: About): string => `${size ?? ''}|${mtime ?? ''}`;

interface Conversation {
  about: About;
  part(offset: number, length: number): Promise<{ about: About; bytes: Uint8Array }>;
  close(): void;
}

async function* parts(
  path: string,
  name: string,
  kernel: Kernel.IKernelConnection,
  to: number,
  mtime: number | undefined,
  signal: AbortSignal
): AsyncGenerator<Uint8Array> {
  let conversation = await open(path, name, kernel);
  let reopened = 0;
  try {
    for (let offset = 0; offset < to;) {
      signal.throwIfAborted();
      const asked = conversation.part(offset, Math.min(PART, to - offset)).catch((error: unknown) => {
        if (error instanceof LostComm && reopened++ < REOPENINGS) {
          return null;
        }
        throw error;
      });
      const part = await abortable(asked, signal);
      if (part === null) {
        conversation.close();
        conversation = await open(path, name, kernel);
        continue;
      }
      const { about, bytes } = part;
      if (about.mtime !== mtime || bytes.length === 0) {
        throw new TornFileError(name);
      }
      offset += bytes.length;
      yield bytes;
    }
  } finally {
    conversation.close();
  }
}

async function open(path: string, name: string, kernel: Kernel.IKernelConnection): Promise<Conversation> {
  const comm = kernel.createComm(TARGET);
  let answer: ((reply: { about: About; bytes: Uint8Array }) => void) | null = null;
  let fail: ((error: DeliveryError) => void) | null = null;
  const next = (): Promise<{ about: About; bytes: Uint8Array }> =>
    new Promise((resolve, reject) => {
      answer = reply =>
        reply.about.error === undefined
          ? resolve(reply)
          : reject(
              new DeliveryError(
                message('The kernel cannot read “%1”: %2. Run the cell again.', name, reply.about.error)
              )
            );
      fail = reject;
    });
  let awaited: number | undefined;
  comm.onMsg = message => {
    const [buffer] = message.buffers ?? [];
    const bytes = buffer ? viewOf(buffer) : new Uint8Array();
    const about = message.content.data as unknown as About;
    // A request sent twice may be answered twice.
    if (about.offset === awaited || about.error !== undefined) {
      answer?.({ about, bytes });
    }
  };
  // The kernel closes a comm for an unknown file at once.
  comm.onClose = () =>
    fail?.(
      new DeliveryError(
        message(
          '“%1” lies outside the folder that JupyterLab serves, and this kernel did not show it. Run the cell again, or copy the file beside the notebook.',
          name
        )
      )
    );
  // A kernel that ends takes its comms with it, without a word.
  const ended = (): Message =>
    message('The kernel that sends “%1” was restarted or stopped. Run the cell again.', name);
  const lost = (): LostComm => new LostComm(ended());
  const onEnd = (): void => fail?.(new DeliveryError(ended()));
  const onStatus = (_: unknown, status: Kernel.Status): void => {
    if (ENDINGS.includes(status)) {
      onEnd();
    }
  };
  kernel.statusChanged.connect(onStatus);
  kernel.disposed.connect(onEnd);
  const stopListening = (): void => {
    fail = null;
    kernel.statusChanged.disconnect(onStatus);
    kernel.disposed.disconnect(onEnd);
  };
  let about: About;
  try {
    about = (await insist(next(), kernel, comm, () => (comm.isDisposed ? fail?.(lost()) : comm.open({ path })))).about;
  } catch (error) {
    stopListening();
    throw error;
  }
  return {
    about,
    part: (offset, length) => {
      awaited = offset;
      return insist(next(), kernel, comm, () => (comm.isDisposed ? fail?.(lost()) : comm.send({ offset, length })));
    },
    close: () => {
      stopListening();
      if (!comm.isDisposed) {
        comm.close();
      }
    }
  };
}

/**
 * Sends, and sends again where a kernel that is not busy does not answer. Always
 * to the main shell: what is sent to a subshell that the kernel does not know, or
 * not yet, is dropped without a word.
 */
function insist<T>(
  reply: Promise<T>,
  kernel: Kernel.IKernelConnection,
  comm: Kernel.IComm,
  send: () => void
): Promise<T> {
  const ask = (): void => {
    // Each time, since JupyterLab may have started the subshell meanwhile.
    comm.commsOverSubshells = CommsOverSubshells.Disabled;
    send();
  };
  let timer: ReturnType<typeof setTimeout>;
  // Ever longer: over a slow connection an answer that is under way must not be asked for again and again.
  const wait = (time: number): void => {
    timer = setTimeout(() => {
      if (kernel.status === 'busy') {
        wait(time);
      } else {
        wait(3 * time);
        ask();
      }
    }, time);
  };
  wait(PATIENCE);
  ask();
  return reply.finally(() => clearTimeout(timer));
}

function viewOf(buffer: ArrayBuffer | ArrayBufferView): Uint8Array {
  return ArrayBuffer.isView(buffer)
    ? new Uint8Array(buffer.buffer as ArrayBuffer, buffer.byteOffset, buffer.byteLength)
    : new Uint8Array(buffer);
}

/** `promise`, but rejected as soon as `signal` aborts: a busy kernel answers late. */
function abortable<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    promise.then(resolve, reject);
  });
}
