/**
 * Installs and builds what a command needs, once: each step has a stamp made
 * of what it depends on, so that a second run starts in seconds.
 *
 *   node scripts/setup.mjs [step …]     (default: everything)
 *
 * Uses Node's own modules only: it runs before `npm ci`.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { findChromium } from '../headless/chromium.mjs';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** The JupyterLab that the demo and the tests run in; its kernel has no TensorFlow. */
export const jupyterBin = name => join(root, '.venv', 'bin', name);
/** Keras on TensorFlow: trains the demo's model, and is what numbers are compared with. */
export const kerasBin = name => join(root, '.venv-keras', 'bin', name);

/** Sphinx, which builds the manual. */
export const manualBin = name => join(root, '.venv-manual', 'bin', name);
/** JupyterLite, which builds the site without a server. */
export const liteBin = name => join(root, '.venv-lite', 'bin', name);
/** The Python of that site, and what its kernel imports. */
export const PYODIDE = join(root, 'lite/node_modules/pyodide');
export const LITE_WHEELS = join(root, '.work/lite-wheels');

const npm = 'npm';

/** Runs a command in the project's root; a failure ends the set-up with one sentence. */
export function run(command, args, options = {}) {
  const result = spawnSync(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], ...options });
  if (result.error || result.status !== 0) {
    throw new SetupError(
      `“${[command, ...args].map(part => relative(root, part) || part).join(' ')}” failed` +
        (result.error ? `: ${result.error.message}.` : ` with exit code ${result.status}.`)
    );
  }
}

export class SetupError extends Error {}

function filesUnder(path) {
  const full = join(root, path);
  if (!existsSync(full)) {
    return [];
  }
  if (!statSync(full).isDirectory()) {
    return [full];
  }
  return readdirSync(full, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath ?? entry.path, entry.name))
    .filter(file => !/node_modules|__pycache__|labextension|\.spec\.|\.ipynb_checkpoints/.test(file))
    .sort();
}

function fingerprint(paths) {
  const hash = createHash('sha256');
  hash.update(process.version);
  for (const file of paths.flatMap(filesUnder)) {
    hash.update(relative(root, file)).update(readFileSync(file));
  }
  return hash.digest('hex');
}

/** A Python that can make environments. */
export function findPython() {
  for (const name of [process.env.PYTHON ?? '', 'python3', 'python3.11', 'python'].filter(Boolean)) {
    const probe = spawnSync(name, ['-c', 'import sys, venv, ensurepip; print(sys.version_info >= (3, 10))'], {
      encoding: 'utf8'
    });
    if (probe.status === 0 && probe.stdout.trim() === 'True') {
      return name;
    }
  }
  throw new SetupError(
    'No Python 3.10 or newer with venv was found: install it (Debian: apt-get install python3 python3-venv), or name one in the variable PYTHON.'
  );
}

function makeVenv(folder) {
  if (!existsSync(join(root, folder, 'bin', 'pip'))) {
    rmSync(join(root, folder), { recursive: true, force: true });
    run(findPython(), ['-m', 'venv', folder]);
  }
}

const pip = (bin, ...args) =>
  run(bin('python'), ['-m', 'pip', 'install', '--quiet', '--quiet', '--disable-pip-version-check', ...args]);

/** Dependency groups of pyproject.toml, as pip takes them. */
const groups = (...names) => names.flatMap(name => ['--group', name]);

/** Makes the wheel, of what is built: its build hook, which would build again, is left out. Returns its path. */
export function makeWheel(folder) {
  rmSync(folder, { recursive: true, force: true });
  const args = [
    '-m',
    'pip',
    'wheel',
    '--quiet',
    '--disable-pip-version-check',
    '--no-deps',
    '--wheel-dir',
    folder,
    '.'
  ];
  run(jupyterBin('python'), args, { env: { ...process.env, SKIP_JUPYTER_BUILDER: '1' } });
  return join(folder, readdirSync(folder).find(name => name.endsWith('.whl')) ?? '');
}

const browserSources = [
  'src',
  'style',
  'schema',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'webpack.config.js',
  'scripts/build-labextension.mjs',
  'scripts/build-standalone.mjs'
];

/**
 * name -> { needs: steps before it, inputs: files that it depends on, done: whether its result is there, make }
 */
