/**
 * `node bench/viewer/bench-peers.mjs`: one map beside Plotly's heatmap and h5web's
 * HeatmapVis, same size, same browser. The peers are installed on demand, in
 * bench/viewer/peers.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { chromium } from 'playwright';
import { CHROMIUM_ARGS, findChromium } from '../../headless/chromium.mjs';
import { median, quantile } from '../measure.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const folder = join(here, 'peers');
const SIZES = [112, 512];
const ROUNDS = 5;
const MOVES = 40;

if (!existsSync(join(folder, 'node_modules'))) {
  spawnSync('npm', ['install'], { cwd: folder, stdio: 'inherit' });
}
/** @type {import('esbuild').BuildOptions} */
const options = {
  bundle: true,
  write: false,
  format: 'iife',
  target: 'es2022',
  define: { 'process.env.NODE_ENV': '"production"', global: 'globalThis' }
};
const [ours, theirs] = await Promise.all([
  build({ ...options, entryPoints: [join(here, 'page.tsx')], jsx: 'transform' }),
  build({
    ...options,
    entryPoints: [join(here, 'peers-page.mjs')],
    nodePaths: [join(folder, 'node_modules')],
    alias: Object.fromEntries(['react', 'react-dom'].map(name => [name, join(folder, 'node_modules', name)])),
    outdir: 'out',
    loader: { '.css': 'css' }
  })
]);
const text = (of, suffix) => of.outputFiles.find(({ path }) => path.endsWith(suffix))?.text ?? '';
const styles = [join(here, '../../style/index.css'), join(here, '../../src/widgets/view/view.css')];
const { outputFiles } = await build({ entryPoints: styles, bundle: true, write: false, outdir: 'out' });
const css = outputFiles.map(file => file.text).join('\n');

console.log(
  '| One map | size | first paint, ms (median) | cursor work p50 | p95 | cursor painted p50 | p95 |\n|---|---|---|---|---|---|---|'
);
for (const size of SIZES) {
  for (const peer of ['gradlens', 'plotly', 'h5web']) {
    const browser = await chromium.launch({ executablePath: findChromium(), args: CHROMIUM_ARGS });
    try {
      const page = await browser.newPage({ viewport: { width: 660, height: 800 } });
      await page.setContent(
        `<!doctype html><style>${peer === 'gradlens' ? css : text(theirs, '.css')}</style><body></body>`
      );
      await page.addScriptTag({ content: peer === 'gradlens' ? ours.outputFiles?.[0].text : text(theirs, '.js') });
      const show = () =>
        page.evaluate(
          ([p, n]) => (p === 'gradlens' ? globalThis.bench.show(1, 1, n, n) : globalThis.peers.show(p, n)),
          [peer, size]
        );
      await show();
      const first = [];
      for (let round = 0; round < ROUNDS; round++) {
        first.push(await show());
      }
      const timings = await page.evaluate(
        ([p, n]) => (p === 'gradlens' ? globalThis.bench.movePointer(n) : globalThis.peers.move(p, n)),
        [peer, MOVES]
      );
      const of = (key, q) =>
        quantile(
          timings.map(timing => timing[key]),
          q
        ).toFixed(1);
      console.log(
        `| ${peer} | ${size}×${size} | ${median(first).toFixed(0)} | ${of('work', 0.5)} | ${of('work', 0.95)} | ${of('painted', 0.5)} | ${of('painted', 0.95)} |`
      );
    } catch (error) {
      console.log(`| ${peer} | ${size}×${size} | failed: ${String(error.message).split('\n')[0]} | | | | |`);
    } finally {
      await browser.close();
    }
  }
}
