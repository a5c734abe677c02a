/**
 * npm run release -- --dry-run 0.2.0
 *
 * Packs what a release publishes, and says what is missing for that version. Publishes nothing: RELEASE.md
 * says how.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root, setup } from '../setup.mjs';

/** @param {string} command @param {string[]} args @returns {string} */
function run(command, args) {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 28 });
  if (status !== 0) {
    throw new Error(`“${[command, ...args].join(' ')}” failed:\n${stdout}${stderr}`);
  }
  return stdout;
}

/** @param {string} name */
const read = name => readFileSync(join(root, name), 'utf8');

/**
 * What stands between the tree and a release, one sentence each.
 *
 * @param {string} wanted version
 * @param {{ package: string, changelog: string, changed: string }} tree
 * @returns {string[]}
 */
export function missing(wanted, tree) {
  const found = [];
  const { version } = JSON.parse(tree.package);
  if (version !== wanted) {
    found.push(`package.json says ${version}: npm version ${wanted} --no-git-tag-version.`);
  }
  const sections = tree.changelog.split(/^## /m).slice(1);
  const own = sections.find(text => text.startsWith(`[${wanted}]`) || text.startsWith(wanted));
  const unreleased = sections.find(text => text.startsWith('[Unreleased]'));
  if (!own) {
    const entries = unreleased?.match(/^- /gm)?.length ?? 0;
    found.push(`CHANGELOG.md has no section [${wanted}]: move the ${entries} entries of [Unreleased] into it.`);
  } else if (!/^- /m.test(own)) {
    found.push(`The section [${wanted}] of CHANGELOG.md has no entries.`);
  }
  if (tree.changed.trim()) {
    found.push(`${tree.changed.trim().split('\n').length} files are not committed.`);
  }
  return found;
}

/** @param {number} bytes */
const megabytes = bytes => `${(bytes / 1e6).toFixed(1)} MB`;

async function dryRun() {
  const { values, positionals } = parseArgs({
    options: { 'dry-run': { type: 'boolean', default: false } },
    allowPositionals: true
  });
  const wanted = positionals[0] ?? JSON.parse(read('package.json')).version;
  if (!values['dry-run']) {
    throw new Error('This publishes nothing: add --dry-run, and see RELEASE.md for the release itself.');
  }
  await setup(['jupyter']);
  console.log(run(process.execPath, ['scripts/check-package.mjs']).trim());
  const dist = join(root, '.work', 'dist');
  for (const name of readdirSync(dist)) {
    console.log(`${name}: ${megabytes(statSync(join(dist, name)).size)}`);
  }
  const [npm] = JSON.parse(run('npm', ['pack', '--dry-run', '--json', '--ignore-scripts']));
  console.log(`npm ${npm.filename}: ${npm.entryCount} files, ${megabytes(npm.size)}`);
  const names = npm.files.map((/** @type {{ path: string }} */ { path }) => path);
  const found = missing(wanted, {
    package: read('package.json'),
    changelog: read('CHANGELOG.md'),
    changed: run('git', ['status', '--porcelain', '--untracked-files=no'])
  });
  for (const name of ['LICENSE', 'README.md', 'lib/index.js', 'style/index.css', 'schema/settings.json']) {
    if (!names.includes(name)) {
      found.push(`The npm package lacks ${name}.`);
    }
  }
  const tests = names.filter((/** @type {string} */ path) => /\.spec\./.test(path));
  if (tests.length > 0) {
    found.push(`The npm package holds ${tests.length} tests, such as ${tests[0]}.`);
  }
  if (found.length > 0) {
    console.log(`\nMissing for ${wanted}:\n${found.map(sentence => `- ${sentence}`).join('\n')}`);
    process.exitCode = 1;
  } else {
    console.log(`\n${wanted} is ready to be published.`);
  }
}

if (process.argv[1]?.endsWith('dry-run.mjs')) {
  try {
    await dryRun();
  } catch (error) {
    console.error(`release: ${error instanceof Error ? error.message : error}`);
    process.exitCode = 1;
  }
}
