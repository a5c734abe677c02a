import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { IJupyterLabPageFixture } from '@jupyterlab/galata';
import { expect, openNotebook, refresh, runAll, test, view, writeNotebook } from './fixtures';

/**
 * Limits in kB of gzip: what JupyterLab loads at its start, and
 * what the first view loads besides, without the worker's tfjs.
 */
const START_UP = 20;
const VIEWER = 120;

const built = join(__dirname, '../../gradlens/labextension/static');

/** Built with `--development`, code is neither small nor in the same chunks. */
const isProduction = (): boolean => {
  const entries = existsSync(built) ? readdirSync(built).filter(name => /^remoteEntry\..*\.js$/.test(name)) : [];
  return entries.length === 1 && !readFileSync(join(built, entries[0]), 'utf8').includes('/******/');
};

/** Files of ours that the page has loaded so far, itself and not its worker. */
async function loaded(page: IJupyterLabPageFixture): Promise<string[]> {
  const urls = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
  return [...new Set(urls.flatMap(url => url.match(/gradlens\/static\/([^?]+)/)?.[1] ?? []))];
}

const kilobytes = (name: string): number => gzipSync(readFileSync(join(built, name))).length / 1000;

test('start-up and viewer keep within their size', async ({ page }) => {
  test.skip(!isProduction(), 'this is a development build; npm test makes one for production');
  writeNotebook(
    'load.ipynb',
    'import gradlens, numpy as np\ngradlens.heatmap(np.ones((4, 4)), link="none")',
    'gradlens.show("models/tank.keras", "data/test_tank_grey.png")'
  );
  await refresh(page);
  const rows: [string, string[], number][] = [];
  const start = await loaded(page);
  rows.push(['start-up', start, START_UP]);
  await openNotebook(page, 'load.ipynb');
  await runAll(page);
  await expect((await view(page, 0)).getByRole('img', { name: /^Heatmap/ })).toBeVisible();
  await expect((await view(page, 1)).getByRole('img', { name: /^Grad-CAM/ })).toBeVisible();
  // The worker's own file is named by the page, and what it loads then is not.
  const later = (await loaded(page)).filter(name => !start.includes(name) && !/engine|wasm/.test(name));
  rows.push(['first views', later, VIEWER]);

  console.log('\n| when | file | kB gzip |\n|---|---|---:|');
  for (const [when, files, limit] of rows) {
    files.forEach(name => console.log(`| ${when} | ${name} | ${kilobytes(name).toFixed(1)} |`));
    const sum = files.reduce((all, name) => all + kilobytes(name), 0);
    console.log(`| ${when} | **all, limit ${limit}** | ${sum.toFixed(1)} |`);
    expect(sum).toBeLessThanOrEqual(limit);
    // If nothing was found, nothing was measured.
    expect(sum).toBeGreaterThan(limit / 10);
  }
});
