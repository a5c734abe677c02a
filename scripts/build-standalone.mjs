/**
 * Builds what a page without JupyterLab is made of, from src/standalone/: `page.html`, with code and style
 * inside and places left for a page's own contents, and `engine.js.gz`, the worker with its WebAssembly.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));

const COMMON = /** @type {const} */ ({
  absWorkingDir: root,
  bundle: true,
  format: 'iife',
  minify: true,
  write: false,
  outdir: 'out',
  target: 'es2022',
  logLevel: 'warning',
  legalComments: 'none',
  charset: 'utf8',
  define: { 'process.env.NODE_ENV': '"production"' },
  loader: { '.wasm': 'dataurl' }
});

/** A part of a page ends where its element does, whatever it says before. @param {string} text @param {string} element */
function inside(text, element) {
  if (new RegExp(`</${element}|<!--`, 'i').test(text)) {
    throw new Error(`What goes into <${element}> must not hold its end: write "<\\/${element}" in the source.`);
  }
  return text;
}

/** @param {string} text */
const hashOf = text => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/**
 * @param {string} folder where the files go
 * @returns {Promise<Record<string, number>>} their sizes in bytes
 */
export async function buildStandalone(folder) {
  const [page, worker] = await Promise.all([
    build({
      ...COMMON,
      entryPoints: ['src/standalone/main.tsx'],
      alias: { '@jupyterlab/apputils': join(root, 'src/standalone/substitutes/apputils.ts') }
    }),
    build({ ...COMMON, entryPoints: ['src/engine/worker/worker.ts'] })
  ]);
  /** @param {string} ending */
  const output = ending => page.outputFiles.find(({ path }) => path.endsWith(ending))?.text.trim() ?? '';
  const script = inside(output('.js'), 'script');
  const style = inside(output('.css'), 'style');
  const policy = [
    "default-src 'none'",
    `script-src ${hashOf(script)} 'wasm-unsafe-eval'`,
    'worker-src blob:',
    `style-src ${hashOf(style)}`,
    'img-src data: blob:',
    // The worker's WebAssembly, which stands in its code.
    'connect-src data:',
    "base-uri 'none'",
    "form-action 'none'"
  ].join('; ');
  const html = readFileSync(join(root, 'src/standalone/page.html'), 'utf8')
    .replace('{{policy}}', () => policy)
    .replace('{{style}}', () => style)
    .replace('{{script}}', () => script);
  const engine = gzipSync(Buffer.from(worker.outputFiles[0].text), { level: 9 });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'page.html'), html);
  writeFileSync(join(folder, 'engine.js.gz'), engine);
  return { 'page.html': Buffer.byteLength(html), 'engine.js.gz': engine.byteLength };
}
