import { expect, heatmap, openNotebook, refresh, runAll, test, view, writeNotebook } from './fixtures';

test('every mistake gets a readable sentence in its cell, and the notebook goes on', async ({ page }) => {
  await openNotebook(page, 'errors.ipynb');
  await runAll(page);

  await test.step('missing files: one line each, no stack trace', async () => {
    const alerts = page.locator('.jp-OutputArea').getByRole('alert');
    await expect(alerts.filter({ hasText: 'no-such-model.keras' })).toBeVisible();
    await expect(alerts.filter({ hasText: 'no-such-picture.png' })).toBeVisible();
    await expect(page.getByText('Traceback')).toHaveCount(0);
  });

  const sentences = [
    /text\.h5.*text/i,
    /truncated\.keras.*(truncated|incomplete|cut)/i,
    /truncated\.h5.*(truncated|incomplete|cut)/i
  ];
  for (const [i, sentence] of sentences.entries()) {
    await test.step(`a broken file: ${sentence.source}`, async () => {
      const problem = (await view(page, i)).getByRole('alert');
      await expect(problem).toHaveText(sentence);
      await expect(problem).not.toContainText(/\bat .*:\d+:\d+/);
    });
  }

  await test.step('layers that cannot run: said, and those before still show their maps', async () => {
    for (const i of [3, 4]) {
      const of = await view(page, i);
      await expect(of.getByRole('img', { name: /feature maps of/ })).toBeVisible();
    }
    await expect((await view(page, 3)).getByRole('status').filter({ hasText: 'Lambda' })).toBeVisible();
    await expect((await view(page, 4)).getByRole('status').filter({ hasText: 'cannot run' })).toBeVisible();
  });

  await test.step('a tensor of the wrong shape', async () => {
    await expect((await view(page, 5)).getByRole('alert')).toContainText('(1, 64, 64, 3)');
  });

  await test.step('a tensor with NaN', async () => {
    await expect((await view(page, 6)).getByText(/NaN/).first()).toBeVisible();
  });

  await test.step('the last cell works', async () => {
    await expect((await view(page, 7)).getByRole('img', { name: 'Grad-CAM of tank at conv4' })).toBeVisible();
  });
});

test('parts that cannot be fetched leave the rest of the view, and come once they can', async ({ page }) => {
  writeNotebook('chunks.ipynb', 'import gradlens\ngradlens.show("models/tank.keras", "data/test_tank_grey.png")');
  await refresh(page);
  await openNotebook(page, 'chunks.ipynb');
  const lost = /^A part of GradLens could not be loaded, .* reload the page\./;
  let isServed = false;
  await page.route(/static\/gradlens-experiment\.[^/]*\.js/, route => (isServed ? route.continue() : route.abort()));
  await runAll(page);
  const first = await view(page, 0);
  await expect(heatmap(first)).toBeVisible();
  const place = first.getByRole('alert').filter({ hasText: lost });
  await first.getByRole('button', { name: 'Cover or change the picture' }).click();
  await expect(place).toBeVisible();
  await expect(heatmap(first)).toBeVisible();

  isServed = true;
  await place.getByRole('button', { name: 'Try again' }).click();
  await expect(first.getByRole('group', { name: 'Experiment', exact: true })).toBeVisible();
  await expect(place).toHaveCount(0);
  await expect(heatmap(first)).toBeVisible();
});
