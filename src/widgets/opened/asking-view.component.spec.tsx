/** A view that asks for a picture: what is chosen in it is there again. */
import { Widget } from '@lumino/widgets';
import { page } from '@vitest/browser/context';
import { expect, it, onTestFinished, vi } from 'vitest';
import type { Kept } from '../../mime/kept';
import { LiveViews } from '../../session/live-views';
import { fakeModelView, type FakeView } from '../testing/fake-model';
import { fakeServices } from '../testing/render';
import { createAskingView } from './asking-view';

async function ask(kept: Kept): Promise<FakeView & { keep: ReturnType<typeof vi.fn> }> {
  const fake = fakeModelView({}, { images: [] });
  const keep = vi.fn();
  const keeper = { keep, dispose: () => undefined } as never;
  const liveViews = new LiveViews();
  liveViews.add({ ...fake.view, keeper, nodes: [document.body] });
  const services = fakeServices({
    serverSettings: { baseUrl: 'http://here/' } as never,
    contents: {} as never,
    liveViews
  });
  await fake.controller.start();
  const store = { isFresh: false, read: () => kept, picture: () => null, announce: vi.fn(), write: vi.fn() };
  const widget = createAskingView(fake.controller.payload, null, services, store as never);
  Widget.attach(widget, document.body);
  onTestFinished(() => widget.dispose());
  return { ...fake, keep };
}

const pixels = page.getByRole('combobox', { name: 'Pixel values' });

it('keeps how pixels are prepared, and the names of classes, in the notebook', async () => {
  const { controller, keep } = await ask({});
  await expect.poll(() => controller.payload.preprocess).toBe('scale');
  expect(keep).not.toHaveBeenCalled();
  await pixels.selectOptions('torch');
  await expect.poll(() => keep.mock.calls).toEqual([[{ preprocess: 'torch' }]]);
  await controller.revise({ labels: ['cat', 'dog', 'owl'] });
  expect(keep).toHaveBeenLastCalledWith({ labels: ['cat', 'dog', 'owl'] });
});

it.each([['caffe'], [null]] as const)('prepares them as chosen before a reload: %s', async preprocess => {
  const { controller, keep } = await ask({ preprocess });
  await expect.element(pixels).toHaveValue(preprocess ?? 'none');
  await expect.poll(() => controller.payload.preprocess).toBe(preprocess);
  expect(keep).not.toHaveBeenCalled();
});
