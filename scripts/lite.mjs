/**
 * The whole tool as a site without a server: JupyterLite, with a Python kernel in the browser.
 *
 *   npm run lite               builds the site in .work/lite/site: put it on any host of files
 *   npm run lite -- --serve    … and serves it on this machine
 *   npm run lite -- --check    … and drives its demo with all networks but this machine refused
 *
 * All that it is made of comes from npm and PyPI, and lies in the site.
 */
import { spawn } from 'node:child_process';
import { copyFileSync, cpSync, mkdirSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { runPlaywright } from '../ui-tests/run-playwright.mjs';
import { freePort } from './lab.mjs';
import { writeContents } from './lite/contents.mjs';
import { LITE_WHEELS, liteBin, makeWheel, PYODIDE, root, run, setup, SetupError } from './setup.mjs';

const { values } = parseArgs({
  options: { check: { type: 'boolean', default: false }, serve: { type: 'boolean', default: false } }
});

const home = join(root, '.work', 'lite');
const site = join(home, 'site');

/** What a browser loads of Pyodide. */
const CORE = ['pyodide.mjs', 'pyodide.asm.mjs', 'pyodide.asm.wasm', 'python_stdlib.zip'];

function build() {
  rmSync(home, { recursive: true, force: true });
  const project = join(home, 'project');
  const pyodide = join(project, 'static', 'pyodide');
  mkdirSync(pyodide, { recursive: true });
  for (const name of ['jupyter-lite.json', 'jupyter_lite_config.json']) {
    copyFileSync(join(root, 'lite', name), join(project, name));
  }
  for (const name of CORE) {
    copyFileSync(join(PYODIDE, name), join(pyodide, name));
  }
  const wheel = makeWheel(join(home, 'wheel'));
  cpSync(LITE_WHEELS, pyodide, { recursive: true });
  cpSync(join(home, 'wheel'), pyodide, { recursive: true });
  run(liteBin('python'), [join(root, 'lite/lock.py'), PYODIDE, pyodide, join(pyodide, 'pyodide-lock.json')]);

  // The site ships the extensions that are installed where it is built.
  const install = ['install', '--quiet', '--disable-pip-version-check', '--no-deps', '--force-reinstall'];
  run(liteBin('python'), ['-m', 'pip', ...install, wheel]);
  writeContents(join(home, 'contents'));
  run(
    liteBin('jupyter'),
    ['lite', 'build', '--contents', join(home, 'contents'), '--output-dir', site],
    // Said only when it fails.
    { cwd: project, stdio: ['ignore', 'ignore', 'inherit'] }
  );
}

async function serve() {
  const port = await freePort();
  const args = ['-m', 'http.server', String(port), '--bind', '127.0.0.1', '--directory', site];
  console.log(
    `GradLens without a server: http://127.0.0.1:${port}/lab/index.html?path=demo.ipynb\nCtrl+C here ends it.`
  );
  spawn(liteBin('python'), args, { stdio: ['ignore', 'ignore', 'ignore'] });
}

try {
  await setup(['jupyter', 'demo-data', 'lite', ...(values.check ? ['chromium', 'ui-tests'] : [])]);
  build();
  console.log(`The site is in ${relative(root, site)}: put this folder on any host of files.`);
  if (values.check) {
    process.exitCode = await runPlaywright(['--config', 'lite.config.ts'], {
      GRADLENS_UI_ROOT: join(root, 'examples'),
      GRADLENS_LITE_SITE: site
    });
  } else if (values.serve) {
    await serve();
  }
} catch (error) {
  if (!(error instanceof SetupError)) {
    throw error;
  }
  console.error(`gradlens: ${error.message}`);
  process.exitCode = 1;
}
