import type { Kernel } from '@jupyterlab/services';
import { Signal } from '@lumino/signaling';
import { describe, expect, it, vi } from 'vitest';
import { kernelFile } from './kernel-file';

const FILE = Uint8Array.from({ length: 10_000_000 }, (_, i) => i % 251);

/** A kernel that answers as gradlens/_model/kernel_file.py does; `mtime` may change under way. */
function kernelWith(
  options: {
    error?: string;
    mtimes?: number[];
    unknown?: boolean;
    restartAt?: number;
    dropAt?: number;
    loseAt?: number;
  } = {}
): {
  kernel: Kernel.IKernelConnection;
  log: string[];
} {
  const log: string[] = [];
  let part = 0;
  const owner = {};
  const statusChanged = new Signal<object, Kernel.Status>(owner);
  const kernel = {
    statusChanged,
    status: 'idle',
    disposed: new Signal<object, void>(owner),
    serverSettings: { baseUrl: 'http://server/' },
    createComm: () => {
      const comm = {
        isDisposed: false,
        commsOverSubshells: 'perCommTarget',
        onMsg: (_: unknown): void => undefined,
        onClose: (_: unknown): void => undefined,
        open: () => {
          log.push('open');
          queueMicrotask(() => {
            if (options.unknown) {
              comm.onClose({});
            } else {
              reply(options.error ? { error: options.error } : { size: FILE.length, mtime: 1 }, []);
            }
          });
        },
        send: ({ offset, length }: { offset: number; length: number }) => {
          log.push(`${offset}+${length}`);
          if (offset === options.restartAt) {
            comm.isDisposed = true;
            queueMicrotask(() => statusChanged.emit('restarting'));
            return;
          }
          if (offset === options.loseAt) {
            delete options.loseAt;
            comm.isDisposed = true;
            return;
          }
          if (comm.commsOverSubshells !== 'disabled') {
            return;
          }
          // As JupyterLab, once the subshell has started.
          comm.commsOverSubshells = 'perCommTarget';
          if (offset === options.dropAt) {
            delete options.dropAt;
            return;
          }
          const mtime = options.mtimes?.[part++] ?? 1;
          queueMicrotask(() =>
            reply({ size: FILE.length, mtime, offset }, [new DataView(FILE.buffer, offset, length)])
          );
        },
        close: () => {
          log.push('close');
          comm.isDisposed = true;
        }
      };
      const reply = (data: unknown, buffers: unknown[]): void => comm.onMsg({ content: { data }, buffers });
      return comm;
    }
  } as unknown as Kernel.IKernelConnection;
  return { kernel, log };
}

const signal = (): AbortSignal => new AbortController().signal;

async function read(parts: AsyncIterable<Uint8Array>): Promise<number[]> {
  const sizes: number[] = [];
  let at = 0;
  for await (const part of parts) {
    expect(part[0]).toBe(FILE[at]);
    sizes.push(part.length);
    at += part.length;
  }
  return sizes;
}

describe('kernelFile', () => {
  it('reads a file in bounded parts, one at a time, and closes the comm', async () => {
    const { kernel, log } = kernelWith();
    const file = await kernelFile('../m.h5', kernel, 0);
    expect(file).toMatchObject({ name: 'm.h5', size: FILE.length, key: `kernel:../m.h5|${FILE.length}|1` });
    expect(await read(file.stream(signal()))).toEqual([4_194_304, 4_194_304, 1_611_392]);
    expect(log).toEqual(['open', 'close', 'open', '0+4194304', '4194304+4194304', '8388608+1611392', 'close']);
  });

  it('reads no more than its head when asked for that', async () => {
    const { kernel, log } = kernelWith();
    const head = await (await kernelFile('m.h5', kernel, 0)).head(8, signal());
    expect([...head]).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(log).toContain('0+8');
  });

  it('says what the kernel says', async () => {
    await expect(kernelFile('m.h5', kernelWith({ error: 'No such file or directory' }).kernel, 0)).rejects.toThrow(
      'The kernel cannot read “m.h5”: No such file or directory.'
    );
  });

  it('says to run the cell again when the kernel has not shown the file', async () => {
    await expect(kernelFile('../m.h5', kernelWith({ unknown: true }).kernel, 0)).rejects.toThrow(/Run the cell again/);
  });

  it('does not join parts of two versions', async () => {
    const { kernel, log } = kernelWith({ mtimes: [1, 2] });
    const file = await kernelFile('m.h5', kernel, 0);
    await expect(read(file.stream(signal()))).rejects.toThrow(/changed while/);
    expect(log[log.length - 1]).toBe('close');
  });

  it('says so when the kernel is restarted under way', async () => {
    const { kernel } = kernelWith({ restartAt: 4_194_304 });
    const file = await kernelFile('m.h5', kernel, 0);
    await expect(read(file.stream(signal()))).rejects.toThrow(
      'The kernel that sends “m.h5” was restarted or stopped. Run the cell again.'
    );
  });

  it('asks an idle kernel again when it does not answer, each time past the subshell that it may not know', async () => {
    vi.useFakeTimers();
    try {
      const { kernel, log } = kernelWith({ dropAt: 4_194_304 });
      const file = await kernelFile('m.h5', kernel, 0);
      const reading = read(file.stream(signal()));
      await vi.advanceTimersByTimeAsync(4900);
      expect(log.filter(entry => entry.startsWith('4194304+'))).toHaveLength(1);
      await vi.advanceTimersByTimeAsync(200);
      expect(await reading).toEqual([4_194_304, 4_194_304, 1_611_392]);
      expect(log.filter(entry => entry.startsWith('4194304+'))).toHaveLength(2);
    } finally {
      vi.useRealTimers();
    }
  });

  it('opens the comm anew where JupyterLab closed it while it connected again', async () => {
    vi.useFakeTimers();
    try {
      const { kernel, log } = kernelWith({ loseAt: 4_194_304 });
      const file = await kernelFile('m.h5', kernel, 0);
      const reading = read(file.stream(signal()));
      await vi.advanceTimersByTimeAsync(5100);
      expect(await reading).toEqual([4_194_304, 4_194_304, 1_611_392]);
      expect(log.filter(entry => entry === 'open')).toHaveLength(3);
    } finally {
      vi.useRealTimers();
    }
  });

  it('stops when cancelled', async () => {
    const abort = new AbortController();
    const { kernel, log } = kernelWith();
    const file = await kernelFile('m.h5', kernel, 0);
    const reading = (async () => {
      for await (const part of file.stream(abort.signal)) {
        abort.abort();
        void part;
      }
    })();
    await expect(reading).rejects.toThrow(/abort/i);
    expect(log.filter(entry => entry.includes('+'))).toHaveLength(1);
  });
});
