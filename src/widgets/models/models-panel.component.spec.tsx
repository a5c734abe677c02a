/** Several models in one view: as a user goes through and compares them. */
import '../view/view.css';
import { page, userEvent } from '@vitest/browser/context';
import * as React from 'react';
import { expect, it, vi } from 'vitest';
import type { OpenParams, PredictParams, RunParams, RunResult } from '../../engine/protocol/protocol';
import { layerInfo } from '../../graph/testing/layer-info';
import type { ModelFile } from '../../mime/payload';
import type { ViewStateJSON } from '../../state/view-state';
import { FAKE_MODEL, fakeModelView, type FakeView } from '../testing/fake-model';
import { renderInView } from '../testing/render';
import { ModelView } from '../view/model-view';

const EPOCHS: ModelFile[] = [1, 2, 3].map(epoch => ({ path: `s/${epoch}.keras`, name: `s, epoch ${epoch}`, epoch }));

/** The place of a model in its list, by the key that it is open under. */
const placeOf = (model: string): number => Number(/(\d)\.keras/.exec(model)?.[1]);

/** The map of model n is n times that of the first; it gives class 1 the score n / 10. Model 9 cannot be read. */
async function show(models = EPOCHS, state: ViewStateJSON = {}): Promise<FakeView & { openings: string[] }> {
  const fake = fakeModelView(state, { models, model: models[0] });
  const openings: string[] = [];
  fake.engine.open.mockImplementation(async ({ model }: OpenParams) => {
    openings.push(model);
    if (placeOf(model) === 9) {
      throw new Error('it is no model');
    }
    return model.includes('other')
      ? {
          ...FAKE_MODEL,
          model,
          defaultLayer: 'first',
          layers: [layerInfo('first', { outputShape: [2, 2, 3] })],
          outputs: [{ name: 'end', shape: [null, 2] }]
        }
      : { ...FAKE_MODEL, model };
  });
  const plain = fake.engine.run.getMockImplementation() as (params: RunParams) => Promise<RunResult>;
  fake.engine.run.mockImplementation(async (params: RunParams) => {
    const run = await plain(params);
    const times = placeOf(params.model);
    for (const map of Object.values(run.maps)) {
      map.data = map.data.map(value => value * times);
    }
    return run;
  });
  fake.engine.predict.mockImplementation(async ({ model }: PredictParams) => [
    model.includes('other')
      ? { scores: { end: Float64Array.of(0.5, 0.5) } }
      : { scores: { head: Float64Array.of(0.5, placeOf(model) / 10, 0.1) } }
  ]);
  renderInView(<ModelView shown={fake.view.shown} />, { session: fake.session, controller: fake.controller });
  await fake.controller.start();
  await expect.element(page.getByRole('slider', { name: /^(Epoch|Model)$/ })).toBeVisible();
  return { ...fake, openings };
}

const bounds = ({ view }: FakeView): unknown => view.shown.current?.range.bounds;

it('opens a model by key, and explains the class of the one before', async () => {
  const { session, runs, openings } = await show();
  const slider = page.getByRole('slider', { name: 'Epoch' });
  expect(slider.element().getAttribute('aria-valuetext')).toBe('epoch 1, 1 of 3');
  (slider.element() as HTMLElement).focus();
  await userEvent.keyboard('{ArrowRight}');
  await expect.element(page.getByRole('group', { name: 'GradLens: s, epoch 2' })).toBeVisible();
  await expect.element(page.getByText('epoch 2, 2 of 3')).toBeVisible();
  expect(session.state).toMatchObject({ model: 1, target: 0 });
  await expect.poll(() => runs[runs.length - 1].target).toBe(0);
  expect(openings.map(placeOf)).toEqual([1, 2]);
});

it('gives the maps of the models that were seen one range, or each its own', async () => {
  const fake = await show();
  await expect.poll(() => bounds(fake)).toEqual([1, 4]);
  fake.session.update({ model: 2, target: 0 });
  await expect.poll(() => bounds(fake)).toEqual([1, 12]);
  fake.session.update({ model: 0 });
  await expect.poll(() => fake.controller.isUpToDate).toBe(true);
  await expect.poll(() => bounds(fake)).toEqual([1, 12]);
  await page.getByRole('checkbox', { name: 'One colour range for all' }).click();
  await expect.poll(() => bounds(fake)).toEqual([1, 4]);
  await page.getByRole('checkbox', { name: 'One colour range for all' }).click();
  await expect.poll(() => bounds(fake)).toEqual([1, 12]);
  // Another class has another range.
  fake.session.update({ target: 2 });
  await expect.poll(() => bounds(fake)).toEqual([1, 4]);
});

