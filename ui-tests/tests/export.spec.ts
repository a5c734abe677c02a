import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import {
  expect,
  expectedPicture,
  heatmap,
  openNotebook,
  openPanel,
  refresh,
  runAll,
  test,
  view,
  writeNotebook
} from './fixtures';

const NOTEBOOK = 'export.ipynb';

test('maps are saved from the view and the context menu, and the notebook keeps the heatmap', async ({ page }) => {
  const onDisk = writeNotebook(
    NOTEBOOK,
    'import gradlens',
    'gradlens.show("models/tank.keras", "data/test_tank_grey.png", labels=["no tank", "tank"])'
  );
  await refresh(page);
  await openNotebook(page, NOTEBOOK);
  await runAll(page);
  const first = await view(page, 0);
  await expect(heatmap(first)).toBeVisible();
  const { max } = expectedPicture('test_tank_grey.png').maps.conv4;
  await test.step('values as .npy', async () => {
    const save = await openPanel(page, first, /^Save/, /^Save/);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      save.getByRole('button', { name: 'Save values as .npy' }).click()
    ]);
    expect(download.suggestedFilename()).toBe('Grad-CAM_of_tank_at_conv4_tank_test_tank_grey.npy');
    const bytes = readFileSync(await download.path());
    const values = Array.from({ length: 256 }, (_, i) => bytes.readFloatLE(bytes.length - 1024 + 4 * i));
    expect(Math.abs(Math.max(...values) / max - 1)).toBeLessThan(1e-3);
    // The menu is closed, and what it did is told.
    await expect(save).toHaveCount(0);
    await expect(page.getByText(/^Saved as Grad-CAM_of_tank_at_conv4_tank_test_tank_grey\.npy/)).toBeVisible();
  });

  await test.step('values as CSV, SVG with text, PNG in the picture’s pixels, each with a line that says of what', async () => {
    const saved = async (name: string): Promise<Buffer> => {
      const save = await openPanel(page, first, /^Save/, /^Save/);
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        save.getByRole('button', { name, exact: true }).click()
      ]);
      return readFileSync(await download.path());
    };
    const line =
      /^model tank\.keras · layer conv4 · class 1 \(tank\) · logit \d\.\d+ · Grad-CAM · picture test_tank_grey\.png$/;
    const [head, ...lines] = (await saved('Save values as CSV')).toString().trimEnd().split('\n');
    expect(head.split(',')[0].replace('# ', '')).toMatch(line);
    const rows = lines.map(cells => cells.split(',').map(Number));
    expect([rows.length, ...new Set(rows.map(row => row.length))]).toEqual([16, 16]);
    expect(Math.abs(Math.max(...rows.flat()) / max - 1)).toBeLessThan(1e-3);
    const svg = (await saved('Save as SVG')).toString();
    expect(svg).toContain('<title>Grad-CAM of tank at conv4</title>');
    expect(svg.match(/<desc>([^<]*)/)?.[1]).toMatch(line);
    expect(svg).toMatch(/<image [^>]*href="data:image\/png;base64,/);
    const trueSize = await saved('Save as PNG, true size');
    expect([trueSize.readUInt32BE(16), trueSize.readUInt32BE(20)]).toEqual([128, 128]);
    const described = trueSize.toString('latin1').match(/tEXtDescription\0(.*?png)/s)?.[1];
    expect(described).toMatch(line);
  });

  await test.step('a picture on the clipboard, which is the one that is seen', async () => {
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    const save = await openPanel(page, first, /^Save/, /^Save/);
    await save.getByRole('button', { name: 'Copy as picture' }).click();
    await expect(page.getByText('The picture is on the clipboard.')).toBeVisible();
    const copied = await page.evaluate(async () => {
      const [item] = await navigator.clipboard.read();
      const bitmap = await createImageBitmap(await item.getType('image/png'));
      const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
      const context = canvas.getContext('2d');
      context?.drawImage(bitmap, 0, 0);
      // Colours along the middle: a map over a picture has many.
      const row = context?.getImageData(0, bitmap.height >> 1, bitmap.width, 1).data ?? [];
      const colors = new Set(
        Array.from({ length: bitmap.width }, (_, x) => [row[4 * x], row[4 * x + 1], row[4 * x + 2]].join())
      );
      return { width: bitmap.width, colors: colors.size };
    });
    const seen = await heatmap(first).evaluate((canvas: HTMLCanvasElement) => canvas.clientWidth);
    expect(copied.width).toBeGreaterThanOrEqual(seen);
    expect(copied.colors).toBeGreaterThan(50);
  });

  await test.step('a PNG from the context menu', async () => {
    await heatmap(first).click({ button: 'right' });
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: 'Save Heatmap as PNG', exact: true }).click()
    ]);
    expect(
      readFileSync(await download.path())
        .subarray(1, 4)
        .toString()
    ).toBe('PNG');
  });

  await test.step('the stored PNG becomes the heatmap, and opening the notebook again leaves it', async () => {
    interface Output {
      data: Record<string, string>;
      metadata: Record<string, { picture: { title: string } }>;
    }
    const stored = (): Output | undefined => JSON.parse(readFileSync(onDisk, 'utf8')).cells[1].outputs[0];
    await expect
      .poll(async () => {
        await page.keyboard.press('Control+s');
        return stored()?.metadata.gradlens?.picture.title;
      })
      .toBe('Grad-CAM of tank at conv4');
    const before = stored();
    const width = Buffer.from(before?.data['image/png'] ?? '', 'base64').readUInt32BE(16);
    expect(width).toBe(444);
    await page.reload({ waitForIsReady: false } as never);
    await expect(heatmap(await view(page, 0))).toBeVisible();
    expect(stored()).toEqual(before);

    // Without the extension, too: nbconvert knows nothing of GradLens.
    const { status, stdout, stderr } = spawnSync(
      '../.venv/bin/jupyter',
      ['nbconvert', '--to', 'html', '--stdout', onDisk],
      {
        encoding: 'utf8',
        maxBuffer: 1 << 28
      }
    );
    expect(status, stderr).toBe(0);
    const [picture] = stdout.match(/(?<=<img[^>]*src="data:image\/png;base64,)[^"]*/) ?? [];
    expect(picture?.replace(/\s/g, '')).toBe(before?.data['image/png'].replace(/\s/g, ''));
  });
});
