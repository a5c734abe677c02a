/** A download that goes on where it broke when the connection is lost. */
import { after, partsOf } from './stream-chunks';

/**
 * Asks for a file from a byte on; answers with status 206 when the server serves ranges, else with 200 and all of it.
 */
export type RangeRequest = (from: number, signal: AbortSignal) => Promise<Response>;

export interface ResumeOptions {
  /** Waits before each try that follows a failure without any progress, milliseconds. */
  pauses?: readonly number[];
  /** Waits; tests put their own here. */
  sleep?: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

const PAUSES = [500, 1500, 4000];

/**
 * The bytes of a file, in parts.
 *
 * After a lost connection it asks again from the byte where it broke; a server
 * without ranges sends all again, and what is known is passed over. A file that
 * changed meanwhile (another `ETag` or `Last-Modified`) is an error, since its halves would not fit.
 *
 * @throws What `request` throws, when it fails as often as there are pauses without a byte in between.
 */
export async function* resumableStream(
  request: RangeRequest,
  signal: AbortSignal,
  options: ResumeOptions = {}
): AsyncGenerator<Uint8Array> {
  const { pauses = PAUSES, sleep = pause } = options;
  let done = 0;
  let failures = 0;
  let version: string | null = null;
  for (;;) {
    signal.throwIfAborted();
    try {
      const response = await request(done, signal);
      const current = response.headers.get('ETag') ?? response.headers.get('Last-Modified');
      if (done > 0 && version !== null && current !== null && current !== version) {
        throw new ChangedFileError();
      }
      version = current;
      if (response.body) {
        for await (const fresh of after(response.status === 206 ? 0 : done, partsOf(response.body))) {
          done += fresh.length;
          failures = 0;
          yield fresh;
        }
      }
      return;
    } catch (error) {
      if (signal.aborted || !isLostConnection(error) || failures >= pauses.length) {
        throw error;
      }
      await sleep(pauses[failures++], signal);
    }
  }
}

/** The file became another one while it was being read. */
export class ChangedFileError extends Error {
  readonly name = 'ChangedFileError';
}

/** `fetch` and streams throw a TypeError for a network that failed; JupyterLab wraps it in a NetworkError. */
function isLostConnection(error: unknown): boolean {
  return error instanceof TypeError;
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        reject(signal.reason);
      },
      { once: true }
    );
  });
}