it('asks all models on request, and shows what they say', async () => {
  const { engine } = await show(EPOCHS, { target: 1 });
  await page.getByText('Compare the epochs').click();
  expect(engine.predict).not.toHaveBeenCalled();
  await page.getByRole('button', { name: 'Ask the models of all 3 epochs' }).click();
  await page.getByText('Scores as a table').click();
  const rows = page.getByRole('table', { name: 'Scores of the image by epoch' }).getByRole('row');
  await expect
    .poll(() => rows.elements().map(row => row.textContent))
    .toEqual([
      'Epochno tanktanksky',
      'epoch 10.10000.50000.1000',
      'epoch 20.20000.50000.1000',
      'epoch 30.30000.50000.1000'
    ]);
  // Of a cell beside two sidebars nothing is cut, and nothing scrolls.
  const table = page.getByRole('region', { name: 'Scores of the image by epoch' }).element();
  table.closest<HTMLElement>('.jp-GradLens-view')!.style.width = '262px';
  await expect.poll(() => table.clientWidth).toBeLessThan(262);
  expect(table.scrollWidth).toBeLessThanOrEqual(table.clientWidth);
});

it('can be cancelled, and goes on with what is missing', async () => {
  const { engine } = await show(EPOCHS, { target: 1 });
  await page.getByText('Compare the epochs').click();
  const answer = engine.predict.getMockImplementation() as (params: PredictParams) => Promise<unknown>;
  engine.predict.mockImplementation(async (params: PredictParams, { signal }: { signal: AbortSignal }) =>
    placeOf(params.model) < 2
      ? answer(params)
      : new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
  );
  await page.getByRole('button', { name: 'Ask the models of all 3 epochs' }).click();
  await expect.element(page.getByText('Asking the models: 1 of 3')).toBeVisible();
  await page.getByRole('button', { name: 'Cancel' }).click();
  engine.predict.mockImplementation(answer);
  engine.predict.mockClear();
  await page.getByRole('button', { name: 'Ask the models of all 3 epochs' }).click();
  await expect.element(page.getByRole('button', { name: 'Ask the models of all 3 epochs' })).not.toBeInTheDocument();
  expect(engine.predict.mock.calls.map(([params]) => placeOf((params as PredictParams).model))).toEqual([2, 3]);
});

it('subtracts the map of another model', async () => {
  const { session } = await show();
  await page.getByText('Compare the epochs').click();
  await page.getByRole('combobox', { name: 'epoch 1 minus' }).selectOptions('epoch 3');
  await expect.element(page.getByRole('img', { name: /^epoch 3: Grad-CAM of tank/ })).toBeVisible();
  await expect.element(page.getByRole('img', { name: /^Difference: Grad-CAM of tank/ })).toBeVisible();
  const make = vi.spyOn(URL, 'createObjectURL');
  await page.getByRole('button', { name: 'Save the difference (.npy)' }).click();
  const bytes = await (make.mock.calls[0][0] as Blob).arrayBuffer();
  expect([...new Float32Array(bytes.slice(bytes.byteLength - 16))]).toEqual([-8, -6, -4, -2]);
  // The other one is subtracted wherever the slider stands.
  session.update({ model: 1, target: 0 });
  await expect.element(page.getByRole('combobox', { name: 'epoch 2 minus' })).toHaveValue('2');
  await expect.element(page.getByRole('img', { name: /^Difference: Grad-CAM of tank/ })).toBeVisible();
});

it('says in one sentence what another model lacks', async () => {
  const models = ['m1.keras', 'other2.keras', 'm9.keras'].map(path => ({ path, name: path }));
  const { session } = await show(models);
  await page.getByText('Compare the models').click();
  await page.getByRole('button', { name: 'Ask all 3 models' }).click();
  await expect
    .element(page.getByText('2 models have no score: other2.keras has other classes: 2, not 3.'))
    .toBeVisible();
  await page.getByRole('combobox', { name: 'm1.keras minus' }).selectOptions('other2.keras');
  await expect.element(page.getByText('other2.keras has no layer “conv2”.')).toBeVisible();
  // Nothing of the model before is shown under the name of one that cannot be read.
  session.update({ model: 2 });
  await expect.element(page.getByText(/it is no model/)).toBeVisible();
  await expect.element(page.getByRole('img', { name: /^Grad-CAM/ })).not.toBeInTheDocument();
  session.update({ model: 0 });
  await expect.element(page.getByRole('img', { name: /^Grad-CAM of tank/ })).toBeVisible();
});

it('fits a narrow cell', async () => {
  const models = EPOCHS.map(({ path }) => ({ path, name: `a model with quite a long name, ${path}` }));
  await show(models, { target: 1 });
  const section = page.getByRole('group', { name: 'Models' }).element() as HTMLElement;
  section.style.width = '280px';
  await page.getByText('Compare the models').click();
  await page.getByRole('button', { name: 'Ask all 3 models' }).click();
  await expect.element(page.getByRole('img', { name: 'Scores of the image by model' })).toBeVisible();
  const wide = [...section.querySelectorAll('*')].filter(
    node => node.getBoundingClientRect().right > section.getBoundingClientRect().right + 1
  );
  expect(wide.map(node => node.outerHTML.slice(0, 120))).toEqual([]);
});
