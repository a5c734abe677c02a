/**
 * A tiny web server on the loopback interface: the page, the built extension's
 * static files, the files of a run, and a place to which results are posted.
 */
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';

const TYPES = {
  '.js': 'text/javascript',
  '.wasm': 'application/wasm',
  '.html': 'text/html',
  '.json': 'application/json'
};

const PAGE =
  '<!doctype html><meta charset="utf-8"><title>GradLens</title><script type="module" src="/page.js"></script>';

/**
 * @param {{ staticFolder: string, pageScript: string }} options the built extension's `static` folder and the page's module
 * @returns {Promise<{ origin: string, share(path: string): string, offer(bytes: Uint8Array): string, shareFolder(folder: string): string,
 *   receive(): { url: string, body: Promise<Buffer> }, close(): Promise<void> }>}
 *   `share` gives the address of a file, `offer` that of bytes, to be fetched once, `shareFolder`
 *   that before the names of a folder's files; `receive` an address that takes one POST.
 */
export async function startServer({ staticFolder, pageScript }) {
  const files = new Map();
  const folders = new Map();
  const posts = new Map();
  let counter = 0;
  const server = createServer((request, response) => {
    handle(request, response).catch(() => response.destroy());
  });

  async function handle(request, response) {
    const { pathname } = new URL(request.url, 'http://loopback');
    if (request.method === 'POST') {
      return takePost(pathname, request, response);
    }
    if (pathname === '/') {
      return send(response, '.html', PAGE);
    }
    if (pathname === '/page.js') {
      return send(response, '.js', pageScript);
    }
    const shared = files.get(pathname);
    if (shared instanceof Uint8Array) {
      files.delete(pathname);
      return send(response, '', shared);
    }
    if (shared) {
      return sendFile(response, shared);
    }
    const [, place, number, ...rest] = pathname.split('/');
    const [folder, path] =
      place === 'static' ? [staticFolder, [number, ...rest]] : [folders.get(`/${place}/${number}`), rest];
    const inside = folder && normalize(join(folder, ...path.map(decodeURIComponent)));
    if (inside?.startsWith(folder + sep)) {
      return sendFile(response, inside).catch(() => notFound(response));
    }
    return notFound(response);
  }

  async function takePost(pathname, request, response) {
    const resolve = posts.get(pathname);
    if (!resolve) {
      return notFound(response);
    }
    posts.delete(pathname);
    const chunks = [];
    for await (const chunk of request) {
      chunks.push(chunk);
    }
    resolve(Buffer.concat(chunks));
    response.end();
  }

  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve(null));
  });
  const address = /** @type {import('node:net').AddressInfo} */ (server.address());
  const register = value => {
    const address = `/file/${++counter}`;
    files.set(address, value);
    return address;
  };
  return {
    origin: `http://127.0.0.1:${address.port}`,
    share: register,
    offer: register,
    shareFolder(folder) {
      const address = `/beside/${++counter}`;
      folders.set(address, folder);
      return address;
    },
    receive() {
      const url = `/result/${++counter}`;
      return { url, body: new Promise(resolve => posts.set(url, resolve)) };
    },
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve(undefined));
        server.closeAllConnections();
      })
  };
}

function send(response, extension, body) {
  response.writeHead(200, {
    'Content-Type': TYPES[extension] ?? 'application/octet-stream',
    'Content-Length': Buffer.byteLength(body)
  });
  response.end(body);
}

async function sendFile(response, path) {
  const { size } = await stat(path);
  // Small files at once, models as a stream.
  if (size < 1 << 20) {
    return send(response, extname(path), await readFile(path));
  }
  response.writeHead(200, {
    'Content-Type': TYPES[extname(path)] ?? 'application/octet-stream',
    'Content-Length': size
  });
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), response);
}

function notFound(response) {
  response.writeHead(404);
  response.end();
}
