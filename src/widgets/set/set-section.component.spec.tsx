/** What the images of a view say together: as a user asks it. */
import '../view/view.css';
import { page, userEvent } from '@vitest/browser/context';
import * as React from 'react';
import { expect, it, vi } from 'vitest';
import type { PredictParams, RunParams, RunResult } from '../../engine/protocol/protocol';
import type { ModelPayload } from '../../mime/payload';
import type { ViewStateJSON } from '../../state/view-state';
import { FAKE_MODEL, fakeModelView, type FakeView, PIXEL } from '../testing/fake-model';
import { renderInView } from '../testing/render';
import { ModelView } from '../view/model-view';

/** Image i is taken for class i % 3; every fourth of which a class is known is of another. */
async function show(
  own: Partial<ModelPayload> = {},
  state: ViewStateJSON = {},
  width = 800,
  ending: RunResult['ending'] = 'softmax'
): Promise<FakeView & { ofSet: RunParams[] }> {
  const images = Array.from({ length: 6 }, (_, i) => ({
    name: `${i}.png`,
    picture: btoa(atob(PIXEL) + String.fromCharCode(i)),
    ...(i === 5 ? {} : { truth: i % 4 === 0 ? 1 : i % 3 })
  }));
  const fake = fakeModelView(state, { images, ...own }, FAKE_MODEL);
  const ofSet: RunParams[] = [];
  let at = 0;
  fake.engine.predict.mockImplementation(async ({ samples }: PredictParams) =>
    samples.map(() => {
      const head = new Float64Array(3).fill(0.1);
      head[at++ % 3] = 0.8;
      return { scores: { head } };
    })
  );
  const shown = (
    <div style={{ width }}>
      <ModelView shown={fake.view.shown} />
    </div>
  );
  const made = fake.engine.run.getMockImplementation() as (params: RunParams) => Promise<RunResult>;
  const plain = async (params: RunParams): Promise<RunResult> => ({ ...(await made(params)), ending });
  fake.engine.run.mockImplementation(plain);
  renderInView(shown, { session: fake.session, controller: fake.controller });
  await fake.controller.start();
  fake.engine.run.mockImplementation(async (params: RunParams) => {
    ofSet.push(params);
    return plain(params);
  });
  await expect.element(page.getByRole('option', { name: /^0\.png: \S+.* 0\.80/ })).toBeVisible();
  await page.getByText('All images together').click();
  await expect.element(page.getByRole('heading', { name: 'Maps of all images' })).toBeVisible();
  return { ...fake, ofSet };
}

const names = (): (string | undefined)[] =>
  page
    .getByRole('listbox', { name: 'Images' })
    .getByRole('option')
    .elements()
    .map(option => option.getAttribute('aria-label')?.slice(0, 5));

it('filters the gallery by a cell of the confusion matrix, and says so with a way back', async () => {
  await show();
  await expect.element(page.getByText(/^1 image is not counted/)).toBeVisible();
  const cell = page.getByRole('button', { name: '2 images of “no tank” taken for “no tank”' });
  (cell.element() as HTMLElement).focus();
  await userEvent.keyboard('{Enter}');
  await expect.element(cell).toHaveAttribute('aria-pressed', 'true');
  await expect
    .element(page.getByText('Shown are 2 of 6 images: of class “no tank”, taken for “no tank”.'))
    .toBeVisible();
  expect(names()).toEqual(['1.png', '4.png']);
  await page.getByRole('button', { name: '1 image of “no tank” taken for “tank”' }).click();
  expect(names()).toEqual(['0.png']);
  await page.getByRole('button', { name: '1 image of “no tank” taken for “tank”' }).click();
  expect(names()).toHaveLength(6);
  await cell.click();
  await page.getByRole('button', { name: 'Show all images' }).click();
  expect(names()).toHaveLength(6);
});

it('judges no image by the highest of several sigmoids, and says why', async () => {
  await show({}, {}, 800, 'sigmoid');
  const why =
    'The classes of this output do not exclude each other, so an image is not right or wrong by its highest score.';
  await expect.element(page.getByRole('paragraph').filter({ hasText: why })).toBeVisible();
  expect(page.getByRole('region', { name: 'Confusion matrix' }).query()).toBeNull();
  expect(page.getByRole('option', { name: /, (right|wrong)/ }).elements()).toHaveLength(0);
  // What an image is taken for and what it is are still said.
  await expect.element(page.getByRole('option', { name: /^0\.png: .* 0\.80, true: / })).toBeVisible();
});

