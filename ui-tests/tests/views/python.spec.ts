/** Views back in Python: their state, their results beside Keras', and properties set in a cell. */
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { IJupyterLabPageFixture } from '@jupyterlab/galata';
import type { Locator } from '@playwright/test';
import {
  expect,
  heatmap,
  inFront,
  openNotebook,
  refresh,
  runAll,
  runCell,
  runKeras,
  test,
  view,
  writeNotebook
} from '../fixtures';
import { reload } from '../saved';

/** Compares a result with Keras' numbers, within the limits of README.md. */
const COMPARE = `
def compare(r):
    keras = np.load("results.npz")
    for name in ("map", "activations", "gradients"):
        ours, theirs = getattr(r, name), keras[f"{r.layer}_{name}"]
        cosine = (ours * theirs).sum() / np.sqrt((ours**2).sum() * (theirs**2).sum())
        apart = np.abs(ours - theirs).max() / np.abs(theirs).max()
        yield ours.dtype == "float32" and ours.shape == theirs.shape and cosine >= 0.99999 and apart < 1e-5 * (1 if name == "activations" else 100)
    yield np.abs(r.scores - keras["scores"]).max() < 1e-5 and r.class_index == keras["scores"].argmax()
`;

const output = (page: IJupyterLabPageFixture, n: number): Locator =>
  inFront(page).locator('.jp-CodeCell').nth(n).locator('.jp-OutputArea-output').first();

test('a notebook that runs by itself waits for its view, and gets its numbers', async ({ page }) => {
  runKeras('results.py', process.env.GRADLENS_UI_ROOT ?? '');
  writeNotebook(
    'python.ipynb',
    `import gradlens\nimport numpy as np\nfrom IPython.display import display\n${COMPARE}`,
    'v = gradlens.show("results.keras", np.load("results.npy"), preprocess="scale", layer="conv1", link="none")\ndisplay(v)',
    // Long before the page has shown anything, and asking for more than it computed.
    'v.wait(); r = v.result(gradients=True); print(r.layer, r.method, r.score, r.input_size, all(compare(r)))',
    'v.layer = "conv2"; r = v.result(gradients=True); print(r.layer, all(compare(r)))',
    'print(v.layer, v.target, v.opacity)',
    'display(v)',
    'v.set(layer="conv1", opacity=0.25)',
    'gradlens.export_html(v, "found.html")',
    'v.layer = "conv11"'
  );
  await refresh(page);
  await openNotebook(page, 'python.ipynb');

  await test.step('Run All', async () => {
    await runAll(page);
    await expect(output(page, 2)).toHaveText('conv1 grad-cam logit (48, 40) True');
    await expect(output(page, 3)).toHaveText('conv2 True');
    await expect(output(page, 8)).toContainText(
      "GradLens: layer='conv11' is none of the layers of results.keras. Did you mean 'conv1'?"
    );
  });

  await test.step('a page of what was found, without the model', async () => {
    await expect(output(page, 7)).toContainText(/found\.html takes \d\.\d MB/);
    const file = await page.context().newPage();
    await file.goto(pathToFileURL(join(process.env.GRADLENS_UI_ROOT ?? '', 'found.html')).href);
    await expect(file.getByText('as stored in this page')).toBeVisible();
    await expect(file.getByRole('img', { name: /^Grad-CAM .* at conv1$/ })).toBeVisible();
    await file.close();
  });

  await test.step('the user’s state in the next cell', async () => {
    const first = await view(page, 0);
    await runCell(page, 6);
    await expect(first.getByRole('img', { name: /^Grad-CAM .* at conv1$/ })).toBeVisible();
    await first.getByRole('button', { name: /^class 3/ }).click();
    await expect(heatmap(first)).toHaveAccessibleName(/class 3/);
    await expect(async () => {
      await runCell(page, 4);
      await expect(output(page, 4)).toHaveText('conv1 3 0.25', { timeout: 1000 });
    }).toPass();
  });

  await test.step('two displays of one view', async () => {
    await runCell(page, 6);
    for (const n of [0, 1]) {
      await expect((await view(page, n)).getByRole('img', { name: /^Grad-CAM .* at conv1$/ })).toBeVisible();
    }
  });

  await test.step('after the page has been loaded again the kernel finds its view', async () => {
    await page.getByTitle(/^Save and create checkpoint/).click();
    await expect(page.getByText(/^Saving completed/)).toBeVisible();
    await reload(page);
    await expect(page.getByText(/\| Idle$/)).toBeVisible();
    await runCell(page, 3);
    await expect(output(page, 3)).toHaveText('conv2 True');
    await expect((await view(page, 0)).getByRole('img', { name: /^Grad-CAM .* at conv2$/ })).toBeVisible();
  });

  await test.step('after a restart the views that run anew are found', async () => {
    await page.getByRole('menuitem', { name: 'Kernel', exact: true }).click();
    await page.getByRole('menuitem', { name: /^Restart Kernel and Run All Cells/ }).click();
    await page.getByRole('button', { name: /^Confirm Kernel Restart/ }).click();
    await expect(inFront(page).locator('.jp-CodeCell').nth(7).locator('.jp-InputPrompt')).toHaveText('[8]:');
    await expect(output(page, 2)).toHaveText('conv1 grad-cam logit (48, 40) True');
  });
});

