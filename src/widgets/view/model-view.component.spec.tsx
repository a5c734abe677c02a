/** The view of a model, whole, with an engine of fixed numbers. */
import { page, userEvent } from '@vitest/browser/context';
import * as React from 'react';
import { describe, expect, it } from 'vitest';
import { RefusalError } from '../../engine/protocol/errors';
import type { RunParams } from '../../engine/protocol/protocol';
import { message, MessageError } from '../../messages/message';
import type { ModelPayload } from '../../mime/payload';
import type { ViewKeeper } from '../../session/kept/view-keeper';
import type { ViewStateJSON } from '../../state/view-state';
import { FAKE_MODEL, fakeModelView, type FakeView, PIXEL, resultOfVolume } from '../testing/fake-model';
import { renderInView } from '../testing/render';
import { ModelView } from './model-view';

async function show(
  state: ViewStateJSON = {},
  own: Partial<ModelPayload> = {},
  keeper: ViewKeeper | null = null
): Promise<FakeView> {
  const fake = fakeModelView(state, own);
  renderInView(<ModelView shown={fake.view.shown} />, { session: fake.session, controller: fake.controller, keeper });
  await fake.controller.start();
  return fake;
}

it('shows what the model is, what it says, and where it looks', async () => {
  const { view } = await show();
  await expect.element(page.getByRole('group', { name: 'GradLens: m.keras' })).toBeVisible();
  await expect.element(page.getByText('4 layers · 200 parameters · input 4×4×3')).toBeVisible();
  await expect.element(page.getByText('WASM · 3 ms')).toBeVisible();
  await expect.element(page.getByRole('button', { name: /^tank/ })).toHaveAttribute('aria-pressed', 'true');
  await expect.element(page.getByRole('img', { name: /^Grad-CAM .*conv2/ })).toBeVisible();
  await expect.element(page.getByRole('img', { name: '3 feature maps of conv2' })).toBeVisible();
  expect(view.shown.current?.range.bounds).toEqual([1, 4]);
});

it('asks below both columns whether the map is to be trusted', async () => {
  await show();
  const question = page.getByText('Is this map to be trusted?');
  await expect.element(question).toBeVisible();
  const box = (name: RegExp): DOMRect => page.getByRole('img', { name }).element().getBoundingClientRect();
  const { top, width } = question.element().getBoundingClientRect();
  const [map, features] = [box(/^Grad-CAM .*conv2/), box(/^3 feature maps/)];
  expect(features.left).toBeGreaterThan(map.right);
  expect(top).toBeGreaterThan(Math.max(map.bottom, features.bottom));
  expect(width).toBeGreaterThan(features.right - map.left - 20);
});

it('explains another class, another layer and another method', async () => {
  const { session, runs } = await show();
  await page.getByRole('button', { name: /^sky/ }).click();
  expect(session.state.target).toBe(2);
  await expect.element(page.getByRole('button', { name: /^sky/ })).toHaveAttribute('aria-pressed', 'true');
  const layer = page.getByRole('combobox', { name: 'Layer' });
  await layer.fill('conv1');
  await userEvent.keyboard('{Enter}');
  expect(session.state.layer).toBe('conv1');
  await page.getByRole('combobox', { name: 'Method' }).selectOptions('layer-cam');
  await expect.poll(() => runs.at(-1)).toMatchObject({ method: 'layer-cam', maps: ['conv1'], target: 2 });
});

it('enlarges a channel, and goes back', async () => {
  const { session } = await show({ channel: 1 });
  await expect.element(page.getByRole('img', { name: /^Channel 1 of conv2|channel 1/i }).first()).toBeVisible();
  await page.getByRole('button', { name: 'Explain channel 1' }).click();
  expect(session.state.target).toEqual({ layer: 'conv2', channel: 1 });
  await page.getByRole('button', { name: 'Back to classes' }).click();
  expect(session.state.target).toBeNull();
});

it('takes a cell apart into its channels, and closes that', async () => {
  const { session } = await show({ probe: { x: 0.1, y: 0.1 } });
  const cell = page.getByRole('group', { name: 'What makes this cell' });
  await expect.element(cell.getByRole('heading', { name: 'What makes row 0, column 0' })).toBeVisible();
  await expect.element(cell.getByRole('button', { name: 'channel 0' })).toBeVisible();
  await cell.getByRole('button', { name: 'Close' }).click();
  expect(session.state.probe).toBeNull();
});

