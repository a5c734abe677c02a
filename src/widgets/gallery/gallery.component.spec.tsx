/** The images of a view, a few and many. */
import '../view/view.css';
import { page, userEvent } from '@vitest/browser/context';
import * as React from 'react';
import { expect, it, vi } from 'vitest';
import type { PredictParams } from '../../engine/protocol/protocol';
import type { Kept } from '../../mime/kept';
import { ResultKeeper } from '../../session/kept/result-keeper';
import type { ControllerServices } from '../../session/model/controller-services';
import type { ViewStateJSON } from '../../state/view-state';
import { FAKE_MODEL, fakeModelView, type FakeView, PIXEL } from '../testing/fake-model';
import { renderInView } from '../testing/render';
import { ModelView } from '../view/model-view';

const FINGERPRINTED = { ...FAKE_MODEL, fingerprint: { size: 1, hash: 'a'.repeat(64) } };

const list = page.getByRole('listbox', { name: 'Images' });
const names = (): (string | null)[] =>
  list
    .getByRole('option')
    .elements()
    .map(option => option.getAttribute('aria-label'));

/** Image i is taken for class i % 3 at 0.9 - i / 1000; every third is said to be of another. */
async function show(
  count: number,
  state: ViewStateJSON = {},
  services: Partial<ControllerServices> = {}
): Promise<FakeView & { clear: () => void }> {
  const images = Array.from({ length: count }, (_, i) => ({
    name: `${i}.png`,
    // Each is another input: a byte behind the picture's end.
    picture: btoa(atob(PIXEL) + String.fromCharCode(i)),
    truth: i % 3 === 0 ? 1 : i % 3
  }));
  const fake = fakeModelView(state, { images }, FINGERPRINTED, services);
  let at = state.image ?? 0;
  fake.engine.predict.mockImplementation(async ({ samples }: PredictParams) =>
    samples.map(() => {
      const i = at++ % count;
      const head = new Float64Array(3).fill(0.01);
      head[i % 3] = 0.9 - i / 1000;
      return { scores: { head } };
    })
  );
  const shown = <ModelView shown={fake.view.shown} />;
  const render = renderInView(shown, { session: fake.session, controller: fake.controller });
  await fake.controller.start();
  return { ...fake, clear: () => render(<></>) };
}

it('has one tab stop; the arrows go from image to image, and the focus with them', async () => {
  const { session } = await show(3);
  await expect.element(list.getByRole('option', { name: '0.png' })).toHaveAttribute('aria-selected', 'true');
  const stops = (): number =>
    list
      .getByRole('option')
      .elements()
      .filter(one => (one as HTMLElement).tabIndex === 0).length;
  expect(stops()).toBe(1);
  (list.getByRole('option', { name: '0.png' }).element() as HTMLElement).focus();
  await userEvent.keyboard('{ArrowRight}');
  expect(session.state.image).toBe(1);
  await expect.element(list.getByRole('option', { name: '1.png' })).toHaveFocus();
  await userEvent.keyboard('{End}{ArrowRight}');
  expect(session.state.image).toBe(2);
  expect(stops()).toBe(1);
  await list.getByRole('option', { name: '0.png' }).click();
  expect(session.state.image).toBe(0);
  // Few images are a row without controls.
  await expect.element(page.getByRole('combobox', { name: 'Sort images' })).not.toBeInTheDocument();
});

it('says of each image what it is taken for, what it is, and whether that is right', async () => {
  await show(3);
  await expect
    .poll(names)
    .toEqual([
      '0.png: tank 0.90, true: no tank, wrong',
      '1.png: no tank 0.90, true: no tank, right',
      '2.png: sky 0.90, true: sky, right'
    ]);
  await expect.element(list.getByText('✗')).toBeVisible();
});

