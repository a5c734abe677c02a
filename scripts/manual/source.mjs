/** The sources of the manual: a copy of docs/, with the pages that are generated beside it. */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { root } from '../setup.mjs';
import { withPictures } from './gallery.mjs';
import { methodReference } from './methods.mjs';
import { payloadSchema } from './schema.mjs';

const REPOSITORY = 'https://github.com/gradlens/gradlens/blob/main';
const docs = join(root, 'docs');

/** Links of Markdown that are neither an address nor an anchor: what they lead to, and the anchor. */
export const RELATIVE_LINK = /\]\((?![a-z]+:|#)([^)\s#]+)(#[^)\s]*)?\)/g;

/**
 * Pages as the manual has them: what a link finds beyond docs/ is read in the repository.
 *
 * @param {string} text
 * @param {string} path of the page, below docs/
 * @returns {string}
 * @throws {Error} when a link leads nowhere
 */
export function inManual(text, path) {
  return text.replace(RELATIVE_LINK, (link, /** @type {string} */ to, anchor = '') => {
    const file = resolve(docs, dirname(path), to);
    const within = relative(docs, file);
    if (!within.startsWith('..')) {
      return link;
    }
    if (!existsSync(file)) {
      throw new Error(`docs/${path} links to ${to}, which is not there.`);
    }
    return `](${REPOSITORY}/${relative(root, file)}${anchor})`;
  });
}

/** @param {string} folder where the sources go: what is there, but for pictures, is made anew */
export async function writeSources(folder) {
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder).filter(each => each !== 'gallery-images')) {
    rmSync(join(folder, name), { recursive: true });
  }
  cpSync(docs, folder, { recursive: true });
  const pages = readdirSync(docs, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.md'));
  for (const name of pages) {
    const text = inManual(readFileSync(join(docs, name), 'utf8'), name);
    writeFileSync(join(folder, name), name === 'gallery.md' ? withPictures(text) : text);
  }
  writeFileSync(join(folder, 'methods.md'), await methodReference());
  writeFileSync(join(folder, 'payload-schema.md'), payloadSchema());
  cpSync(join(root, 'scripts/manual/conf.py'), join(folder, 'conf.py'));
  mkdirSync(join(folder, '_static'), { recursive: true });
  cpSync(join(root, 'scripts/manual/manual.css'), join(folder, '_static/manual.css'));
}
