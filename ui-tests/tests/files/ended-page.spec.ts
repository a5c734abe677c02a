/** A page that ended while it worked: it does not end again as soon as its tabs come back. */
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IJupyterLabPageFixture } from '@jupyterlab/galata';
import { expect, test } from '../fixtures';
import { openedTab } from '../opened';

const models = join(process.env.GRADLENS_UI_ROOT ?? '', 'models');

test('what a page was at when it ended waits, with a sentence, in the next page; the rest opens', async ({ page }) => {
  for (const name of ['culprit', 'bystander']) {
    copyFileSync(join(models, 'tank.keras'), join(models, `${name}.keras`));
  }
  const open = (of: IJupyterLabPageFixture, name: string): Promise<unknown> =>
    of.evaluate(
      path => window.jupyterapp.commands.execute('gradlens:open-file', { path }).then(() => undefined),
      `models/${name}.keras`
    );
  await test.step('a page ends while a model is on its way', async () => {
    const context = page.context();
    const doomed = (await context.newPage()) as unknown as IJupyterLabPageFixture;
    await doomed.route(/gradlens-engine.*\.js/, () => undefined);
    await doomed.goto(new URL('/lens/lab?reset', page.url()).href);
    await doomed.waitForFunction(() => window.jupyterapp?.commands.hasCommand('gradlens:open-file'));
    await open(doomed, 'culprit');
    await expect(openedTab(doomed).getByRole('progressbar')).toBeVisible();
    const ended = doomed.waitForEvent('crash');
    (await context.newCDPSession(doomed)).send('Page.crash').catch(() => undefined);
    await ended;
    await doomed.close();
  });
  await test.step('another model opens', async () => {
    await open(page, 'bystander');
    await expect(openedTab(page).getByRole('heading', { name: 'bystander.keras' })).toBeVisible();
    await expect(openedTab(page).getByText('Drop a picture here')).toBeVisible();
    await expect(openedTab(page).getByRole('alert')).toHaveCount(0);
    await page.evaluate(() => window.jupyterapp.commands.execute('application:close'));
    await expect(openedTab(page)).toHaveCount(0);
  });
  await test.step('that one waits, and opens when asked to', async () => {
    await open(page, 'culprit');
    await expect(openedTab(page).getByRole('alert')).toContainText('page ended while “culprit.keras” was opened');
    await openedTab(page).getByRole('button', { name: 'Try again' }).click();
    await expect(openedTab(page).getByText('Drop a picture here')).toBeVisible();
    await expect(openedTab(page).getByRole('alert')).toHaveCount(0);
  });
  await test.step('no mark is left of it', async () => {
    await page.evaluate(() => window.jupyterapp.commands.execute('application:close'));
    await expect(openedTab(page)).toHaveCount(0);
    await open(page, 'culprit');
    await expect(openedTab(page).getByText('Drop a picture here')).toBeVisible();
    await expect(openedTab(page).getByRole('alert')).toHaveCount(0);
  });
});