it('wraps many, draws those in sight, and sorts them', async () => {
  const { session } = await show(200);
  await expect.element(page.getByText('133 of 200 right')).toBeVisible();
  const drawn = names().length;
  expect(drawn).toBeGreaterThan(8);
  expect(drawn).toBeLessThan(100);
  await page.getByRole('combobox', { name: 'Sort images' }).selectOptions('errors first');
  expect(session.state.imageOrder).toBe('errors');
  await expect
    .poll(() =>
      names()
        .slice(0, 3)
        .map(name => name?.split(' ')[0])
    )
    .toEqual(['0.png:', '3.png:', '6.png:']);
  (list.getByRole('option', { name: /^0\.png/ }).element() as HTMLElement).focus();
  await userEvent.keyboard('{ArrowRight}');
  expect(session.state.image).toBe(3);
  await userEvent.keyboard('{End}');
  await expect.element(list.getByRole('option', { selected: true })).toHaveAttribute('aria-posinset', '200');
  await expect.element(list.getByRole('option', { selected: true })).toHaveFocus();
  const { top, bottom } = list.element().getBoundingClientRect();
  const { top: above, bottom: below } = list.getByRole('option', { selected: true }).element().getBoundingClientRect();
  expect(above).toBeGreaterThanOrEqual(top - 1);
  expect(below).toBeLessThanOrEqual(bottom + 1);
});

it('shows how far it is, stops, and goes on', async () => {
  const fake = fakeModelView({}, { images: Array.from({ length: 40 }, (_, i) => ({ name: `${i}`, picture: PIXEL })) });
  let answer: (() => void) | null = null;
  fake.engine.predict.mockImplementation(async ({ samples }: PredictParams, { signal }: { signal: AbortSignal }) => {
    await new Promise<void>((resolve, reject) => {
      answer = resolve;
      signal.addEventListener('abort', () => reject(signal.reason as Error));
    });
    return samples.map(() => ({ scores: { head: Float64Array.of(0.7, 0.2, 0.1) } }));
  });
  renderInView(<ModelView shown={fake.view.shown} />, { session: fake.session, controller: fake.controller });
  await fake.controller.start();
  await expect.poll(() => answer).not.toBeNull();
  answer = (answer as unknown as () => void)() ?? null;
  await expect.element(page.getByText('1 of 40 predicted')).toBeVisible();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect.element(page.getByText('1 of 40 predicted')).toBeVisible();
  fake.engine.predict.mockImplementation(async ({ samples }: PredictParams) =>
    samples.map(() => ({ scores: { head: Float64Array.of(0.7, 0.2, 0.1) } }))
  );
  await page.getByRole('button', { name: 'Go on' }).click();
  await expect.element(page.getByRole('progressbar', { name: 'Images predicted' })).not.toBeInTheDocument();
  await expect.element(page.getByText('40 images')).toBeVisible();
});

it('shows what the notebook kept of it where the model is gone, and says so', async () => {
  const outputs: Kept = {};
  const keeper = new ResultKeeper(
    {
      isFresh: false,
      read: () => outputs,
      picture: () => null,
      announce: () => undefined,
      write: kept => void Object.assign(outputs, kept)
    },
    () => 1e6
  );
  const { clear } = await show(40, {}, { results: keeper });
  await expect.element(page.getByText('26 of 40 right')).toBeVisible();
  outputs.results = await keeper.found();
  clear();

  const gone = await show(40, {}, { results: keeper, locate: () => Promise.reject(new Error('It is gone.')) });
  await expect.element(page.getByText('26 of 40 right, as last computed')).toBeVisible();
  expect(names().slice(0, 2)).toEqual([
    '0.png: tank 0.90, true: no tank, wrong',
    '1.png: no tank 0.90, true: no tank, right'
  ]);
  expect(gone.engine.predict).not.toHaveBeenCalled();
});

it('says what images are where nothing was kept', async () => {
  await show(3, {}, { locate: () => Promise.reject(new Error('It is gone.')) });
  await expect.poll(names).toEqual(['0.png: true: no tank', '1.png: true: no tank', '2.png: true: sky']);
});

it('draws images of which only the files are known', async () => {
  const canvas = new OffscreenCanvas(6, 4);
  canvas.getContext('2d')?.fillRect(0, 0, 6, 4);
  const bytes = new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer());
  const original = { width: 6, height: 4, size: bytes.length, hash: 'a'.repeat(64) };
  const images = ['a.png', 'b.png'].map(name => ({ name, path: name, picture: '', original }));
  const { session, controller, view } = fakeModelView({}, { images });
  vi.spyOn(controller.originals, 'bytesOf').mockResolvedValue(bytes);
  renderInView(<ModelView shown={view.shown} />, { session, controller });
  await controller.start();
  const drawn = (): (number | undefined)[] => {
    const picture = list.getByRole('option', { name: 'b.png' }).query()?.querySelector('canvas');
    return [picture?.width, picture?.height];
  };
  await expect.poll(drawn).toEqual([6, 4]);
});