it('picks one of several images, and shows a channel on all of them', async () => {
  const images = ['a.png', 'b.png'].map(name => ({ name, picture: PIXEL }));
  const { session, runs } = await show({ channel: 0 }, { images });
  await page.getByRole('option', { name: 'b.png' }).click();
  expect(session.state.image).toBe(1);
  const before = runs.length;
  await page.getByRole('button', { name: 'Show channel 0 for all 2 images' }).click();
  await expect.element(page.getByRole('img', { name: 'Channel 0 on 2 images' })).toBeVisible();
  expect(runs.length - before).toBeGreaterThanOrEqual(2);
});

it('shows its default layer for a name that the model has not, and the names that may be meant', async () => {
  await show({ layer: 'conv3' });
  await expect.element(page.getByRole('img', { name: /^Grad-CAM .*conv2/ })).toBeVisible();
  await expect
    .element(page.getByText('m.keras has no layer “conv3”: “conv2” is shown. Did you mean “conv1”?'))
    .toBeVisible();
});

it('says of a map that its place is not known, but not of one of the input', async () => {
  const { session, engine, controller, view } = fakeModelView();
  const run = engine.run.getMockImplementation()!;
  engine.run.mockImplementation(async (params: RunParams) => ({ ...(await run(params)), fields: {} }));
  renderInView(<ModelView shown={view.shown} />, { session, controller });
  await controller.start();
  const notice = page.getByText(/^Where the cells of conv2 look is not known, so its maps are stretched/);
  await expect.element(notice).toBeVisible();
  session.explain({ method: 'saliency' });
  await expect.element(notice).not.toBeInTheDocument();
});

it('names the layer that stops all others', async () => {
  const layers = FAKE_MODEL.layers.map(layer => ({ ...layer, unsupported: message('no') }));
  const fake = fakeModelView({}, {}, { ...FAKE_MODEL, layers, defaultLayer: null });
  renderInView(<ModelView shown={fake.view.shown} />, { session: fake.session, controller: fake.controller });
  await fake.controller.start();
  await expect
    .element(page.getByRole('alert'))
    .toHaveTextContent(`can run: “${layers[0].id}” stops what lies behind it.`);
});

it('leads from a layer of one picture to the same layer of the other', async () => {
  const [input, conv1, conv2, head] = FAKE_MODEL.layers;
  const layers = [
    { ...input, id: 'left', sees: ['left'] },
    { ...input, id: 'right', sees: ['right'] },
    { ...conv1, id: 'conv', inputs: ['left'], sees: ['left'] },
    { ...conv2, id: 'conv@1', inputs: ['right'], sees: ['right'] },
    { ...head, inputs: ['conv', 'conv@1'], sees: ['left', 'right'] }
  ];
  const inputs = ['left', 'right'].map(name => ({ ...FAKE_MODEL.inputs[0], name }));
  const others = { right: { picture: PIXEL } };
  const images = [{ name: 'a.png', picture: PIXEL, input: 'left', others }];
  const fake = fakeModelView({}, { images }, { ...FAKE_MODEL, layers, inputs, defaultLayer: 'conv@1' });
  renderInView(<ModelView shown={fake.view.shown} />, { session: fake.session, controller: fake.controller });
  await fake.controller.start();
  await page.getByRole('button', { name: 'Show left' }).click();
  expect(fake.session.state.layer).toBe('conv');
  await page.getByRole('button', { name: 'Show right' }).click();
  expect(fake.session.state.layer).toBe('conv@1');
});

it('says that a picture asks to be turned, and is not', async () => {
  await show({}, { images: [{ name: 'phone.jpg', picture: PIXEL, orientation: 6 }] });
  await expect.element(page.getByText(/^“phone.jpg” asks to be turned to the right .* as it is stored/)).toBeVisible();
});

it('says that a picture has transparent parts', async () => {
  await show({}, { images: [{ name: 'logo.png', picture: PIXEL, transparent: true }] });
  await expect.element(page.getByText(/^“logo.png” has transparent parts. .* as keras.utils.load_img/)).toBeVisible();
});

