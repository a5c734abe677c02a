/**
 * npm run manual: the manual, in .work/manual/site. A warning is an error, and so is a link that leads nowhere.
 *
 *   npm run manual -- --serve    … and serves it on this machine
 *   npm run manual -- --plain    … without making the gallery's pictures anew
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { freePort } from '../lab.mjs';
import { manualBin, root, setup, SetupError } from '../setup.mjs';
import { makeGallery } from './gallery.mjs';
import { checkLinks } from './links.mjs';
import { brokenInRepository, writeSources } from './source.mjs';

const home = join(root, '.work', 'manual');
const site = join(home, 'site');
const source = join(home, 'source');

/** @param {string} folder */
function megabytes(folder) {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map(name => join(folder, name));
  return (files.reduce((sum, file) => sum + statSync(file).size, 0) / 1e6).toFixed(1);
}

function sphinx() {
  rmSync(site, { recursive: true, force: true });
  // What has changed cannot be told from sources that are copied anew: all is read each time.
  const args = ['-m', 'sphinx', '-b', 'html', '-W', '--keep-going', '-q', '-E', '-n', '-d', join(home, 'read')];
  const { status, stdout, stderr } = spawnSync(manualBin('python'), [...args, source, site], {
    cwd: root,
    encoding: 'utf8'
  });
  if (status !== 0) {
    throw new SetupError(`Sphinx warned:\n${stdout}${stderr}`);
  }
}

async function serve() {
  const port = await freePort();
  const args = ['-m', 'http.server', String(port), '--bind', '127.0.0.1', '--directory', site];
  console.log(`The manual: http://127.0.0.1:${port}/\nCtrl+C here ends it.`);
  spawn(manualBin('python'), args, { stdio: 'ignore' });
}

const { values } = parseArgs({
  options: { serve: { type: 'boolean', default: false }, plain: { type: 'boolean', default: false } }
});

try {
  const started = Date.now();
  await setup(['jupyter', 'manual', 'chromium']);
  await writeSources(source);
  const pictures = join(source, 'gallery-images');
  if (!values.plain || !existsSync(pictures)) {
    await makeGallery(pictures);
  }
  sphinx();
  const { count, broken } = checkLinks(site);
  broken.push(...brokenInRepository());
  if (broken.length > 0) {
    throw new SetupError(`${broken.length} links are broken:\n${broken.join('\n')}`);
  }
  const seconds = ((Date.now() - started) / 1000).toFixed(0);
  console.log(
    `The manual is in ${relative(root, site)}: ${megabytes(site)} MB, ${count} links whole, made in ${seconds} s.`
  );
  if (values.serve) {
    await serve();
  }
} catch (error) {
  if (!(error instanceof SetupError)) {
    throw error;
  }
  console.error(`manual: ${error.message}`);
  process.exitCode = 1;
}
