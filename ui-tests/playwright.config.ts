import { defineConfig } from '@playwright/test';

const port = process.env.GRADLENS_UI_PORT;

/** Run by scripts/ui-tests.mjs, which starts from a fresh copy of the examples. */
export default defineConfig({
  testDir: './tests',
  outputDir: process.env.GRADLENS_UI_RESULTS,
  // Two parts, which may run side by side, each with its own server and files: npm test has two cores.
  projects: [
    { name: 'views', testIgnore: '**/models/**' },
    { name: 'models', testMatch: '**/models/**' }
  ],
  snapshotPathTemplate: '{snapshotDir}/{testFilePath}-snapshots/{arg}-{platform}{ext}',
  timeout: 180_000,
  expect: { timeout: 60_000 },
  fullyParallel: false,
  workers: 1,
  retries: 0,
  reporter: [['list']],
  globalSetup: './login.ts',
  use: {
    baseURL: `http://127.0.0.1:${port}/lens`,
    viewport: { width: 1280, height: 1000 },
    storageState: process.env.GRADLENS_UI_SIGNED_IN,
    video: 'off',
    trace: 'off',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: process.env.CHROMIUM,
      args: [
        '--no-sandbox',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--use-fake-device-for-media-stream'
      ]
    }
  },
  webServer: {
    command: '../.venv/bin/jupyter-lab --config jupyter_server_config.py',
    url: `http://127.0.0.1:${port}/lens/api/status?token=${process.env.GRADLENS_UI_TOKEN}`,
    timeout: 120_000,
    reuseExistingServer: false
  }
});
