/**
 * npm run demo               sets everything up, makes the demo's model and data, opens JupyterLab on the notebook
 * npm run demo -- --check    runs the notebook in headless Chromium instead and saves a screenshot of the view
 */
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { findChromium } from '../headless/chromium.mjs';
import { root, setup } from './setup.mjs';

const { values } = parseArgs({
  options: { check: { type: 'boolean', default: false }, 'no-browser': { type: 'boolean', default: false } }
});

async function open() {
  const { startLab } = await import('./lab.mjs');
  const lab = await startLab({
    folder: join(root, 'examples'),
    notebook: 'demo.ipynb',
    openBrowser: !values['no-browser'],
    quiet: true
  });
  console.log(`\nGradLens demo: ${lab.url}\nRun its cells from the top (Run > Run All Cells). Ctrl+C here ends it.\n`);
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.on(signal, () => void lab.stop().then(() => process.exit(0)));
  }
  lab.process.once('exit', code => process.exit(code ?? 0));
}

async function check() {
  const { startLab } = await import('./lab.mjs');
  const { runNotebook } = await import('./check-notebook.mjs');
  // A copy, so that running it leaves the notebook in the repository as it is.
  const folder = join(root, '.work', 'demo');
  for (const name of ['demo', 'workspaces', 'user_settings']) {
    rmSync(join(root, '.work', name), { recursive: true, force: true });
  }
  mkdirSync(folder, { recursive: true });
  cpSync(join(root, 'examples'), folder, { recursive: true });
  const lab = await startLab({
    folder,
    notebook: 'demo.ipynb',
    quiet: true,
    // Nothing of the user's own settings or open tabs.
    extra: ['workspaces', 'user_settings'].map(name => `--LabApp.${name}_dir=${join(root, '.work', name)}`)
  });
  try {
    const pictures = await runNotebook({ url: lab.url, chromium: findChromium(), folder: join(root, 'screenshots') });
    for (const picture of pictures) {
      console.log(`Screenshot: ${relative(root, picture)}`);
    }
    console.log('The heatmaps appeared.');
  } finally {
    await lab.stop();
  }
}

try {
  await setup(['jupyter', 'demo-data', ...(values.check ? ['chromium'] : [])]);
  await (values.check ? check() : open());
} catch (error) {
  console.error(`gradlens: ${error.message}`);
  process.exit(1);
}
