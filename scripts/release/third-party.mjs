/** What is in the bundles that others wrote, with their licences: a file beside the bundles. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

export const NOTICES = 'third-party-licenses.txt';

/** A package whose copies hold the text of a licence, by its name in the others' package.json. */
const TEXT_OF = new Map([['Apache-2.0', 'long']]);

/**
 * The packages that files of bundles come from, by esbuild's lists of inputs.
 *
 * @param {import('esbuild').Metafile[]} bundles
 * @returns {string[]} their folders in node_modules
 */
export function packagesIn(bundles) {
  const found = bundles.flatMap(({ inputs }) =>
    Object.keys(inputs).flatMap(
      path => path.match(/^node_modules\/(?:.*\/node_modules\/)?(?:@[^/]+\/)?[^/]+/)?.[0] ?? []
    )
  );
  return [...new Set(found)].sort();
}

/** @param {string} folder @returns {string | null} the text of a package's licence, as its copies hold it */
function ownText(folder) {
  const names = readdirSync(join(root, folder));
  const file = names.find(name => /^(?:licen[sc]e|copying)(?:\.|$)/i.test(name));
  if (file) {
    return readFileSync(join(root, folder, file), 'utf8').trim();
  }
  const readme = names.find(name => /^readme/i.test(name));
  const text = readme ? readFileSync(join(root, folder, readme), 'utf8') : '';
  return (
    text.match(/(?:Copyright [^\n]*\s+)?Permission is hereby granted[\s\S]*?DEALINGS IN THE\s+SOFTWARE\./)?.[0] ?? null
  );
}

/**
 * One text with name, version and licence of each package.
 *
 * @param {string[]} folders of packages, relative to the project
 * @returns {string}
 */
export function notices(folders) {
  const parts = folders.map(folder => {
    const about = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
    const licence = typeof about.license === 'string' ? about.license : about.license?.type;
    const author = typeof about.author === 'string' ? about.author : about.author?.name;
    const text = ownText(folder) ?? standardText(licence, author);
    if (!text) {
      throw new Error(
        `${about.name} says no text of its licence (${licence}): name where it stands in ${import.meta.url}.`
      );
    }
    return `${about.name} ${about.version} (${licence})\n\n${text}\n`;
  });
  return parts.join(`\n${'-'.repeat(80)}\n\n`);
}

/** @param {string | undefined} licence @param {string | undefined} author @returns {string | null} */
function standardText(licence, author) {
  const other = TEXT_OF.get(licence ?? '');
  if (other && existsSync(join(root, 'node_modules', other))) {
    return ownText(`node_modules/${other}`);
  }
  if (licence === 'BSD-3-Clause') {
    const ours = readFileSync(join(root, 'LICENSE'), 'utf8').trim();
    return ours.replace(/Copyright .*/, `Copyright (c) ${author ?? 'its authors'}`);
  }
  return null;
}