it('says that a picture is smaller than it was given', async () => {
  const reduced = { width: 4032, height: 3024 };
  await show({}, { images: [{ name: 'phone.webp', picture: PIXEL, reduced }] });
  await expect
    .element(page.getByText(/^“phone.webp” was reduced from 4032 × 3024 to 1 × 1 pixels before the model got it/))
    .toBeVisible();
});

it('says that a copy was computed on where the file cannot be read', async () => {
  const original = { width: 4032, height: 3024, size: 9, hash: 'a'.repeat(64), copy: true as const };
  const { engine } = await show({}, { images: [{ name: 'phone.jpg', path: 'gone.jpg', picture: PIXEL, original }] });
  await expect
    .element(
      page.getByText(/^The file of the picture “phone.jpg” \(4032 × 3024\) cannot be read, so a copy reduced to/)
    )
    .toBeVisible();
  // The worker is given the copy, and not told to hold it against the file.
  expect(Object.values(engine.run.mock.calls[0][0].inputs)[0]).not.toHaveProperty('original');
});

it('says what went wrong, keeps what was on the screen, and tries again', async () => {
  const { engine, session } = await show();
  await expect.element(page.getByRole('img', { name: /^Grad-CAM/ })).toBeVisible();
  engine.run.mockRejectedValueOnce(new MessageError(message('The layer %1 could not be computed.', 'conv1')));
  session.explain({ target: 1 });
  await expect.element(page.getByRole('alert')).toHaveTextContent('The layer conv1 could not be computed.');
  await expect.element(page.getByRole('img', { name: /^Grad-CAM/ })).toBeVisible();
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect.element(page.getByRole('button', { name: /^no tank/ })).toHaveAttribute('aria-pressed', 'true');
  expect(page.getByRole('alert').elements()).toEqual([]);
});

it('offers no other try where it would end the same', async () => {
  const { engine, session } = await show();
  await expect.element(page.getByRole('img', { name: /^Grad-CAM/ })).toBeVisible();
  engine.run.mockRejectedValueOnce(new RefusalError(message('The layer %1 has no image axes.', 'conv1')));
  session.explain({ target: 1 });
  await expect.element(page.getByRole('alert')).toHaveTextContent('The layer conv1 has no image axes.');
  expect(page.getByRole('button', { name: 'Try again' }).elements()).toEqual([]);
});

it('cancels what is under way', async () => {
  const fake = fakeModelView();
  fake.engine.open.mockImplementationOnce(() => new Promise(() => undefined));
  renderInView(<ModelView shown={fake.view.shown} />, { session: fake.session, controller: fake.controller });
  void fake.controller.start();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect
    .element(page.getByRole('alert'))
    .toHaveTextContent('Cancelled. What was computed before is still shown.');
});

it('tells over the dimmed map of before what is under way, all of it at any width', async () => {
  const fake = await show();
  const map = page.getByRole('img', { name: /^Grad-CAM .*conv2/ });
  await expect.element(map).toBeVisible();
  const clear = getComputedStyle(map.element()).opacity;
  let finish: () => void = () => undefined;
  const before = fake.engine.run.getMockImplementation()!;
  fake.engine.run.mockImplementationOnce(async (params: RunParams) => {
    await new Promise<void>(resolve => {
      finish = resolve;
    });
    return before(params);
  });
  fake.session.explain({ method: 'occlusion' });
  const cancel = page.getByRole('button', { name: 'Cancel' });
  await expect.element(cancel).toBeVisible();
  await expect.poll(() => Number(getComputedStyle(map.element()).opacity)).toBeLessThan(Number(clear));
  const over = map.element().getBoundingClientRect();
  const told = cancel.element().getBoundingClientRect();
  expect(told.left).toBeGreaterThanOrEqual(over.left);
  expect(told.right).toBeLessThanOrEqual(over.right);
  const text = page
    .getByRole('status')
    .elements()
    .find(({ className }) => className === 'jp-GradLens-busyText')!;
  expect(text.scrollWidth).toBeLessThanOrEqual(text.clientWidth);
  finish();
  await expect.element(cancel).not.toBeInTheDocument();
  await expect
    .poll(() => getComputedStyle(page.getByRole('img', { name: /conv2/ }).first().element()).opacity)
    .toBe(clear);
});

