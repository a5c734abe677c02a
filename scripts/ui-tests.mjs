/** Runs ui-tests/ in a real JupyterLab on a fresh copy of the examples. Arguments go to Playwright. */
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { findChromium } from '../headless/chromium.mjs';
import { freePort } from './lab.mjs';
import { root } from './setup.mjs';

const folder = join(root, '.work', 'ui');
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
cpSync(join(root, 'examples'), folder, { recursive: true });

const { status } = spawnSync(
  process.execPath,
  [join(root, 'ui-tests/node_modules/@playwright/test/cli.js'), 'test', ...process.argv.slice(2)],
  {
    cwd: join(root, 'ui-tests'),
    stdio: ['ignore', 'inherit', 'inherit'],
    env: {
      ...process.env,
      CHROMIUM: findChromium() ?? '',
      GRADLENS_UI_PORT: String(await freePort()),
      GRADLENS_UI_ROOT: folder,
      GRADLENS_UI_TOKEN: randomBytes(16).toString('hex')
    }
  }
);
process.exit(status ?? 1);
