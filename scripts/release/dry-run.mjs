/**
 * npm run release -- --dry-run 0.2.0
 *
 * Packs what a release publishes from a copy of what is committed, with that version and its changelog,
 * installs it, and says what is left to do in the tree, which stays as it is. Publishes nothing: RELEASE.md
 * says how.
 */
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { root, setup } from '../setup.mjs';
import { copyWithVersion, run } from './copy.mjs';
import { installEverywhere, untried } from './install.mjs';

/** @param {string} name */
const read = name => readFileSync(join(root, name), 'utf8');

/**
 * What is left to do in the tree before a release, one sentence each.
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
  // Left by the set-up, which had built already: the copy has not.
  delete process.env.SKIP_JUPYTER_BUILDER;
  const left = missing(wanted, {
    package: read('package.json'),
    changelog: read('CHANGELOG.md'),
    changed: run('git', ['status', '--porcelain', '--untracked-files=no'], root)
  });
  const dist = join(root, '.work', 'release');
  const { files, faults } = pack(wanted, dist);
  const [wheel, sdist] = ['.whl', '.tar.gz'].map(end => files.find(name => name.endsWith(end)) ?? '');
  for (const sentence of installEverywhere(wanted, wheel, sdist)) {
    console.log(sentence);
  }
  const others = untried();
  if (others.length > 0) {
    console.log(`Not tried, because not installed here: Python ${others.join(', ')}.`);
  }
  console.log(`\nThe packages of ${wanted} are in ${relative(root, dist)}. Nothing was published.`);
  if (left.length > 0) {
    console.log(`Left to do in the tree:\n${left.map(sentence => `- ${sentence}`).join('\n')}`);
  }
  if (faults.length > 0) {
    throw new Error(faults.join('\n'));
  }
}

/**
 * Packs everything, and says what it weighs.
 *
 * @param {string} version
 * @param {string} dist where wheel and sdist go
 * @returns {{ files: string[], faults: string[] }} these two, and what is wrong with the npm package
 */
function pack(version, dist) {
  const home = mkdtempSync(join(tmpdir(), 'gradlens-release-'));
  const copy = join(home, 'gradlens');
  try {
    copyWithVersion(version, copy);
    console.log(run(process.execPath, ['scripts/check-package.mjs'], copy).trim());
    rmSync(dist, { recursive: true, force: true });
    cpSync(join(copy, '.work', 'dist'), dist, { recursive: true });
    const files = readdirSync(dist).map(name => join(dist, name));
    for (const file of files) {
      console.log(`${basename(file)}: ${megabytes(statSync(file).size)}`);
    }
    const [npm] = JSON.parse(run('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], copy));
    console.log(`npm ${npm.filename}: ${npm.entryCount} files, ${megabytes(npm.size)}`);
    return { files, faults: faultsOf(npm.files.map((/** @type {{ path: string }} */ { path }) => path)) };
  } finally {
    rmSync(home, { recursive: true });
  }
}

/** @param {string[]} names of the npm package's files @returns {string[]} what is wrong with them, one sentence each */
export function faultsOf(names) {
  const needed = ['LICENSE', 'README.md', 'lib/index.js', 'style/index.css', 'schema/settings.json'];
  const found = needed.filter(name => !names.includes(name)).map(name => `The npm package lacks ${name}.`);
  const tests = names.filter(path => /\.spec\./.test(path));
  if (tests.length > 0) {
    found.push(`The npm package holds ${tests.length} tests, such as ${tests[0]}.`);
  }
  return found;
}

if (process.argv[1]?.endsWith('dry-run.mjs')) {
  try {
    await dryRun();
  } catch (error) {
    console.error(`release: ${error instanceof Error ? error.message : error}`);
    process.exitCode = 1;
  }
}