it('declares a class of one’s own as the identity, which reads the file so, and takes it back', async () => {
  const fake = fakeModelView({}, {}, { ...FAKE_MODEL, undeclared: ['FixedDropout'] });
  renderInView(<ModelView shown={fake.view.shown} />, { session: fake.session, controller: fake.controller });
  await fake.controller.start();
  await page.getByRole('button', { name: 'Treat FixedDropout as the identity' }).click();
  const asked = (): unknown => fake.engine.open.mock.lastCall?.[0];
  await expect.poll(asked).toMatchObject({ layers: { FixedDropout: 'identity' } });
  await expect.element(page.getByRole('img', { name: /^Grad-CAM/ })).toBeVisible();
  await page.getByRole('button', { name: 'Take back: FixedDropout' }).click();
  await expect.poll(asked).toMatchObject({ layers: {} });
  await expect.element(page.getByRole('button', { name: 'Treat FixedDropout as the identity' })).toBeVisible();
});

/** Measures how far elements reach over the edges of the view, in pixels, by their text. */
function overhanging(view: Element): string[] {
  const { left, right } = view.getBoundingClientRect();
  return [...view.querySelectorAll('button, select, input, h2, h3, p, li, canvas, .jp-GradLens-headerEnd > *')]
    .filter(element => element.checkVisibility())
    .map(element => ({ element, box: element.getBoundingClientRect() }))
    .filter(({ box }) => box.width > 0 && (box.left < left - 0.5 || box.right > right + 0.5))
    .map(({ element, box }) => `${element.textContent || element.className}: ${box.left - left}, ${box.right - right}`);
}

it.each([280, 320, 400, 480, 560, 584, 640, 700, 860, 1100, 1600])(
  'has all within a cell of %i pixels',
  async width => {
    const name = 'a_model_with_a_long_name_of_its_own_and_a_version_v12.keras';
    await show({}, { model: { path: name, name } });
    await expect.element(page.getByRole('img', { name: /^Grad-CAM/ })).toBeVisible();
    const view = page.getByRole('group', { name: /^GradLens/ }).element();
    const cell = view.parentElement!;
    cell.style.width = `${width}px`;
    // Grids lay themselves out anew when they have been seen to change.
    await expect.poll(() => overhanging(view)).toEqual([]);
    const isCut = (element: Element): boolean => element.scrollWidth > element.clientWidth;
    expect(width >= 480 && isCut(page.getByText('WASM · 3 ms').element())).toBe(false);
  }
);

it('calls what a model reads one after the other frames', async () => {
  const fake = fakeModelView({}, { images: [{ name: 'clip 1', picture: PIXEL, slices: 1 }] });
  fake.engine.run.mockImplementation(async (params: RunParams) => ({ ...resultOfVolume(params), areFrames: true }));
  renderInView(<ModelView shown={fake.view.shown} />, { session: fake.session, controller: fake.controller });
  await fake.controller.start();
  await expect.element(page.getByRole('slider', { name: 'Frame' })).toBeVisible();
  await expect.element(page.getByRole('img', { name: /^Grad-CAM .* in 4 frames$/ })).toBeVisible();
});

it('shows a volume slice by slice, in one range', async () => {
  const fake = fakeModelView({}, { images: [{ name: 'volume 1', picture: PIXEL, slices: 1 }] });
  fake.engine.run.mockImplementation(async (params: RunParams) => resultOfVolume(params));
  const { session, view, engine } = fake;
  renderInView(<ModelView shown={view.shown} />, { session, controller: fake.controller });
  await fake.controller.start();
  const slider = page.getByRole('slider', { name: 'Slice' });
  await expect.element(slider).toHaveAttribute('aria-valuetext', '4 of 0–7');
  const values = (): number[] => [...(view.shown.current?.map.planes.data ?? [])];
  expect(values()).toEqual([24, 23, 22, 21]);
  const range = [1, 34];
  expect(view.shown.current?.range.bounds).toEqual(range);

  await slider.fill('7');
  await expect.poll(values).toEqual([34, 33, 32, 31]);
  expect(session.state.slice).toBe(7);
  expect(view.shown.current?.range.bounds).toEqual(range);

  // The row of the map's slices has the layer's four, each for two of the input's.
  const row = page.getByRole('img', { name: /^Grad-CAM .* in 4 slices$/ });
  await row.click({ position: { x: 10, y: 30 } });
  await expect.poll(() => session.state.slice).toBe(1);
  await expect.poll(values).toEqual([4, 3, 2, 1]);
  expect(engine.run).toHaveBeenCalledTimes(1);
});

