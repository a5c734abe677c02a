import {
  expect,
  expectedPicture,
  heatmap,
  openNotebook,
  pointAt,
  readPeak,
  runAll,
  test,
  value,
  view
} from './fixtures';

test('the demo shows what Keras says, on a server with a token and a base URL', async ({ page }) => {
  await openNotebook(page, 'demo.ipynb');
  await runAll(page);
  const first = await view(page, 0);
  const keras = expectedPicture('test_tank_grey.png');

  await test.step('classes and their probabilities', async () => {
    await expect(heatmap(first)).toHaveAccessibleName('Grad-CAM of tank at conv4');
    const classes = first.getByRole('group', { name: 'Top classes' }).getByRole('listitem').getByRole('button');
    await expect(classes).toHaveCount(2);
    await expect(classes.nth(0)).toContainText('tank');
    await expect(classes.nth(0)).toHaveAttribute('aria-pressed', 'true');
    const shown = Number((await classes.nth(0).innerText()).match(/\d\.\d+/)?.[0]);
    expect(Math.abs(shown - keras.probabilities[1])).toBeLessThan(1e-4);
  });

  await test.step('the heatmap’s peak has Keras’ value', async () => {
    const { peak, shape, max } = keras.maps.conv4;
    expect(Math.abs((await readPeak(first, { peak, shape })) / max - 1)).toBeLessThan(1e-3);
  });

  await test.step('another layer, searched by name', async () => {
    const layer = first.getByRole('combobox', { name: 'Layer', exact: true });
    await layer.click();
    await layer.fill('conv3');
    await page.getByRole('option', { name: /^conv3/ }).click();
    await expect(heatmap(first)).toHaveAccessibleName('Grad-CAM of tank at conv3');
    const { peak, shape, max } = keras.maps.conv3;
    expect(Math.abs((await readPeak(first, { peak, shape })) / max - 1)).toBeLessThan(1e-3);
    await expect(first.getByRole('img', { name: '24 feature maps of conv3' })).toBeVisible();
  });

  await test.step('another class', async () => {
    await first.getByRole('button', { name: /^no tank/ }).click();
    await expect(heatmap(first)).toHaveAccessibleName('Grad-CAM of no tank at conv3');
    await expect(first.getByRole('button', { name: /^no tank/ })).toHaveAttribute('aria-pressed', 'true');
  });

  await test.step('zoom at the cursor keeps the cell under it', async () => {
    const reset = first.getByRole('button', { name: 'Reset zoom' });
    await expect(reset).toBeDisabled();
    await pointAt(heatmap(first), 0.26, 0.26);
    const before = await value(first).innerText();
    await page.keyboard.down('Control');
    await page.mouse.wheel(0, -400);
    await page.keyboard.up('Control');
    await expect(reset).toBeEnabled();
    await expect(value(first)).toHaveText(before);
    await reset.click();
    await expect(reset).toBeDisabled();
  });

  await test.step('without focus and Ctrl the page scrolls and a hint says how to zoom', async () => {
    await page.getByRole('heading', { name: 'A tank' }).click();
    await heatmap(first).hover();
    await page.mouse.wheel(0, 40);
    await expect(first.getByText('Ctrl + wheel zooms, or click here first')).toBeVisible();
    await expect(first.getByRole('button', { name: 'Reset zoom' })).toBeDisabled();
  });

  await test.step('a channel enlarged by keyboard, and back', async () => {
    await first.getByRole('img', { name: '24 feature maps of conv3' }).focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await expect(first.getByRole('img', { name: 'Heatmap of channel 1 of conv3' })).toBeVisible();
    await first.getByRole('button', { name: 'Back to the explanation' }).click();
    await expect(heatmap(first)).toBeVisible();
  });

  await test.step('images of one view', async () => {
    const second = await view(page, 1);
    const images = second.getByRole('listbox', { name: 'Images' }).getByRole('option');
    await expect(images).toHaveCount(3);
    // Linked with the first view, which shows another layer and class by now.
    await expect(heatmap(second)).toHaveAccessibleName('Grad-CAM of no tank at conv3');
    await images.nth(2).click();
    await expect(images.nth(2)).toHaveAttribute('aria-selected', 'true');
    await second.getByRole('button', { name: /^tank/ }).click();
    await expect(heatmap(second)).toHaveAccessibleName('Grad-CAM of tank at conv3');
    await expect(heatmap(first)).toHaveAccessibleName('Grad-CAM of tank at conv3');
  });

  await test.step('the reference case: DenseNet169, 1,664 channels', async () => {
    const third = await view(page, 2);
    await expect(heatmap(third)).toHaveAccessibleName(/at conv5_block32_concat$/);
    await expect(third.getByRole('img', { name: '1664 feature maps of conv5_block32_concat' })).toBeVisible();
    await expect(third.getByRole('group', { name: 'Top classes' }).getByRole('listitem')).toHaveCount(5);
  });

  await test.step('any tensor', async () => {
    const last = await view(page, 4);
    await expect(last.getByRole('img', { name: 'Heatmap of channel 0 of two sources' })).toBeVisible();
  });
});

test('a second view of the output shares the state, and scrolling away loses nothing', async ({ page }) => {
  await openNotebook(page, 'demo.ipynb');
  await runAll(page);
  const first = await view(page, 0);
  await first.getByRole('button', { name: /^no tank/ }).click();
  await expect(heatmap(first)).toHaveAccessibleName('Grad-CAM of no tank at conv4');

  await first.click({ button: 'right', position: { x: 200, y: 15 } });
  await page.getByRole('menuitem', { name: 'Create New View for Cell Output' }).click();
  const copy = page.locator('.jp-LinkedOutputView .jp-GradLens-output');
  await expect(heatmap(copy)).toHaveAccessibleName('Grad-CAM of no tank at conv4');
  await copy.getByRole('button', { name: /^tank/ }).click();
  await expect(heatmap(copy)).toHaveAccessibleName('Grad-CAM of tank at conv4');
  await expect(
    page
      .locator('.jp-Notebook .jp-GradLens-output')
      .first()
      .getByRole('img', { name: /^Grad-CAM/ })
  ).toHaveAccessibleName('Grad-CAM of tank at conv4');

  await view(page, 4);
  await view(page, 0);
  await expect(heatmap(first)).toHaveAccessibleName('Grad-CAM of tank at conv4');
});
