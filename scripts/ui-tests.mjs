/** Runs ui-tests/ in a real JupyterLab on a fresh copy of the examples. Arguments go to Playwright. */
import { randomBytes } from 'node:crypto';
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runPlaywright } from '../ui-tests/run-playwright.mjs';
import { root } from './setup.mjs';

const folder = join(root, '.work', 'ui');
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
cpSync(join(root, 'examples'), folder, { recursive: true });

process.exit(
  await runPlaywright(process.argv.slice(2), {
    GRADLENS_UI_ROOT: folder,
    GRADLENS_UI_TOKEN: randomBytes(16).toString('hex')
  })
);
