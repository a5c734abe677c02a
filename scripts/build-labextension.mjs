/**
 * Builds `lib/`, which tsc wrote, and the stylesheets into the prebuilt extension, `gradlens/labextension/`.
 *
 * `@jupyterlab/builder` takes the versions that it asks of JupyterLab's shared
 * modules from a "core" package. We give it one made of our own ranges, which
 * begin at the lowest JupyterLab that we support (4.4): asking for what is
 * installed would warn there.
 */
import { spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildStandalone } from './build-standalone.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const require = createRequire(import.meta.url);
const { dependencies } = require('../package.json');

const shared = Object.keys(dependencies).filter(
  name => name.startsWith('@jupyterlab/') || name.startsWith('@lumino/') || name === 'react' || name === 'react-dom'
);
const core = join(root, '.setup', 'core');
mkdirSync(core, { recursive: true });
writeFileSync(
  join(core, 'package.json'),
  JSON.stringify({
    name: 'core',
    version: '0.0.0',
    dependencies: Object.fromEntries(shared.map(name => [name, dependencies[name]])),
    jupyterlab: { singletonPackages: shared }
  })
);

// tsc leaves what it once wrote of sources that have moved: lib/a.js would stand before lib/a/index.js.
for (const entry of readdirSync(join(root, 'lib'), { recursive: true, withFileTypes: true })) {
  const path = join(entry.parentPath ?? entry.path, entry.name);
  const source = relative(join(root, 'lib'), path).replace(/\.(js|js\.map|d\.ts)$/, '');
  const isMade = entry.isFile() && /\.(js|js\.map|d\.ts)$/.test(entry.name);
  if (isMade && !['.ts', '.tsx', '.d.ts'].some(ending => existsSync(join(root, 'src', source + ending)))) {
    rmSync(path);
  }
}

// Stylesheets lie beside the components that they dress, and tsc leaves them behind.
cpSync(join(root, 'src'), join(root, 'lib'), {
  recursive: true,
  filter: source => statSync(source).isDirectory() || source.endsWith('.css')
});

const run = spawnSync(
  process.execPath,
  [
    join(root, 'node_modules/@jupyterlab/builder/lib/build-labextension.js'),
    '--core-path',
    core,
    ...process.argv.slice(2),
    root
  ],
  { stdio: 'inherit', cwd: root }
);
if (run.status === 0) {
  // Tells JupyterLab which package to uninstall; beside the rest, so that a linked folder and a wheel hold the same.
  copyFileSync(join(root, 'install.json'), join(root, 'gradlens/labextension/install.json'));
  await buildStandalone(join(root, 'gradlens/labextension/static/standalone'));
}
process.exit(run.status ?? 1);
