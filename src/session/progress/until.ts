import type { ISignal } from '@lumino/signaling';

/** What `find` finds, now or after something has changed. Rejects with what it throws, and when it is aborted. */
export async function until<T extends object>(
  changed: ISignal<unknown, unknown>,
  find: () => T | null,
  signal: AbortSignal
): Promise<T> {
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const end = (): void => {
      changed.disconnect(look);
      signal.removeEventListener('abort', onAbort);
    };
    const onAbort = (): void => {
      end();
      reject(signal.reason);
    };
    const look = (): void => {
      try {
        const found = find();
        if (found) {
          end();
          resolve(found);
        }
      } catch (error) {
        end();
        reject(error);
      }
    };
    signal.addEventListener('abort', onAbort);
    changed.connect(look);
    look();
  });
}