it('goes by key from an image that is not shown to those that are', async () => {
  const { session } = await show();
  await page.getByRole('button', { name: '2 images of “no tank” taken for “no tank”' }).click();
  const first = page.getByRole('option', { name: /^1\.png/ });
  await expect.element(first).toHaveAttribute('tabindex', '0');
  (first.element() as HTMLElement).focus();
  await userEvent.keyboard('{ArrowDown}');
  expect(session.state.image).toBe(1);
  await userEvent.keyboard('{ArrowRight}');
  expect(session.state.image).toBe(4);
});

it('explains every image of the class asked for, and tells of those that have no map', async () => {
  const { ofSet } = await show();
  await page.getByRole('button', { name: 'Compute the maps of 6 images' }).click();
  await expect.element(page.getByText('6 maps, Grad-CAM at conv2: what each image is taken for.')).toBeVisible();
  expect(ofSet.map(({ target, maps }) => [target, maps])).toEqual(Array(6).fill([null, ['conv2']]));
  await expect.element(page.getByRole('button', { name: 'Compute the maps of 6 images' })).toBeDisabled();

  await page.getByRole('combobox', { name: 'Explain' }).selectOptions('the true class of each image');
  await page.getByRole('button', { name: 'Compute the maps of 6 images' }).click();
  await expect.element(page.getByText('5 maps, Grad-CAM at conv2: the true class of each image.')).toBeVisible();
  expect(ofSet.slice(6).map(({ target }) => target)).toEqual([1, 1, 2, 0, 1]);
  await expect
    .element(page.getByRole('alert'))
    .toHaveTextContent('1 image has no map:5.png: Its true class is not known.');

  await page.getByRole('combobox', { name: 'Explain' }).selectOptions('tank, as the view explains');
  await page.getByRole('button', { name: 'Compute the maps of 6 images' }).click();
  await expect.element(page.getByText('6 maps, Grad-CAM at conv2: tank.')).toBeVisible();
  expect(ofSet.slice(11).map(({ target }) => target)).toEqual(Array(6).fill(0));
});

it('can be cancelled, keeps what it has, and waits while the view computes', async () => {
  const { engine, session } = await show();
  const plain = engine.run.getMockImplementation() as (params: RunParams) => Promise<RunResult>;
  const waiting: (() => void)[] = [];
  const asked: RunParams[] = [];
  engine.run.mockImplementation(async (params: RunParams) => {
    asked.push(params);
    await new Promise<void>(resolve => waiting.push(resolve));
    return plain(params);
  });
  await page.getByRole('button', { name: 'Compute the maps of 6 images' }).click();
  await vi.waitFor(() => expect(asked).toHaveLength(1));
  await expect.element(page.getByText('Explaining the images: 0 of 6')).toBeVisible();
  // The view asks for a map of its own: it goes before the next image of the set.
  session.update({ image: 3 });
  await vi.waitFor(() => expect(asked).toHaveLength(2));
  waiting[0]();
  await expect.element(page.getByText('Explaining the images: 0 of 6')).toBeVisible();
  expect(asked).toHaveLength(2);
  waiting[1]();
  await vi.waitFor(() => expect(asked).toHaveLength(3));
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect.element(page.getByText('1 map, Grad-CAM at conv2: what each image is taken for.')).toBeVisible();
  // What is known is not asked for again.
  await page.getByRole('button', { name: 'Compute the maps of 6 images' }).click();
  await vi.waitFor(() => expect(asked).toHaveLength(4));
  expect(asked[3].inputKey).toBe(asked[2].inputKey);
});

it('measures the region drawn, or the masks that the cell gave', async () => {
  // Of the cells 4, 3, 2, 1 on 4 x 4 pixels, laid bilinearly: by symmetry 5 more on the left than on the right.
  const { session } = await show({ mask: { shape: [1, 1], runs: [0, 1] } });
  await page.getByRole('button', { name: 'Compute the maps of 6 images' }).click();
  await expect
    .element(page.getByText('On average 100.0 % of the map lies inside; this part is 100.0 % of what the map covers.'))
    .toBeVisible();
  await page.getByRole('combobox', { name: 'Inside' }).selectOptions('the region drawn on the picture');
  await expect.element(page.getByText(/^Draw a region on the picture first/)).toBeVisible();
  session.update({ region: { kind: 'rectangle', x0: 0, y0: 0, x1: 0.5, y1: 1 } });
  // Columns of pixels are 3, 2.75, 2.25, 2 on average: 5.75 of 10.
  await expect
    .element(page.getByText('On average 57.5 % of the map lies inside; this part is 50.0 % of what the map covers.'))
    .toBeVisible();
  const table = page.getByRole('region', { name: 'Shares by image' });
  await expect.element(table.getByRole('row', { name: 'Mean of 6 maps 57.5 % 50.0 % 100.0 %' })).toBeVisible();
  await table.getByRole('button', { name: '4.png' }).click();
  expect(session.state.image).toBe(4);
});