const steps = {
  node: {
    inputs: ['package.json', 'package-lock.json', 'patches'],
    done: () => existsSync(join(root, 'node_modules', '.package-lock.json')),
    make: () => run(npm, ['ci', '--no-audit', '--no-fund', '--loglevel=error'])
  },
  build: {
    needs: ['node'],
    inputs: browserSources,
    done: () => existsSync(join(root, 'gradlens/labextension/package.json')),
    make: () => {
      run(npm, ['run', '--silent', 'build:prod']);
    }
  },
  jupyter: {
    needs: ['build'],
    inputs: ['pyproject.toml', 'install.json'],
    done: () =>
      existsSync(jupyterBin('jupyter-lab')) && existsSync(join(root, '.venv/share/jupyter/labextensions/gradlens')),
    make: () => {
      makeVenv('.venv');
      // Groups need pip 25.1, which is newer than Python's own.
      pip(jupyterBin, '--upgrade', 'pip');
      // The browser part is built already; its hook would build it again.
      process.env.SKIP_JUPYTER_BUILDER = '1';
      pip(jupyterBin, '-e', '.', ...groups('jupyter', 'test', 'lint', 'package'));
      // JupyterLab asks whether to fetch news, in front of what one came to see.
      run(jupyterBin('jupyter'), ['labextension', 'disable', '@jupyterlab/apputils-extension:announcements']);
      // A link in place of a copy, so that a new build is seen at once.
      run(jupyterBin('python'), ['scripts/link_labextension.py']);
    }
  },
  keras: {
    inputs: ['pyproject.toml'],
    done: () => existsSync(kerasBin('python')),
    make: () => {
      makeVenv('.venv-keras');
      pip(kerasBin, '--upgrade', 'pip');
      pip(kerasBin, ...groups('test', 'keras'));
      pip(kerasBin, '--no-deps', ...groups('keras2'));
    }
  },
  manual: {
    inputs: ['pyproject.toml'],
    done: () => existsSync(manualBin('sphinx-build')),
    make: () => {
      makeVenv('.venv-manual');
      pip(manualBin, '--upgrade', 'pip');
      pip(manualBin, ...groups('manual'));
    }
  },
  lite: {
    inputs: ['pyproject.toml', 'lite/package.json', 'lite/package-lock.json'],
    done: () => existsSync(liteBin('jupyter')) && existsSync(LITE_WHEELS) && existsSync(PYODIDE),
    make: () => {
      makeVenv('.venv-lite');
      pip(liteBin, '--upgrade', 'pip');
      pip(liteBin, ...groups('lite'));
      run(npm, ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: join(root, 'lite') });
      rmSync(LITE_WHEELS, { recursive: true, force: true });
      const { info } = JSON.parse(readFileSync(join(PYODIDE, 'pyodide-lock.json'), 'utf8'));
      const python = ['--python-version', info.python, '--platform', 'any', '--only-binary=:all:'];
      const args = ['-m', 'pip', 'download', '--quiet', '--disable-pip-version-check', ...python];
      run(liteBin('python'), [...args, '--dest', LITE_WHEELS, ...groups('lite-kernel')]);
    }
  },
  'demo-data': {
    needs: ['keras'],
    inputs: readdirSync(join(root, 'examples'))
      .filter(name => name.endsWith('.py'))
      .map(name => `examples/${name}`),
    done: () =>
      ['models/tank.keras', 'models/model.h5', 'data/expected.json', 'data/bad', 'data/more/expected.json'].every(
        name => existsSync(join(root, 'examples', name))
      ),
    make: () => {
      const env = { ...process.env, TF_CPP_MIN_LOG_LEVEL: '3' };
      run(kerasBin('python'), ['examples/make_demo.py'], { env });
      run(kerasBin('python'), ['examples/make_reference.py'], { env });
    }
  },
  'ui-tests': {
    inputs: ['ui-tests/package.json', 'ui-tests/package-lock.json'],
    done: () => existsSync(join(root, 'ui-tests/node_modules/.package-lock.json')),
    make: () =>
      run(npm, ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
        cwd: join(root, 'ui-tests'),
        env: { ...process.env, PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1' }
      })
  },
  chromium: {
    inputs: [],
    done: () => findChromium() !== undefined,
    make: () => {
      if (findChromium()) {
        return;
      }
      if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
        throw new SetupError(
          'No Chromium was found: install it (Debian: sudo apt-get install chromium), or name one in the variable CHROMIUM.'
        );
      }
      const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
      run('apt-get', ['update', '-qq'], { env });
      run('apt-get', ['install', '-y', '-qq', 'chromium'], { env, stdio: ['ignore', 'ignore', 'inherit'] });
    }
  }
};

/** Runs the named steps and what they need; returns nothing, throws {@link SetupError}. */
export async function setup(names = Object.keys(steps)) {
  const stamps = join(root, '.setup');
  mkdirSync(stamps, { recursive: true });
  const seen = new Set();
  const visit = name => {
    if (seen.has(name)) {
      return;
    }
    seen.add(name);
    const step = steps[name];
    if (!step) {
      throw new SetupError(`There is no set-up step “${name}”: the steps are ${Object.keys(steps).join(', ')}.`);
    }
    (step.needs ?? []).forEach(visit);
    const stamp = join(stamps, name);
    const wanted = fingerprint(step.inputs);
    if (step.done() && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) {
      return;
    }
    console.error(`gradlens: setting up ${name} …`);
    step.make();
    // Fingerprinted again: npm may have rewritten what the step depends on.
    writeFileSync(stamp, fingerprint(step.inputs));
  };
  names.forEach(visit);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const names = process.argv.slice(2);
  await setup(names.length ? names : undefined).catch(error => {
    console.error(`gradlens: ${error.message}`);
    process.exit(1);
  });
}
