/** A model file in a tab, as a user opens and feeds it. */
import type { IJupyterLabPageFixture } from '@jupyterlab/galata';
import type { Locator } from '@playwright/test';

/** A file or folder in the file browser. */
export const fileNamed = (page: IJupyterLabPageFixture, name: string): Locator =>
  page.getByRole('listitem', { name: new RegExp(`Name: ${name.replace('.', '\\.')}`) });

/** The tab of a model file. */
export const openedTab = (page: IJupyterLabPageFixture): Locator => page.locator('.jp-GradLens-opened');

/** Shows the folder that is served in the file browser, then goes down from it. */
export async function goTo(page: IJupyterLabPageFixture, ...folders: string[]): Promise<void> {
  await page.locator('.jp-BreadCrumbs-home').click();
  for (const folder of folders) {
    await fileNamed(page, folder).dblclick();
  }
}

/** “Open With > GradLens” in the file browser's menu. */
export async function openWith(page: IJupyterLabPageFixture, folder: string | null, name: string): Promise<void> {
  if (folder !== null) {
    await fileNamed(page, folder).dblclick();
  }
  await fileNamed(page, name).click({ button: 'right' });
  await page.locator('.lm-Menu-item', { hasText: 'Open With' }).hover();
  await page.locator('.lm-Menu-item[data-command="filebrowser:open"]', { hasText: 'GradLens' }).click();
}

export async function pickTestPicture(page: IJupyterLabPageFixture, picture: string): Promise<void> {
  await page.getByRole('button', { name: 'From Jupyter’s files' }).click();
  const files = page.getByRole('region', { name: 'Pictures on the Jupyter server' });
  await files.getByRole('button', { name: '↑ parent folder' }).click();
  await files.getByRole('button', { name: 'data' }).click();
  await files.getByRole('button', { name: picture }).click();
}

/** Drags a file of the file browser onto the middle of an element, as a hand does. */
export async function dragFile(page: IJupyterLabPageFixture, name: string, onto: Locator): Promise<void> {
  const from = await fileNamed(page, name).boundingBox();
  const to = await onto.boundingBox();
  if (!from || !to) {
    throw new Error(`“${name}” cannot be dragged: it or the place for it is not shown.`);
  }
  await page.mouse.move(from.x + 40, from.y + 10);
  await page.mouse.down();
  await page.mouse.move(from.x + 60, from.y + 20, { steps: 4 });
  await page.mouse.move(to.x + to.width / 2, to.y + to.height / 2, { steps: 8 });
  await page.mouse.up();
}

/** Drops files of the computer on an element. */
export async function dropFiles(onto: Locator, files: { name: string; type: string; bytes: Buffer }[]): Promise<void> {
  const transfer = await onto.page().evaluateHandle(
    list =>
      list.reduce((data, { name, type, base64 }) => {
        data.items.add(new File([Uint8Array.from(atob(base64), char => char.charCodeAt(0))], name, { type }));
        return data;
      }, new DataTransfer()),
    files.map(({ name, type, bytes }) => ({ name, type, base64: bytes.toString('base64') }))
  );
  await onto.dispatchEvent('dragover', { dataTransfer: transfer });
  await onto.dispatchEvent('drop', { dataTransfer: transfer });
}