/** A picture of 2 x 1 pixels of which these are white. */
async function maskFile(name: string, white: readonly [boolean, boolean]): Promise<File> {
  const canvas = new OffscreenCanvas(2, 1);
  const context = canvas.getContext('2d')!;
  context.fillRect(0, 0, 2, 1);
  context.fillStyle = 'white';
  white.forEach((isWhite, x) => isWhite && context.fillRect(x, 0, 1, 1));
  return new File([await canvas.convertToBlob()], name, { type: 'image/png' });
}

/** Chooses files, as the browser's dialog does. */
function choose(input: HTMLInputElement, ...files: File[]): void {
  const chosen = new DataTransfer();
  files.forEach(file => chosen.items.add(file));
  input.files = chosen.files;
  input.dispatchEvent(new Event('change', { bubbles: true }));
}

it('measures in masks that are opened: of the images that they are called like', async () => {
  await show();
  await page.getByRole('button', { name: 'Compute the maps of 6 images' }).click();
  await expect.element(page.getByRole('button', { name: 'Open a mask…' })).toBeVisible();
  const input = page.getByLabelText('Mask file').element() as HTMLInputElement;
  choose(input, await maskFile('2.png', [true, false]), await maskFile('3.png', [false, true]));
  const table = page.getByRole('region', { name: 'Shares by image' });
  await expect.element(table.getByRole('row', { name: /2\.png .* 57\.5 % 50\.0 % yes/ })).toBeVisible();
  await expect.element(table.getByRole('row', { name: /3\.png .* 42\.5 % 50\.0 % no/ })).toBeVisible();
  await expect.element(table.getByRole('row', { name: 'Mean of 2 maps 50.0 % 50.0 % 50.0 %' })).toBeVisible();
  choose(input, await maskFile('x.png', [true, false]), await maskFile('y.png', [true, true]));
  await expect.element(page.getByRole('alert')).toHaveTextContent('None of these masks is called as one of the images');
  choose(input, new File(['no picture'], 'z.png', { type: 'image/png' }));
  await expect.element(page.getByRole('alert')).toHaveTextContent('cannot read “z.png” as a picture');
});

it('means the images marked in the table beside all', async () => {
  await show();
  await page.getByRole('button', { name: 'Compute the maps of 6 images' }).click();
  await expect
    .element(page.getByRole('img', { name: 'A: all images (6 images): Mean of Grad-CAM at conv2, all images' }))
    .toBeVisible();
  await page.getByRole('combobox', { name: 'Group B' }).selectOptions('those marked in the table');
  await expect.element(page.getByText('No image with a map is in group B.')).toBeVisible();
  await page.getByRole('checkbox', { name: 'Mark 2.png' }).click();
  await expect.element(page.getByRole('img', { name: /^B: those marked in the table \(1 image\)/ })).toBeVisible();
  await expect.element(page.getByRole('img', { name: 'A − B: Difference of the means' })).toBeVisible();
});

it('fits into a narrow cell, long names too', async () => {
  const long = 'great grey owl, great gray owl, Strix nebulosa, a bird of the northern hemisphere';
  await show({ labels: [long, 'no tank', 'sky'] }, {}, 280);
  await page.getByRole('button', { name: 'Compute the maps of 6 images' }).click();
  await page.getByRole('combobox', { name: 'Group A' }).selectOptions('those with a text in the name');
  await page.getByRole('textbox', { name: 'Group A: text in the name' }).fill('.png');
  await page.getByRole('combobox', { name: 'Group B' }).selectOptions(`true: ${long}`);
  await expect.element(page.getByRole('img', { name: 'A − B: Difference of the means' })).toBeVisible();
  const view = document.querySelector('section.jp-GradLens-view') as HTMLElement;
  const edge = view.getBoundingClientRect().right;
  const outside = [...view.querySelectorAll('.jp-GradLens-pictureSet *')].filter(
    node => !node.closest('.jp-GradLens-setTable') && node.getBoundingClientRect().right > edge + 1
  );
  expect(outside.map(node => node.outerHTML.slice(0, 100))).toEqual([]);
});