/** Keeps JupyterLab from drawing cells far from the screen, for which it takes its time. */
async function drawNothingUnseen(page: IJupyterLabPageFixture): Promise<void> {
  await setWindowing(page, 'defer');
  await page.evaluate(() => Object.assign(window, { requestIdleCallback: () => 0 }) && undefined);
}

async function setWindowing(page: IJupyterLabPageFixture, mode: string): Promise<void> {
  await page.evaluate(async to => {
    const registry = await window.galata.getPlugin('@jupyterlab/apputils-extension:settings');
    await registry?.set('@jupyterlab/notebook-extension:tracker', 'windowingMode', to);
  }, mode);
}

test('a view that JupyterLab has not drawn, many cells down, gives its numbers too', async ({ page }) => {
  await drawNothingUnseen(page);
  runKeras('results.py', process.env.GRADLENS_UI_ROOT ?? '');
  const show = 'gradlens.show("results.keras", np.load("results.npy"), preprocess="scale", layer="conv1", link="none")';
  // Tall before they run, too.
  const tall = Array.from({ length: 30 }, () => '# A line.\n'.repeat(40));
  writeNotebook(
    'far.ipynb',
    `import gradlens\nimport numpy as np\n${COMPARE}`,
    ...tall,
    `v = ${show}\nv`,
    'a = gradlens.heatmap(np.arange(6, dtype="float32").reshape(2, 3)); a',
    // Run All goes to the last cell: those between keep it far from the view.
    ...tall,
    'r = v.result(gradients=True, timeout=60); far = [r.layer, all(compare(r))]',
    'v.layer = "conv2"; r = v.result(gradients=True); far += [r.layer, all(compare(r)), v.state["layer"]]',
    'far += [bool((a.result().map == np.arange(6).reshape(2, 3)).all())]',
    // A cell that runs again takes over what was set last.
    'v.layer = "conv1"; v.wait(); open("far.txt", "w").write(repr(far)); far'
  );
  await refresh(page);
  await openNotebook(page, 'far.ipynb');
  const found = join(process.env.GRADLENS_UI_ROOT ?? '', 'far.txt');
  const says = "['conv1', True, 'conv2', True, 'conv2', True]";

  await test.step('Run All, without looking', async () => {
    await runAll(page);
    await expect(() => expect(readFileSync(found, 'utf8')).toBe(says)).toPass({ timeout: 60_000 });
    // Else the test would try nothing.
    await expect(inFront(page).locator('.jp-GradLens-viewWidget')).toHaveCount(0);
  });

  await test.step('again after a restart', async () => {
    rmSync(found);
    await page.getByRole('menuitem', { name: 'Kernel', exact: true }).click();
    await page.getByRole('menuitem', { name: /^Restart Kernel and Run All Cells/ }).click();
    await page.getByRole('button', { name: /^Confirm Kernel Restart/ }).click();
    await expect(() => expect(readFileSync(found, 'utf8')).toBe(says)).toPass({ timeout: 60_000 });
    await expect(inFront(page).locator('.jp-GradLens-viewWidget')).toHaveCount(0);
  });

  await setWindowing(page, 'contentVisibility');
});
