/**
 * Limits the size of the extension, in gzip kB: what JupyterLab loads at its
 * start, and what the first view loads besides (without tfjs, which is the
 * worker's). Bundled here by esbuild with JupyterLab's shared modules left out,
 * so that the check needs no build; ui-tests/tests/load.spec.ts weighs webpack's own
 * chunks, as a page loads them.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build, type BuildResult } from 'esbuild';
import { beforeAll, expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const SHARED = ['@jupyterlab/*', '@lumino/*', 'react', 'react-dom'];

const START_UP_LIMIT = 20_000;
const VIEWER_LIMIT = 120_000;

let result: BuildResult<{ write: false; metafile: true }>;

beforeAll(async () => {
  result = await build({
    entryPoints: ['src/index.ts', 'src/widgets/view/view-widget.tsx'],
    absWorkingDir: root,
    outdir: 'out',
    bundle: true,
    splitting: true,
    minify: true,
    write: false,
    metafile: true,
    format: 'esm',
    target: 'es2022',
    external: SHARED,
    loader: { '.wasm': 'file', '.svg': 'text' }
  });
}, 60_000);

/** The chunks that an entry loads at once, itself first. */
function loadedWith(entry: string): Set<string> {
  const { outputs } = result.metafile;
  const first = Object.keys(outputs).find(name => outputs[name].entryPoint === entry);
  const loaded = new Set(first === undefined ? [] : [first]);
  for (const name of loaded) {
    outputs[name].imports
      .filter(({ kind, external }) => kind === 'import-statement' && !external)
      .forEach(({ path }) => loaded.add(path));
  }
  return loaded;
}

function gzipped(chunks: Iterable<string>): number {
  let sum = 0;
  for (const chunk of chunks) {
    const file = result.outputFiles.find(({ path }) =>
      path.endsWith(chunk.replace('out/', '/out/').replace('//', '/'))
    );
    sum += gzipSync(file?.contents ?? new Uint8Array()).length;
  }
  return sum;
}

test('start-up costs at most 20 kB: code and styles', () => {
  const code = gzipped(loadedWith('src/index.ts'));
  const styles = gzipSync(readFileSync(`${root}style/index.css`)).length;
  expect(code).toBeGreaterThan(2_000);
  expect(code + styles).toBeLessThanOrEqual(START_UP_LIMIT);
});

test('the first view costs at most 120 kB more, and no tfjs', () => {
  const chunks = loadedWith('src/widgets/view/view-widget.tsx');
  const startUp = loadedWith('src/index.ts');
  const own = [...chunks].filter(chunk => !startUp.has(chunk));
  const size = gzipped(own);
  expect(size).toBeGreaterThan(20_000);
  expect(size).toBeLessThanOrEqual(VIEWER_LIMIT);
  const inputs = own.flatMap(chunk => Object.keys(result.metafile.outputs[chunk].inputs));
  expect(inputs.filter(input => /tensorflow|h5wasm|draw\/contours\.ts/.test(input))).toEqual([]);
  expect(inputs.some(input => input.includes('viewer/gl/shaders'))).toBe(true);
});