it('lays maps where the layer’s cells look, and says where there is no such place', async () => {
  const axis = { jump: 1, size: 1, start: 1.5 };
  const field = { axes: [axis, axis], input: [4, 4], inputs: ['image'], seesAll: false, isApart: false };
  const whole = { u0: 0, v0: 0, u1: 1, v1: 1 };
  const fake = fakeModelView();
  const run = fake.engine.run.getMockImplementation()!;
  fake.engine.run.mockImplementation(async (params: RunParams) => ({
    ...(await run(params)),
    // conv1 crops a cell on each side, in conv2 branches meet that cropped otherwise.
    fields: { conv1: field, conv2: { ...field, isApart: true } }
  }));
  const { session, view } = fake;
  renderInView(<ModelView shown={view.shown} />, { session, controller: fake.controller });
  await fake.controller.start();
  const region = () => view.shown.current?.map.region;
  const notice = page.getByText(/^Branches that meet at or before conv2 look at different places/);
  await expect.element(notice).toBeVisible();
  expect(region()).toEqual(whole);

  session.update({ layer: 'conv1' });
  await expect.poll(region).toEqual({ u0: 0.25, v0: 0.25, u1: 0.75, v1: 0.75 });
  await expect.element(notice).not.toBeInTheDocument();
  // The channel enlarged lies where the explanation does; a map of the input, on all of it.
  session.update({ channel: 1 });
  await expect.poll(() => view.shown.current?.map.name).toBe('channel 1');
  expect(region()).toMatchObject({ u0: 0.25 });
  session.update({ channel: null, method: 'saliency' });
  await expect.poll(() => view.shown.current?.map.quantity).toBe('saliency');
  expect(region()).toEqual(whole);
});

describe('a file that is not the one that the cell saw', () => {
  const OTHER = { model: { path: 'm.keras', name: 'm.keras', fingerprint: { size: 1, hash: 'f'.repeat(64) } } };
  /** Of an output whose picture is a view's. */
  const keeper = { picture: { title: 'Grad-CAM of sky', png: PIXEL }, show: () => undefined } as unknown as ViewKeeper;

  it('is said, with the heatmap as last computed, and nothing to press that cannot work', async () => {
    const { runs } = await show(
      {},
      { ...OTHER, images: ['a.png', 'b.png'].map(name => ({ name, picture: PIXEL })) },
      keeper
    );
    await expect
      .element(page.getByRole('alert'))
      .toHaveTextContent(/^m.keras has been written again since this cell ran/);
    await expect.element(page.getByRole('img', { name: 'As last computed: Grad-CAM of sky' })).toBeVisible();
    for (const disabled of [
      page.getByRole('combobox', { name: 'Layer' }),
      page.getByRole('combobox', { name: 'Method' }),
      page.getByRole('slider', { name: 'Opacity' }),
      page.getByRole('button', { name: 'Display' }),
      page.getByRole('option', { name: 'b.png' })
    ]) {
      await expect.element(disabled).toBeDisabled();
    }
    await page.getByRole('button', { name: 'Stay with what was computed' }).click();
    expect(page.getByRole('alert').elements()).toEqual([]);
    expect(runs).toEqual([]);
    await page.getByRole('button', { name: 'Show the file as it is now' }).click();
    await expect.element(page.getByRole('img', { name: /^Grad-CAM .*conv2/ })).toBeVisible();
    await expect.element(page.getByText(/this is the file as it was read now/)).toBeVisible();
    await expect.element(page.getByRole('combobox', { name: 'Layer' })).toBeEnabled();
  });

  it('is said where nothing was computed, with the other way on', async () => {
    await show({}, OTHER);
    await expect.element(page.getByRole('alert')).toHaveTextContent(/Run the cell again/);
    expect(page.getByRole('button', { name: 'Stay with what was computed' }).elements()).toEqual([]);
    await expect.element(page.getByRole('button', { name: 'Show the file as it is now' })).toBeVisible();
  });
});
