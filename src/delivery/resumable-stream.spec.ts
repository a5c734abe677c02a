import { describe, expect, it } from 'vitest';
import { ChangedFileError, type RangeRequest, resumableStream } from './resumable-stream';

const FILE = Uint8Array.from({ length: 100 }, (_, i) => i);
const signal = (): AbortSignal => new AbortController().signal;

/** Sends `bytes` in parts of 10 and breaks the connection after `until` of them. */
function body(bytes: Uint8Array, until = Infinity): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream({
    pull: controller => {
      if (at >= until) {
        controller.error(new TypeError('network error'));
      } else if (at >= bytes.length) {
        controller.close();
      } else {
        controller.enqueue(bytes.slice(at, at + 10));
        at += 10;
      }
    }
  });
}

/** A server whose n-th answer breaks after `breaks[n]` bytes. */
function server(
  breaks: number[],
  options: { ranges?: boolean; etags?: string[] } = {}
): { request: RangeRequest; asked: number[] } {
  const asked: number[] = [];
  const request: RangeRequest = async from => {
    const n = asked.push(from) - 1;
    const headers = { ETag: options.etags?.[n] ?? 'same' };
    return options.ranges === false
      ? new Response(body(FILE, breaks[n]), { status: 200, headers })
      : new Response(body(FILE.slice(from), breaks[n]), { status: from > 0 ? 206 : 200, headers });
  };
  return { request, asked };
}

async function read(request: RangeRequest, pauses = [1, 1]): Promise<Uint8Array> {
  const parts: number[] = [];
  for await (const part of resumableStream(request, signal(), { pauses, sleep: async () => undefined })) {
    parts.push(...part);
  }
  return Uint8Array.from(parts);
}

describe('resumableStream', () => {
  it('reads a file in one go', async () => {
    const { request, asked } = server([]);
    expect(await read(request)).toEqual(FILE);
    expect(asked).toEqual([0]);
  });

  it('goes on from the byte where the connection broke', async () => {
    const { request, asked } = server([40, 30]);
    expect(await read(request)).toEqual(FILE);
    expect(asked).toEqual([0, 40, 70]);
  });

  it('passes over what it has when the server knows no ranges', async () => {
    const { request, asked } = server([40], { ranges: false });
    expect(await read(request)).toEqual(FILE);
    expect(asked).toEqual([0, 40]);
  });

  it('gives up after as many failures without a byte as there are pauses', async () => {
    const { request, asked } = server([20, 0, 0, 0]);
    await expect(read(request)).rejects.toThrow('network error');
    expect(asked).toEqual([0, 20, 20]);
  });

  it('does not join the halves of two versions', async () => {
    const { request } = server([40], { etags: ['one', 'two'] });
    await expect(read(request)).rejects.toBeInstanceOf(ChangedFileError);
  });

  it('does not try again after an answer that is an error of the server’s', async () => {
    const asked: number[] = [];
    const request: RangeRequest = async from => {
      asked.push(from);
      throw new Error('404');
    };
    await expect(read(request)).rejects.toThrow('404');
    expect(asked).toEqual([0]);
  });

  it('stops when cancelled, also while it waits', async () => {
    const abort = new AbortController();
    const { request } = server([40]);
    const parts = resumableStream(request, abort.signal, {
      pauses: [60_000],
      sleep: async () => abort.abort()
    });
    await expect(
      (async () => {
        for await (const part of parts) {
          void part;
        }
      })()
    ).rejects.toThrow();
  });
});
