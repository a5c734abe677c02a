/**
 * Breaks each rule of the house on purpose, in a copy of the committed tree,
 * and demands that lint notices: a guard that cannot fail guards nothing.
 *
 *   node scripts/check-guards.mjs [guard …]
 */
import { spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const copy = join(root, '.work', 'guards');

/** By guard: what breaks it. `append` adds to a file that there is; `files` writes new ones. */
const BREAKS = [
  { guard: 'prettier', rule: 'formatted by Prettier', files: { 'src/broken.ts': 'export const  a = 1\n' } },
  {
    guard: 'eslint',
    rule: 'no floating promises',
    append: { 'src/session/view-log.ts': 'export function drop(): void {\n  Promise.resolve();\n}\n' }
  },
  {
    guard: 'eslint',
    rule: 'hooks in .ts files',
    append: {
      'src/widgets/shared/hooks/use-size.ts':
        'export function useWrong(on: boolean): void {\n  if (on) {\n    React.useState(0);\n  }\n}\n'
    }
  },
  {
    guard: 'eslint',
    rule: 'imports in order',
    files: {
      'src/state/broken.ts': "import './view-state';\nimport type { A } from './a';\nimport type { B } from '../b';\n"
    }
  },
  { guard: 'stylelint', rule: 'known properties', append: { 'style/index.css': 'a {\n  colr: red;\n}\n' } },
  {
    guard: 'rooms',
    rule: 'no arrow back between rooms',
    append: { 'src/graph/layer-info.ts': "export type { ViewServices } from '../session/services';\n" }
  },
  {
    guard: 'rooms',
    rule: 'no circle of files, types included',
    files: {
      'src/graph/ping.ts': "import type { Pong } from './pong';\nexport type Ping = Pong | 1;\n",
      'src/graph/pong.ts': "import type { Ping } from './ping';\nexport type Pong = Ping | 2;\n"
    }
  },
  {
    guard: 'rooms',
    rule: 'every room has its place',
    files: {
      'src/attic/trunk.ts': "import type { LayerInfo } from '../graph/layer-info';\nexport type Trunk = LayerInfo;\n"
    }
  },
  {
    guard: 'rooms',
    rule: 'what ships imports nothing that tests use',
    append: { 'src/graph/layer-info.ts': "export { layerInfo } from './testing/layer-info';\n" }
  },
  {
    guard: 'rooms',
    rule: 'the product stands on its own',
    append: { 'src/graph/layer-info.ts': "export type { ViewerPage } from '../../headless/viewer-page.mjs';\n" }
  },
  {
    guard: 'rooms',
    rule: 'headless stands below',
    append: { 'headless/layers.mjs': "export { root } from '../scripts/setup.mjs';\n" }
  },
  {
    guard: 'sizes',
    rule: 'files of 400 lines at most',
    append: { 'src/graph/layer-info.ts': '// one more\n'.repeat(400) }
  },
  {
    guard: 'sizes',
    rule: 'folders of about 20 files',
    files: Object.fromEntries(Array.from({ length: 25 }, (_, i) => [`src/attic/trunk-${i}.ts`, 'export {};\n']))
  },
  { guard: 'unused', rule: 'no unused exports', append: { 'src/state/targets.ts': 'export const forgotten = 1;\n' } },
  {
    guard: 'strings',
    rule: 'every text is in the catalogue',
    append: { 'src/formats/sniff.ts': "message('A text that nobody collected.');\n" }
  },
  {
    guard: 'vocabulary',
    rule: 'generated from src/state/vocabulary.json',
    append: { 'gradlens/_arguments/vocabulary.py': 'x = 1\n' }
  },
  {
    guard: 'supported',
    rule: 'generated from src/graph/classes',
    append: { 'src/graph/classes/index.ts': 'LAYER_CLASSES.Broken = identity;\n' }
  },
  { guard: 'kernels', rule: 'binary built from its source', append: { 'src/engine/kernels/binary.ts': '// old\n' } },
  { guard: 'ruff', rule: 'no unused imports in Python', files: { 'bench/broken.py': 'import os\n' } },
  { guard: 'ruff-format', rule: 'formatted by ruff', files: { 'ui-tests/broken.py': "x = 'a'\n" } },
  { guard: 'mypy', rule: 'typed Python', files: { 'gradlens/_broken.py': 'def untyped(x):\n    return x\n' } },
  {
    guard: 'actionlint',
    rule: 'workflows that run',
    files: {
      '.github/workflows/broken.yml': 'on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - rum: ls\n'
    }
  },
  {
    guard: 'zizmor',
    rule: 'workflows that are safe',
    files: {
      '.github/workflows/broken.yml':
        'on: pull_request_target\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo "${{ github.event.pull_request.title }}"\n'
    }
  },
  {
    guard: 'types',
    rule: 'typed specs',
    files: { 'src/state/broken.spec.ts': "const count: number = 'many';\nexport { count };\n" }
  }
];

const git = (...args) => spawnSync('git', args, { cwd: copy, encoding: 'utf8' });

function prepare() {
  rmSync(copy, { recursive: true, force: true });
  mkdirSync(dirname(copy), { recursive: true });
  const cloned = spawnSync('git', ['clone', '-q', root, copy], { encoding: 'utf8' });
  if (cloned.status !== 0) {
    throw new Error(`The tree could not be copied: ${cloned.stderr}`);
  }
  for (const name of ['node_modules', '.venv', '.venv-keras', '.setup', 'ui-tests/node_modules']) {
    if (existsSync(join(root, name))) {
      symlinkSync(join(root, name), join(copy, name));
    }
  }
}

function lint(guard) {
  const command =
    guard === 'types'
      ? ['node_modules/typescript/bin/tsc', '--noEmit', '-p', 'tsconfig.check.json']
      : ['scripts/lint.mjs', guard];
  return spawnSync(process.execPath, command, { cwd: copy, encoding: 'utf8' });
}

const wanted = process.argv.slice(2);
prepare();
const green = new Set();
let silent = 0;
const unbroken = spawnSync(process.execPath, ['scripts/lint.mjs', '--list'], { cwd: root, encoding: 'utf8' })
  .stdout.trim()
  .split('\n')
  .filter(name => !BREAKS.some(({ guard }) => guard === name));
for (const name of unbroken) {
  console.log(`UNTRIED ${name}: no rule of it is broken here`);
  silent += 1;
}
try {
  for (const { guard, rule, append = {}, files = {} } of BREAKS.filter(
    one => wanted.length === 0 || wanted.includes(one.guard)
  )) {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(copy, path)), { recursive: true });
      writeFileSync(join(copy, path), text);
    }
    Object.entries(append).forEach(([path, text]) => appendFileSync(join(copy, path), text));
    const isRed = lint(guard).status !== 0;
    git('checkout', '-q', '.');
    git('clean', '-qfd', '-e', 'node_modules', 'src', 'style', 'gradlens', 'bench', 'headless', 'ui-tests', '.github');
    if (!green.has(guard) && lint(guard).status === 0) {
      green.add(guard);
    }
    const isGreen = green.has(guard);
    console.log(`${isRed && isGreen ? 'red    ' : isRed ? 'ALWAYS ' : 'SILENT '} ${guard}: ${rule}`);
    silent += isRed && isGreen ? 0 : 1;
  }
} finally {
  rmSync(copy, { recursive: true, force: true });
}
process.exitCode = silent > 0 ? 1 : 0;
