/**
 * Collects the texts of the interface into locale/gradlens.pot, from which
 * translators work. With --check, only says whether it is up to date.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import { keepUpToDate, root } from './generated-files.mjs';

const ts = createRequire(import.meta.url)('typescript');

/** @returns {string[]} the sources under a folder, without tests */
function sources(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? sources(path) : /\.tsx?$/.test(path) && !/\.spec\.tsx?$/.test(path) ? [path] : [];
  });
}

/** The mark of a text: `trans.__`, `trans._n`, or `message`; null if it is not. */
function nameOf(called) {
  const name = ts.isPropertyAccessExpression(called) ? called.name.text : called.getText();
  return (ts.isIdentifier(called) ? name === 'message' : ['__', '_n'].includes(name)) ? name : null;
}

/** Strings by what identifies them; a plural has two. */
function collect() {
  const found = new Map();
  for (const path of sources(join(root, 'src')).sort()) {
    const file = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
    const visit = node => {
      const name = ts.isCallExpression(node) ? nameOf(node.expression) : null;
      if (name !== null) {
        const texts = node.arguments.slice(0, name === '_n' ? 2 : 1);
        if (texts.every(ts.isStringLiteralLike)) {
          const key = texts[0].text;
          const entry = found.get(key) ?? { texts: texts.map(text => text.text), places: new Set() };
          entry.places.add(relative(root, path));
          found.set(key, entry);
        }
      }
      ts.forEachChild(node, visit);
    };
    visit(file);
  }
  return found;
}

const quote = text => JSON.stringify(text);

function catalogue(found) {
  const head =
    'msgid ""\nmsgstr ""\n"Project-Id-Version: gradlens\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n';
  const entries = [...found]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { texts, places }]) =>
      [
        ...[...places].map(place => `#: ${place}`),
        `msgid ${quote(texts[0])}`,
        ...(texts.length > 1 ? [`msgid_plural ${quote(texts[1])}`, 'msgstr[0] ""', 'msgstr[1] ""'] : ['msgstr ""'])
      ].join('\n')
    );
  return [head, ...entries].join('\n\n').replace('\n\n\n', '\n\n') + '\n';
}

const found = collect();
keepUpToDate('locale/gradlens.pot', catalogue(found), 'strings');
console.log(`${found.size} texts`);
