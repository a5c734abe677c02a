/** Notebooks that are saved, closed and opened again. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { IJupyterLabPageFixture } from '@jupyterlab/galata';
import type { Locator } from '@playwright/test';
import { expect, openNotebook, refresh, runAll, view, writeNotebook } from './fixtures';

const served = process.env.GRADLENS_UI_ROOT ?? '';
const IMPORT = 'import gradlens';

export interface KeptOutput {
  data: Record<string, string>;
  metadata: {
    gradlens?: {
      view?: Record<string, unknown>;
      picture?: { title: string };
      file?: { size: number };
      results?: { runs: { about: { layer: string } }[] };
    };
  };
}

export const outputsIn = (notebook: { cells: { outputs?: KeptOutput[] }[] }): KeptOutput[] =>
  notebook.cells.flatMap(cell => cell.outputs ?? []).filter(output => 'image/png' in (output.data ?? {}));

export const onDisk = (name: string): string => readFileSync(join(served, name), 'utf8');
export const savedOutput = (name: string): KeptOutput => outputsIn(JSON.parse(onDisk(name)))[0];

/** The layers whose maps a notebook holds: the state of a view may name one whose map is still computed. */
export const keptIn = (notebook: string): string[] =>
  outputsIn(JSON.parse(notebook)).flatMap(
    ({ metadata }) => metadata.gradlens?.results?.runs.map(({ about }) => about.layer) ?? []
  );

/** Asks the page about an open notebook: whether it counts as changed, and its outputs. */
export function inPage(page: IJupyterLabPageFixture, name: string): Promise<{ dirty: boolean; text: string }> {
  return page.evaluate(path => {
    interface Document {
      context?: { path: string; model: { dirty: boolean; toJSON(): unknown } };
    }
    for (const { context } of window.jupyterapp.shell.widgets('main') as Iterable<Document>) {
      if (context?.path === path) {
        return { dirty: context.model.dirty, text: JSON.stringify(context.model.toJSON()) };
      }
    }
    throw new Error(`${path} is not open.`);
  }, name);
}

export async function save(page: IJupyterLabPageFixture, name: string): Promise<void> {
  await page.keyboard.press('Control+s');
  await expect.poll(async () => (await inPage(page, name)).dirty).toBe(false);
}

/** Closes the notebook in front, which must be saved: a question whether to save would stay open. */
export async function close(page: IJupyterLabPageFixture, name: string): Promise<void> {
  await page.evaluate(() => window.jupyterapp.commands.execute('application:close'));
  await expect(page.getByRole('tab', { name })).toHaveCount(0);
}

/** Signs a notebook that another program wrote, as `jupyter trust` in a terminal does. */
export const trust = (name: string): void =>
  void execFileSync(resolve('..', '.venv/bin/jupyter'), ['trust', join(served, name)], { stdio: 'ignore' });

/** Loads the page again, and waits until JupyterLab has brought back its tabs: it may do so after one was closed. */
export async function reload(page: IJupyterLabPageFixture): Promise<void> {
  await page.reload({ waitForIsReady: false } as never);
  await page.waitForFunction(() => Boolean(window.jupyterapp));
  await page.evaluate(() => window.jupyterapp.restored.then(() => undefined));
}

let clocks = 0;

/**
 * Outlasts the quiet after which views write: a view that was changed just now, in a notebook of its own, has written.
 */
export async function outlastWriting(page: IJupyterLabPageFixture): Promise<void> {
  const name = `clock-${++clocks}.ipynb`;
  const clock = await runNotebook(page, name, 'gradlens.heatmap([[1, 2], [3, 4]])');
  await expect(clock.getByRole('img', { name: 'Heatmap of heatmap' })).toBeVisible();
  await clock.getByRole('checkbox', { name: 'Smooth' }).click();
  await expect.poll(async () => (await inPage(page, name)).text).toContain('"smooth"');
  await save(page, name);
  await close(page, name);
}

/** Makes a notebook of these cells, runs it, and gives its first view. */
export async function runNotebook(page: IJupyterLabPageFixture, name: string, ...cells: string[]): Promise<Locator> {
  writeNotebook(name, IMPORT, ...cells);
  await refresh(page);
  await openNotebook(page, name);
  await runAll(page);
  return view(page, 0);
}
