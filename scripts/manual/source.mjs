/** The sources of the manual: a copy of docs/, with the pages that are generated beside it. */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { root } from '../setup.mjs';
import { withPictures, withView } from './gallery.mjs';
import { methodReference } from './methods.mjs';
import { payloadSchema } from './schema.mjs';

const REPOSITORY = 'https://github.com/gradlens/gradlens/blob/main';
const docs = join(root, 'docs');

/** Links of Markdown that are neither an address nor an anchor: what they lead to, and the anchor. */
const RELATIVE_LINK = /\]\((?![a-z]+:|#)([^)\s#]+)(#[^)\s]*)?\)/g;

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

/**
 * Two tools' cells for one task: each a bold name and its code, side by side where there is room.
 *
 * @param {string} text
 * @returns {string}
 */
export function beside(text) {
  const cell = '\\*\\*[\\w -]+\\*\\*\\n\\n(?:```python[^\\n]*\\n[\\s\\S]*?\\n```\\n\\n?)+';
  return text.replace(new RegExp(`(${cell})(${cell})`, 'g'), (_, one, other) => {
    const column = (/** @type {string} */ each) => `:::{container} column\n${each.trim()}\n:::\n`;
    return `::::{container} beside\n${column(one)}${column(other)}::::\n\n`;
  });
}

/** What else a page has in the manual, by name. @type {Record<string, (text: string) => string>} */
const CHANGES = {
  'index.md': withView,
  'gallery.md': withPictures,
  'decisions/README.md': text => `${text}\n\`\`\`{toctree}\n:hidden:\n:glob:\n\n0*\n\`\`\`\n`
};

/** Pages that are not in docs/. */
const GENERATED = ['methods.md', 'payload-schema.md'];

/** @returns {string[]} links between the repository's own Markdown files that lead nowhere, one sentence each */
export function brokenInRepository() {
  const { stdout } = spawnSync('git', ['ls-files', '*.md'], { cwd: root, encoding: 'utf8' });
  return stdout
    .split('\n')
    .filter(Boolean)
    .flatMap(name => {
      const text = readFileSync(join(root, name), 'utf8').replace(/^```[\s\S]*?^```|`[^`\n]*`/gm, '');
      return [...text.matchAll(RELATIVE_LINK)]
        .map(([, to]) => decodeURIComponent(to))
        .filter(to => !existsSync(resolve(root, dirname(name), to)) && !GENERATED.includes(to))
        .map(to => `${name}: ${to} leads nowhere.`);
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
    const change = CHANGES[name] ?? (name.startsWith('coming-from/') ? beside : text => text);
    writeFileSync(join(folder, name), change(inManual(readFileSync(join(docs, name), 'utf8'), name)));
  }
  writeFileSync(join(folder, GENERATED[0]), await methodReference());
  writeFileSync(join(folder, GENERATED[1]), payloadSchema());
  cpSync(join(root, 'scripts/manual/conf.py'), join(folder, 'conf.py'));
  mkdirSync(join(folder, '_static'), { recursive: true });
  cpSync(join(root, 'scripts/manual/manual.css'), join(folder, '_static/manual.css'));
}
