/** Runs Playwright here with Debian's Chromium. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { findChromium } from '../headless/chromium.mjs';
import { freePort } from '../scripts/lab.mjs';
import { root } from '../scripts/setup.mjs';

/**
 * @param {string[]} args - Of `playwright test`.
 * @param {Record<string, string>} env - Besides this process' own.
 * @returns {Promise<number>} Its exit status.
 */
export async function runPlaywright(args, env) {
  const { status } = spawnSync(
    process.execPath,
    [join(root, 'ui-tests/node_modules/@playwright/test/cli.js'), 'test', ...args],
    {
      cwd: join(root, 'ui-tests'),
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, CHROMIUM: findChromium() ?? '', GRADLENS_UI_PORT: String(await freePort()), ...env }
    }
  );
  return status ?? 1;
}
