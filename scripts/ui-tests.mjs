/**
 * Runs ui-tests/ in a real JupyterLab on a fresh copy of the examples. Arguments go to Playwright; runs of different
 * parts (`--project=models`) keep out of each other's way.
 */
import { randomBytes } from 'node:crypto';
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runPlaywright } from '../ui-tests/run-playwright.mjs';
import { root } from './setup.mjs';

const part = process.argv.find(arg => arg.startsWith('--project='))?.slice('--project='.length) ?? 'all';
const folder = join(root, '.work', `ui-${part}`);
const results = join(root, 'ui-tests', 'test-results', part);
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
cpSync(join(root, 'examples'), folder, { recursive: true });

process.exit(
  await runPlaywright(process.argv.slice(2), {
    GRADLENS_UI_ROOT: folder,
    GRADLENS_UI_RESULTS: results,
    GRADLENS_UI_SIGNED_IN: join(results, 'signed-in.json'),
    GRADLENS_UI_TOKEN: randomBytes(16).toString('hex')
  })
);
