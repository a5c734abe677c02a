import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { startServer } from './server.mjs';

let folder;
let server;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gradlens-'));
  await mkdir(join(folder, 'static'));
  await writeFile(join(folder, 'static', 'worker.js'), 'work();');
  await writeFile(join(folder, 'secret.txt'), 'secret');
  await writeFile(join(folder, 'model.h5'), Buffer.alloc(3 << 20, 7));
  server = await startServer({ staticFolder: join(folder, 'static'), pageScript: 'page();' });
});

after(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

const get = path => fetch(server.origin + path);

/** The status of a request whose path is sent as it is, dots included. */
const rawStatus = path =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(server.origin);
    request({ hostname, port, path }, response => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });

test('serves the page and the static files with their types', async () => {
  assert.match(await (await get('/')).text(), /page\.js/);
  assert.equal(await (await get('/page.js')).text(), 'page();');
  const worker = await get('/static/worker.js');
  assert.equal(await worker.text(), 'work();');
  assert.equal(worker.headers.get('content-type'), 'text/javascript');
});

test('serves nothing else', async () => {
  assert.equal((await get('/static/absent.js')).status, 404);
  assert.equal((await get('/secret.txt')).status, 404);
  assert.equal(await rawStatus('/static/../secret.txt'), 404);
  assert.equal(await rawStatus('/static/%2e%2e/secret.txt'), 404);
});

test('shares a large file with its length', async () => {
  const response = await get(server.share(join(folder, 'model.h5')));
  assert.equal(response.headers.get('content-length'), String(3 << 20));
  const bytes = new Uint8Array(await response.arrayBuffer());
  assert.equal(bytes.length, 3 << 20);
  assert.equal(bytes.at(-1), 7);
});

test('shares the files of a folder, and none outside it', async () => {
  const beside = server.shareFolder(join(folder, 'static'));
  assert.equal(await (await get(`${beside}/worker.js`)).text(), 'work();');
  assert.equal((await get(`${beside}/absent.js`)).status, 404);
  assert.equal(await rawStatus(`${beside}/../secret.txt`), 404);
  assert.equal(await rawStatus(`${beside}/%2e%2e%2fsecret.txt`), 404);
});

test('offers bytes once', async () => {
  const address = server.offer(new Uint8Array([1, 2, 3]));
  assert.deepEqual([...new Uint8Array(await (await get(address)).arrayBuffer())], [1, 2, 3]);
  assert.equal((await get(address)).status, 404);
});

test('receives one body', async () => {
  const { url, body } = server.receive();
  await fetch(server.origin + url, { method: 'POST', body: new Uint8Array([4, 5]) });
  assert.deepEqual([...(await body)], [4, 5]);
  assert.equal((await fetch(server.origin + url, { method: 'POST', body: 'again' })).status, 404);
});
