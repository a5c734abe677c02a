import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A connection between browser and Jupyter that is as slow, and breaks as often, as a test wants. */
export interface FlakyProxy {
  port: number;
  /** First lines and Range headers of what was asked for of the files below. */
  asked: { path: string; range: string | null }[];
  /** Breaks the connection after so many bytes of an answer, this many times; after that it holds. */
  breakAfter(bytes: number, times: number): void;
  /** Bytes a second of an answer; null: as fast as it goes. */
  limit(bytesPerSecond: number | null): void;
  close(): Promise<void>;
}

const TICK = 50;

/** Passes everything on as it is, but for answers to requests of `files`. */
export async function flakyProxy(target: number, files: RegExp): Promise<FlakyProxy> {
  const sockets = new Set<Socket>();
  const asked: FlakyProxy['asked'] = [];
  let breaks = { after: 0, times: 0 };
  let rate: number | null = null;
  const server = createServer(client => {
    const upstream = connect(target, '127.0.0.1');
    let isFile = false;
    let passed = 0;
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        sockets.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
    client.on('data', data => {
      const [head] = data.toString('latin1').split('\r\n\r\n');
      const path = /^GET (\S+) HTTP/.exec(head)?.[1];
      if (path !== undefined) {
        isFile = files.test(path);
        passed = 0;
        if (isFile) {
          asked.push({ path, range: /^Range: (.*)$/im.exec(head)?.[1] ?? null });
        }
      }
      upstream.write(data);
    });
    upstream.on('data', data => {
      if (!isFile) {
        client.write(data);
        return;
      }
      void trickle(data);
    });

    const trickle = async (data: Buffer): Promise<void> => {
      upstream.pause();
      for (let at = 0; at < data.length && !client.writableEnded;) {
        const part = data.subarray(
          at,
          at + (rate === null ? data.length : Math.max(1, Math.floor((rate * TICK) / 1000)))
        );
        at += part.length;
        passed += part.length;
        if (breaks.times > 0 && passed > breaks.after) {
          breaks = { ...breaks, times: breaks.times - 1 };
          // In good order, so that what was sent before arrives; the length that was announced does not.
          client.end();
          return;
        }
        client.write(part);
        if (rate !== null) {
          await new Promise(resolve => setTimeout(resolve, TICK));
        }
      }
      upstream.resume();
    };
  });

  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    asked,
    breakAfter: (after, times) => void (breaks = { after, times }),
    limit: bytesPerSecond => void (rate = bytesPerSecond),
    close: () => {
      sockets.forEach(socket => socket.destroy());
      return new Promise(resolve => server.close(() => resolve()));
    }
  };
}
