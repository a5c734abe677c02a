/// <reference types="@vitest/browser/providers/playwright" />
import { defineConfig } from 'vitest/config';
import { CHROMIUM_ARGS, findChromium } from './headless/chromium.mjs';

const COMPONENTS = 'src/**/*.component.spec.tsx';

export default defineConfig({
  test: {
    // By default one core is left idle, of two.
    maxWorkers: '100%',
    // JupyterLab's sanitizer asks for Node's modules and does without them.
    onConsoleLog: log => !log.includes('has been externalized for browser compatibility'),
    projects: [
      {
        test: {
          name: 'unit',
          include: ['src/**/*.spec.{ts,tsx}'],
          exclude: [COMPONENTS],
          environment: 'node'
        }
      },
      {
        // Lumino's packages as they are in JupyterLab: one copy of each.
        optimizeDeps: {
          include: [
            '@jupyterlab/apputils',
            '@jupyterlab/logconsole',
            '@jupyterlab/rendermime',
            '@jupyterlab/settingregistry',
            '@jupyterlab/services',
            '@jupyterlab/translation',
            '@jupyterlab/ui-components',
            '@lumino/commands',
            '@lumino/coreutils',
            '@lumino/messaging',
            '@lumino/signaling',
            '@lumino/widgets',
            'react',
            'react-dom',
            'react-dom/client'
          ]
        },
        test: {
          name: 'components',
          include: [COMPONENTS],
          browser: {
            enabled: true,
            provider: 'playwright',
            headless: true,
            screenshotFailures: false,
            viewport: { width: 1000, height: 800 },
            instances: [{ browser: 'chromium', launch: { executablePath: findChromium(), args: CHROMIUM_ARGS } }]
          }
        }
      }
    ],
    coverage: {
      provider: 'v8',
      include: ['src/**/*.{ts,tsx}'],
      exclude: [
        '**/*.spec.*',
        '**/testing/**',
        '**/assembly/**',
        '**/*.d.ts',
        'src/engine/kernels/binary.ts',
        'src/viewer/color/colormap-tables.ts'
      ],
      reporter: ['text-summary']
    }
  }
});
