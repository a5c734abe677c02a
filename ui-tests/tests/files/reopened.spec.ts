import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, openNotebook, refresh, runAll, test, view } from '../fixtures';
import { close, reload } from '../saved';

const MIME_TYPE = 'application/vnd.gradlens.v1+json';
const onDisk = (name: string): string => join(process.env.GRADLENS_UI_ROOT ?? '', name);

interface Notebook {
  cells: { outputs?: { data?: Record<string, { id: string; model?: { path: string } }> }[] }[];
}

test('a notebook reopened: live without running a cell; untrusted, it fetches nothing unasked', async ({ page }) => {
  copyFileSync(onDisk('demo.ipynb'), onDisk('saved.ipynb'));
  await refresh(page);
  await openNotebook(page, 'saved.ipynb');
  await runAll(page);
  await expect((await view(page, 0)).getByRole('img', { name: 'Grad-CAM of tank at conv4' })).toBeVisible();
  await page.keyboard.press('Control+s');
  await expect.poll(() => readFileSync(onDisk('saved.ipynb'), 'utf8').includes(MIME_TYPE)).toBe(true);

  await test.step('trusted', async () => {
    await reload(page);
    const reopened = await view(page, 0);
    await expect(reopened.getByRole('img', { name: 'Grad-CAM of tank at conv4' })).toBeVisible();
    // Its other views may fetch for as long as it is open.
    await close(page, 'saved.ipynb');
  });

  await test.step('not trusted', async () => {
    // An output changed by another hand: JupyterLab's signature no longer fits. A file of its own: what was trusted may
    // still ask for the other one, to keep it.
    copyFileSync(onDisk('models/tank.keras'), onDisk('models/unasked.keras'));
    const notebook: Notebook = JSON.parse(readFileSync(onDisk('saved.ipynb'), 'utf8'));
    notebook.cells
      .flatMap(cell => cell.outputs ?? [])
      .forEach(output => {
        const payload = output.data?.[MIME_TYPE];
        if (payload) {
          payload.id = `changed-${payload.id}`;
          if (payload.model?.path === 'models/tank.keras') {
            payload.model.path = 'models/unasked.keras';
          }
        }
      });
    writeFileSync(onDisk('untrusted.ipynb'), JSON.stringify(notebook));
    const fetched: string[] = [];
    page.on('request', request => {
      // The file itself, or the question whether it is there.
      if (/\/(files|api\/contents)\/models\/unasked/.test(request.url())) {
        fetched.push(request.url());
      }
    });
    await refresh(page);
    await openNotebook(page, 'untrusted.ipynb');
    const first = await view(page, 0);
    const run = first.getByRole('button', { name: 'Run GradLens' });
    await expect(run).toBeVisible();
    await expect(first.getByRole('img', { name: 'As last computed: Grad-CAM of tank at conv4' })).toBeVisible();
    expect(fetched).toEqual([]);
    await run.click();
    await expect(first.getByRole('img', { name: 'Grad-CAM of tank at conv4' })).toBeVisible();
    expect(fetched.some(url => url.includes('/files/models/unasked.keras'))).toBe(true);
    rmSync(onDisk('models/unasked.keras'));
  });
});

test('a model that takes long is shown with its bytes, can be cancelled, and tried again', async ({ page }) => {
  let release = (): void => undefined;
  const held = new Promise<void>(resolve => (release = resolve));
  await page.route(/\/files\/models\/tank\.keras/, async route => {
    await held;
    await route.continue();
  });
  await openNotebook(page, 'demo.ipynb');
  await runAll(page);
  const first = await view(page, 0);
  await expect(first.getByRole('progressbar', { name: /^Reading the model/ })).toBeVisible();
  await first.getByRole('button', { name: 'Cancel' }).click();
  await expect(first.getByRole('alert')).toContainText('Cancelled');
  release();
  await first.getByRole('button', { name: 'Try again' }).click();
  await expect(first.getByRole('img', { name: 'Grad-CAM of tank at conv4' })).toBeVisible();
});
