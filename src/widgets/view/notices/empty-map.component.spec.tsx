import { page } from '@vitest/browser/context';
import * as React from 'react';
import { expect, it } from 'vitest';
import type { ModelSummary } from '../../../graph/layer-info';
import { layerInfo } from '../../../graph/testing/layer-info';
import type { Explained } from '../../../session/model/explained';
import type { ViewSession } from '../../../session/view/view-session';
import type { Target } from '../../../state/view-state';
import { FAKE_MODEL, fakeModelView, FLATTENED_MODEL } from '../../testing/fake-model';
import { renderInView } from '../../testing/render';
import { EmptyMap } from './empty-map';

async function show(model: ModelSummary, own: Partial<Explained> = {}, target: Target = null): Promise<ViewSession> {
  const fake = fakeModelView({ method: 'grad-cam' }, {}, model);
  await fake.controller.start();
  const { explained } = fake.controller.snapshot;
  const layer = model.layers.find(({ id }) => id === 'conv2') ?? layerInfo('conv2');
  const empty = { ...explained!, run: { ...explained!.run, empty: { conv2: [0] } }, target, ...own };
  renderInView(<EmptyMap model={model} explained={empty} layer={layer} />, {
    session: fake.session,
    controller: fake.controller
  });
  return fake.session;
}

it('says why a map is empty, and shows the method that keeps positions', async () => {
  const session = await show(FLATTENED_MODEL);
  await expect
    .element(page.getByRole('status'))
    .toHaveTextContent(/^conv2: no positive evidence for this class by Grad-CAM. The head reads positions \(flatten/);
  await page.getByRole('button', { name: 'Show HiResCAM' }).click();
  expect(session.state.method).toBe('hires-cam');
  expect(session.isByHand('method')).toBe(true);
});

it.each<[string, ModelSummary, Partial<Explained>, Target]>([
  ['a head that pools', FAKE_MODEL, {}, null],
  ['a method that keeps positions', FLATTENED_MODEL, { method: 'hires-cam' }, null],
  ['a neuron, before the head', FLATTENED_MODEL, {}, { layer: 'conv2', channel: 0 }]
])('says no more than that of %s', async (_, model, own, target) => {
  await show(model, own, target);
  await expect.element(page.getByRole('status')).toHaveTextContent(/^conv2: no positive evidence for this class\.$/);
  expect(page.getByRole('button').elements()).toEqual([]);
});
