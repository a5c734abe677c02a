/**
 * Builds what views without JupyterLab are made of, from src/standalone/: `viewer.js` and `viewer.css`; for a page
 * of their own `page.html`, with places left for those and for what it shows, `theme.css` and `page.css`;
 * `engine.js.gz`, the worker with its WebAssembly; `version.txt`; and the licences of what others wrote.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { NOTICES, notices, packagesIn } from './release/third-party.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

const COMMON = /** @type {const} */ ({
  absWorkingDir: root,
  bundle: true,
  format: 'iife',
  minify: true,
  write: false,
  metafile: true,
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
  const [page, sheets, worker] = await Promise.all([
    build({
      ...COMMON,
      entryPoints: { viewer: 'src/standalone/main.tsx' },
      alias: { '@jupyterlab/apputils': join(root, 'src/standalone/substitutes/apputils.ts') }
    }),
    build({ ...COMMON, entryPoints: ['src/standalone/theme.css', 'src/standalone/page.css'] }),
    build({ ...COMMON, entryPoints: ['src/engine/worker/worker.ts'] })
  ]);
  /** @type {Record<string, string>} */
  const files = Object.fromEntries(
    [...page.outputFiles, ...sheets.outputFiles].map(({ path, text }) => [
      basename(path),
      inside(text.trim(), path.endsWith('.js') ? 'script' : 'style')
    ])
  );
  const policy = [
    "default-src 'none'",
    `script-src ${hashOf(files['viewer.js'])} 'wasm-unsafe-eval'`,
    'worker-src blob:',
    `style-src ${['theme.css', 'page.css', 'viewer.css'].map(name => hashOf(files[name])).join(' ')}`,
    'img-src data: blob:',
    // The worker's WebAssembly, which stands in its code.
    'connect-src data:',
    "base-uri 'none'",
    "form-action 'none'"
  ].join('; ');
  files['page.html'] = readFileSync(join(root, 'src/standalone/page.html'), 'utf8').replace('{{policy}}', policy);
  // These three are in JupyterLab's bundle alone, which is else made of the same.
  files[NOTICES] = notices([
    ...packagesIn([page.metafile, sheets.metafile, worker.metafile]),
    'node_modules/css-loader',
    'node_modules/process',
    'node_modules/style-loader'
  ]);
  files['version.txt'] = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version;
  const engine = gzipSync(Buffer.from(worker.outputFiles[0].text), { level: 9 });
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(folder, name), text);
  }
  writeFileSync(join(folder, 'engine.js.gz'), engine);
  return {
    ...Object.fromEntries(Object.entries(files).map(([name, text]) => [name, Buffer.byteLength(text)])),
    'engine.js.gz': engine.byteLength
  };
}
