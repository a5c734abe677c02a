/**
 * Runs the built wheel in each JupyterLab and Notebook that we say we support,
 * and prints a table of what worked where.
 *
 *   node scripts/test-versions.mjs [4.4 …]     (default: all)
 *
 * Each version has an environment of its own in .work/versions, made once.
 */
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CHROMIUM_ARGS, findChromium } from '../headless/chromium.mjs';
import { startLab } from './lab.mjs';
import { findPython, makeWheel, root, run, setup } from './setup.mjs';
import { checks } from './version-checks.mjs';

/** JupyterLab's version -> that of the Notebook which is built on it. */
const VERSIONS = { 4.4: '7.4', 4.5: '7.5', 4.6: '7.6' };

/** A question about news in front of what is tested. */
const NEWS = ['@jupyterlab/apputils-extension:announcements'];

/** Parts that JupyterLab lets administrators leave out, and we can do without. */
const OPTIONAL = [
  '@jupyterlab/logconsole-extension',
  '@jupyterlab/launcher-extension',
  '@jupyterlab/apputils-extension:palette',
  '@jupyterlab/apputils-extension:notification'
];

const home = join(root, '.work', 'versions');
const bin = (version, name) => join(home, version, 'bin', name);
const pip = (version, ...args) =>
  run(bin(version, 'python'), ['-m', 'pip', 'install', '--quiet', '--quiet', '--disable-pip-version-check', ...args]);

/** The environment of a version; a stamp says what it was made of. */
function prepare(version, wheel) {
  const wanted = `jupyterlab==${version}.* notebook==${VERSIONS[version]}.*`;
  const stamp = join(home, version, 'made-of');
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== wanted) {
    console.error(`gradlens: installing JupyterLab ${version} and Notebook ${VERSIONS[version]} …`);
    rmSync(join(home, version), { recursive: true, force: true });
    run(findPython(), ['-m', 'venv', join(home, version)]);
    pip(version, ...wanted.split(' '), 'ipykernel', 'numpy', 'pillow');
    writeFileSync(stamp, wanted);
  }
  pip(version, '--no-deps', '--force-reinstall', wheel);
}

/** Lets plugins be missing, in this environment alone. */
function disable(version, plugins) {
  const folder = join(home, version, 'etc', 'jupyter', 'labconfig');
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, 'page_config.json'),
    JSON.stringify({ disabledExtensions: Object.fromEntries(plugins.map(id => [id, true])) })
  );
}

/** A server of one version, on a fresh copy of what the checks need, with settings and workspaces of its own. */
function start(version, app) {
  const folder = join(home, `${version}-${app}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'work'), { recursive: true });
  for (const part of ['models/tank.keras', 'data/test_tank_grey.png', 'data/expected.json']) {
    cpSync(join(root, 'examples', part), join(folder, 'work', part));
  }
  const source =
    'import gradlens\n\nview = gradlens.show("models/tank.keras", "data/test_tank_grey.png", labels=["no tank", "tank"])\nview';
  const cell = { cell_type: 'code', execution_count: null, id: 'show', metadata: {}, outputs: [], source };
  const metadata = { kernelspec: { name: 'python3', display_name: 'Python 3', language: 'python' } };
  writeFileSync(
    join(folder, 'work', 'show.ipynb'),
    JSON.stringify({ cells: [cell], metadata, nbformat: 4, nbformat_minor: 5 })
  );
  const own = name => join(folder, name);
  return startLab({
    folder: join(folder, 'work'),
    command: bin(version, app === 'notebook' ? 'jupyter-notebook' : 'jupyter-lab'),
    quiet: true,
    extra: app === 'notebook' ? [] : ['--LabApp.expose_app_in_browser=True'],
    env: {
      ...process.env,
      JUPYTER_CONFIG_DIR: own('config'),
      JUPYTER_DATA_DIR: own('data'),
      JUPYTERLAB_SETTINGS_DIR: own('settings'),
      JUPYTERLAB_WORKSPACES_DIR: own('workspaces'),
      // The environment's own kernel and files only.
      JUPYTER_PREFER_ENV_PATH: '1'
    }
  });
}

/** Runs checks one after the other in one page; what they depend on may fail them too. */
async function runChecks(browser, version, app, named) {
  const lab = await start(version, app);
  const context = await browser.newContext({ viewport: { width: 1280, height: 1000 } });
  const results = [];
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    const base = `http://127.0.0.1:${lab.port}`;
    const expected = JSON.parse(readFileSync(join(root, 'examples/data/expected.json'), 'utf8')).pictures[
      'test_tank_grey.png'
    ];
    const model = join(home, `${version}-${app}`, 'work', 'models/tank.keras');
    /** Takes the model away, and brings it back. */
    const takeModel = async away => renameSync(away ? model : `${model}.away`, away ? `${model}.away` : model);
    for (const [name, check] of Object.entries(named)) {
      const started = Date.now();
      const reason = await check({ page, base, token: lab.token, expected, takeModel }).then(
        () => null,
        error => error.message.split('\n').slice(0, 6).join('\n')
      );
      console.error(`${app} ${version}: ${name}: ${reason ?? 'passed'}`);
      results.push({ where: `${app} ${version}`, name, reason, seconds: (Date.now() - started) / 1000 });
      if (reason !== null) {
        await page.screenshot({ path: join(home, `failed-${results.length}-${version}-${app}.png`) });
      }
    }
  } finally {
    await context.close();
    await lab.stop();
  }
  return results;
}

async function main() {
  const asked = process.argv.slice(2).filter(name => name in VERSIONS);
  const versions = asked.length ? asked : Object.keys(VERSIONS).sort();
  await setup(['jupyter', 'demo-data', 'chromium']);
  // Not there before the set-up.
  const { chromium } = await import('playwright');
  mkdirSync(home, { recursive: true });
  const wheel = makeWheel(join(home, 'wheel'));
  const browser = await chromium.launch({ executablePath: findChromium(), args: CHROMIUM_ARGS });
  const results = [];
  try {
    for (const version of versions) {
      prepare(version, wheel);
      disable(version, NEWS);
      results.push(...(await runChecks(browser, version, 'lab', checks.lab)));
      results.push(...(await runChecks(browser, version, 'notebook', checks.notebook)));
      disable(version, [...NEWS, ...OPTIONAL]);
      results.push(...(await runChecks(browser, version, 'lab', checks.bare)));
    }
  } finally {
    await browser.close();
  }
  console.log('\n| where | what | result |\n|---|---|---|');
  for (const { where, name, reason, seconds } of results) {
    console.log(`| ${where} | ${name} | ${reason === null ? `passed, ${seconds.toFixed(1)} s` : 'FAILED'} |`);
  }
  const failed = results.filter(({ reason }) => reason !== null);
  failed.forEach(({ where, name, reason }) => console.error(`\n${where}, ${name}:\n${reason}`));
  console.log(`\n${results.length - failed.length} passed, ${failed.length} failed`);
  process.exitCode = failed.length ? 1 : 0;
}

await main();
