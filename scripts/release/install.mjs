/** Installs what was packed as a stranger would, in every Python at hand. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './copy.mjs';

const VERSIONS = ['3.10', '3.11', '3.12', '3.13', '3.14'];

/** Without JupyterLab, Keras or Node: what a kernel needs. */
const TRY = `
import sys, gradlens
assert "keras" not in sys.modules and gradlens.__version__ == sys.argv[1], gradlens.__version__
view = gradlens.demo()
assert view.payload["kind"] == "model", view
gradlens.export_html(view, "demo.html", model=True)
gradlens.examples()
`;

/** @param {string} version @returns {string[]} where pyenv, whose stand-ins on the path may be off, has that Python */
function ofPyenv(version) {
  const folder = join(process.env.PYENV_ROOT ?? join(homedir(), '.pyenv'), 'versions');
  const names = existsSync(folder) ? readdirSync(folder) : [];
  return names.filter(name => name.startsWith(`${version}.`)).map(name => join(folder, name, 'bin/python'));
}

/** @returns {{ version: string, command: string }[]} Pythons that are installed here */
function pythons() {
  return VERSIONS.flatMap(version => {
    const places = [`python${version}`, ...ofPyenv(version)];
    const command = places.find(place => spawnSync(place, ['-c', 'import venv, ensurepip']).status === 0);
    return command ? [{ version, command }] : [];
  });
}

/**
 * @param {string} version of gradlens
 * @param {string} wheel
 * @param {string} sdist
 * @returns {string[]} what was installed where, one sentence each
 */
export function installEverywhere(version, wheel, sdist) {
  const found = pythons();
  const home = mkdtempSync(join(tmpdir(), 'gradlens-release-'));
  try {
    return found.flatMap(({ version: python, command }, index) =>
      // The sdist once: what it builds is the same wheel.
      (index === 0 ? [wheel, sdist] : [wheel]).map(file => {
        const folder = join(home, `${python}-${file === wheel ? 'wheel' : 'sdist'}`);
        const bin = join(folder, 'venv/bin/python');
        mkdirSync(folder);
        run(command, ['-m', 'venv', join(folder, 'venv')], folder);
        run(bin, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', file], folder);
        run(bin, ['-c', TRY, version], folder);
        return `The ${file === wheel ? 'wheel' : 'sdist'} installs and shows its demo in Python ${python}.`;
      })
    );
  } finally {
    rmSync(home, { recursive: true });
  }
}

/** @returns {string[]} versions of Python that are not at hand */
export const untried = () => VERSIONS.filter(version => !pythons().some(one => one.version === version));
