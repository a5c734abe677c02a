/** A JupyterLab of the project's own on a folder, with pages of fresh profiles, for the benchmarks of this folder. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { CHROMIUM_ARGS, findChromium } from '../../headless/chromium.mjs';
import { startLab } from '../../scripts/lab.mjs';
import { jupyterBin } from '../../scripts/setup.mjs';

/**
 * Starts JupyterLab and a browser.
 *
 * @param {string} folder
 * @param {string[]} [extra] - arguments of JupyterLab
 */
export async function openLab(folder, extra = []) {
  // The user's own settings and layout are not touched.
  const own = mkdtempSync(join(tmpdir(), 'gradlens-bench-'));
  const env = {
    ...process.env,
    JUPYTERLAB_SETTINGS_DIR: join(own, 'settings'),
    JUPYTERLAB_WORKSPACES_DIR: join(own, 'workspaces')
  };
  const lab = await startLab({ folder, quiet: true, env, extra: ['--LabApp.expose_app_in_browser=True', ...extra] });
  const browser = await chromium.launch({ executablePath: findChromium(), args: CHROMIUM_ARGS });
  return {
    /** A page of a fresh profile, with JupyterLab loaded. */
    newPage: async () => {
      const context = await browser.newContext({ viewport: { width: 1280, height: 1000 } });
      const page = await context.newPage();
      page.setDefaultTimeout(180_000);
      await page.goto(`http://127.0.0.1:${lab.port}/lab?reset&token=${lab.token}`);
      await page.locator('#jupyterlab-splash').waitFor({ state: 'detached' });
      await page.locator('.jp-DirListing-item').first().waitFor();
      return page;
    },
    stop: async () => {
      await browser.close();
      await lab.stop();
      rmSync(own, { recursive: true });
    }
  };
}

/** Executes a command of JupyterLab. */
export const execute = (page, command, args = {}) =>
  page.evaluate(
    ([id, given]) => globalThis.jupyterapp.commands.execute(id, given).then(() => undefined),
    [command, args]
  );

/** Opens a notebook, and waits for its kernel. */
export async function openNotebook(page, path) {
  await execute(page, 'docmanager:open', { path });
  await page.getByText(/\| Idle$/).waitFor();
}

/** Writes a notebook of code cells: [source, outputs]. */
export function writeNotebook(path, cells) {
  const notebook = {
    cells: cells.map(([source, outputs], i) => ({
      cell_type: 'code',
      execution_count: null,
      id: `cell-${i}`,
      metadata: {},
      outputs,
      source
    })),
    metadata: { kernelspec: { name: 'python3', display_name: 'Python 3', language: 'python' } },
    nbformat: 4,
    nbformat_minor: 5
  };
  writeFileSync(path, JSON.stringify(notebook));
}

/** The outputs of a notebook on disk that hold a view. */
export const viewsIn = path =>
  JSON.parse(readFileSync(path, 'utf8'))
    .cells.flatMap(({ outputs }) => outputs)
    .filter(({ data }) => data && 'application/vnd.gradlens.v1+json' in data);

/** Signs a notebook, so that JupyterLab shows its outputs. */
export const trust = path => void execFileSync(jupyterBin('jupyter'), ['trust', path], { stdio: 'ignore' });
