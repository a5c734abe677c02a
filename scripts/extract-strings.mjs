/**
 * Collects what the interface says into locale/gradlens.pot, from which
 * translators work. With --check, only says whether the file is up to date.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const ts = createRequire(import.meta.url)('typescript');
const target = join(root, 'locale', 'gradlens.pot');

/** @returns {string[]} the sources under a folder, without tests */
function sources(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? sources(path) : /\.tsx?$/.test(path) && !/\.spec\.tsx?$/.test(path) ? [path] : [];
  });
}

/** Strings by what identifies them; a plural has two. */
function collect() {
  const found = new Map();
  for (const path of sources(join(root, 'src')).sort()) {
    const file = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
    const visit = node => {
      if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression) && ['__', '_n'].includes(node.expression.name.text)) {
        const texts = node.arguments.slice(0, node.expression.name.text === '_n' ? 2 : 1);
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

function catalogue() {
  const head = 'msgid ""\nmsgstr ""\n"Project-Id-Version: gradlens\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n';
  const entries = [...collect()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, { texts, places }]) =>
    [
      ...[...places].map(place => `#: ${place}`),
      `msgid ${quote(texts[0])}`,
      ...(texts.length > 1 ? [`msgid_plural ${quote(texts[1])}`, 'msgstr[0] ""', 'msgstr[1] ""'] : ['msgstr ""'])
    ].join('\n')
  );
  return [head, ...entries].join('\n\n').replace('\n\n\n', '\n\n') + '\n';
}

const text = catalogue();
if (process.argv.includes('--check')) {
  let stored = '';
  try {
    stored = readFileSync(target, 'utf8');
  } catch {
    // Not written yet.
  }
  if (stored !== text) {
    console.error('gradlens: locale/gradlens.pot is out of date; run node scripts/extract-strings.mjs.');
    process.exit(1);
  }
} else {
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, text);
  console.log(`${relative(root, target)}: ${text.split('\nmsgid ').length - 2} texts`);
}
