import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, type IJupyterLabPageFixture, test as galata } from '@jupyterlab/galata';
import type { Locator } from '@playwright/test';

/**
 * Galata against a server with a token and a base URL: its own helpers talk to
 * the server without either, so those that do are switched off. The notebooks
 * are already in the server's folder.
 */
export const test = galata.extend({
  kernels: null as never,
  sessions: null as never,
  terminals: null as never,
  tmpPath: async ({ baseURL: _ }, use) => {
    await use('');
  },
  appPath: '/lab',
  autoGoto: false,
  page: async ({ page, baseURL }, use) => {
    await page.goto(`${baseURL}/lab?reset`, { waitForIsReady: false } as never);
    await page.locator('#jupyterlab-splash').waitFor({ state: 'detached' });
    await use(page);
  }
});

export { expect };

/** The notebook in front; others stay in the page, hidden. */
export const inFront = (page: IJupyterLabPageFixture): Locator => page.locator('.jp-NotebookPanel:not(.lm-mod-hidden)');

/** Runs a script of ui-tests/ with Keras, which writes what a test needs. */
export function runKeras(script: string, ...args: string[]): void {
  execFileSync(resolve('..', '.venv-keras/bin/python'), [script, ...args], {
    stdio: 'ignore',
    env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: '3' }
  });
}

/** Writes a notebook of these cells into the served folder. */
export function writeNotebook(name: string, ...sources: string[]): string {
  const path = join(process.env.GRADLENS_UI_ROOT ?? '', name);
  const cells = sources.map((source, i) => ({
    cell_type: 'code',
    execution_count: null,
    id: `cell-${i}`,
    metadata: {},
    outputs: [],
    source
  }));
  const metadata = { kernelspec: { name: 'python3', display_name: 'Python 3', language: 'python' } };
  writeFileSync(path, JSON.stringify({ cells, metadata, nbformat: 4, nbformat_minor: 5 }));
  return path;
}

/**
 * Opens a notebook of the examples, and waits for its kernel. By the command that a double click in the file browser
 * runs: the browser draws only the rows that fit, and tests that ran before leave it long.
 */
export async function openNotebook(page: IJupyterLabPageFixture, name: string): Promise<void> {
  await page.evaluate(async path => {
    await window.jupyterapp.restored;
    const { context } = await window.jupyterapp.commands.execute('docmanager:open', { path });
    // The status bar may still speak of another notebook.
    await context.sessionContext.ready;
    await context.sessionContext.session?.kernel?.info;
  }, name);
  await inFront(page).locator('.jp-CodeCell').first().waitFor();
  await expect(page.getByText(/\| Idle$/)).toBeVisible();
}

/** Makes the file browser look again. */
export async function refresh(page: IJupyterLabPageFixture): Promise<void> {
  await page.getByTitle(/^Refresh the file browser/).click();
}

/** Runs all cells with the menu and waits until the last one has run. */
export async function runAll(page: IJupyterLabPageFixture): Promise<void> {
  await page.getByRole('menuitem', { name: 'Run', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Run All Cells', exact: true }).click();
  const cells = inFront(page).locator('.jp-CodeCell');
  await expect(cells.last().locator('.jp-InputPrompt')).toHaveText(/\[\d+\]:/);
}

/** Runs the n-th cell of code of the notebook in front. */
export async function runCell(page: IJupyterLabPageFixture, n: number): Promise<void> {
  await inFront(page).locator('.jp-CodeCell').nth(n).locator('.jp-InputPrompt').click();
  await page.keyboard.press('Control+Enter');
}

/** The n-th live view of the notebook in front, scrolled into sight. */
export async function view(page: IJupyterLabPageFixture, n: number): Promise<Locator> {
  const found = inFront(page).locator('.jp-GradLens-output').nth(n);
  await found.scrollIntoViewIfNeeded();
  return found;
}

/** The Grad-CAM of a view. */
export const heatmap = (of: Locator): Locator => of.getByRole('img', { name: /^Grad-CAM/ });

/** The line of a view that says what is under the cursor. */
export const value = (of: Locator): Locator => of.getByRole('status', { name: 'Value under the cursor' });

/** Opens a panel of a view; panels lie over the page. */
export async function openPanel(
  page: IJupyterLabPageFixture,
  of: Locator,
  name: RegExp,
  title: RegExp
): Promise<Locator> {
  await of.getByRole('button', { name }).click();
  return page.getByRole('dialog', { name: title });
}

/** Keras' results for a picture of the demo (examples/make_demo.py). */
export interface ExpectedPicture {
  target: number;
  probabilities: number[];
  maps: Record<string, { shape: [number, number]; max: number; peak: [number, number] }>;
}

export function expectedPicture(name: string): ExpectedPicture {
  const file = join(process.env.GRADLENS_UI_ROOT ?? '', 'data', 'expected.json');
  return JSON.parse(readFileSync(file, 'utf8')).pictures[name];
}

/** Points at a place of an element, in shares of its size. */
export async function pointAt(locator: Locator, x: number, y: number): Promise<void> {
  const box = await locator.boundingBox();
  if (!box) {
    throw new Error('The element to point at is not shown.');
  }
  await locator.hover({ position: { x: x * box.width, y: y * box.height } });
}

/** Points at the cell of a map where Keras has its peak, and reads the value shown. */
export async function readPeak(
  of: Locator,
  { peak: [row, column], shape: [height, width] }: { peak: [number, number]; shape: [number, number] }
): Promise<number> {
  // Again if need be: while other views load, this one may move away under the pointer.
  await expect(async () => {
    await pointAt(heatmap(of), (column + 0.5) / width, (row + 0.5) / height);
    await expect(value(of)).toContainText(`row ${row}, column ${column} of ${height}×${width}`, { timeout: 2000 });
  }).toPass();
  return Number((await value(of).innerText()).match(/Grad-CAM (\S+)/)?.[1]);
}
