/** Serves a page with the real worker in it, for tests in a browser. */
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright';

async function bundle(entry: string, globalName?: string): Promise<Map<string, Uint8Array>> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL(entry, import.meta.url))],
    bundle: true,
    write: false,
    format: 'iife',
    globalName,
    target: 'es2022',
    logLevel: 'error',
    loader: { '.wasm': 'file' },
    assetNames: '[name]',
    publicPath: '/',
    outdir: '/',
    // package.json says that our modules have no effects by themselves; a worker that only imports another has.
    ignoreAnnotations: true,
    external: ['module'],
    define: { 'import.meta.url': '""' }
  });
  return new Map(outputFiles.map(file => [file.path.split(/[\\/]/).at(-1)!, file.contents]));
}

const TYPES: Record<string, string> = { js: 'text/javascript', wasm: 'application/wasm', html: 'text/html' };

function serve(files: Map<string, Uint8Array | string>): Promise<Server> {
  const server = createServer((request, response) => {
    const name = request.url?.slice(1).split('?')[0] || 'index.html';
    const content = files.get(name);
    response.writeHead(content === undefined ? 404 : 200, {
      'Content-Type': TYPES[name.split('.').at(-1)!] ?? 'application/octet-stream'
    });
    response.end(content);
  });
  return new Promise(resolve => server.listen(0, '127.0.0.1', () => resolve(server)));
}

/** A page whose worker is `entry`, a module beside this one or a path from here. */
export async function openPage(browser: Browser, entry: string): Promise<{ page: Page; close(): Promise<void> }> {
  const worker = await bundle(entry);
  const script = [...worker.keys()].find(name => name.endsWith('.js'))!;
  const server = await serve(
    new Map<string, Uint8Array | string>([
      ...worker,
      ['worker.js', worker.get(script)!],
      ['page.js', [...(await bundle('./worker-page.ts', 'engine')).values()][0]],
      ['small.keras', readFileSync('conformance/data/ops/small.keras')],
      ['index.html', '<!doctype html><script src="/page.js"></script>']
    ])
  );
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  return {
    page,
    close: async () => {
      await page.close();
      server.close();
    }
  };
}
