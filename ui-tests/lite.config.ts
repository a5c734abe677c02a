import { defineConfig } from '@playwright/test';
import base from './playwright.config';

const port = process.env.GRADLENS_UI_PORT;
const { launchOptions, viewport, screenshot } = base.use ?? {};

/** Run by scripts/lite.mjs, which builds the site: files on this machine, and nothing else that answers. */
export default defineConfig({
  testDir: './lite',
  outputDir: './lite/test-results',
  timeout: 180_000,
  expect: { timeout: 60_000 },
  workers: 1,
  retries: 0,
  reporter: [['list']],
  use: {
    baseURL: `http://127.0.0.1:${port}`,
    viewport,
    screenshot,
    launchOptions: {
      ...launchOptions,
      args: [...(launchOptions?.args ?? []), '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1']
    }
  },
  webServer: {
    command: `python3 -m http.server ${port} --bind 127.0.0.1 --directory "${process.env.GRADLENS_LITE_SITE}"`,
    url: `http://127.0.0.1:${port}/lab/index.html`,
    // Every request is a line.
    stderr: 'ignore',
    reuseExistingServer: false
  }
});
