import { page, userEvent } from '@vitest/browser/context';
import * as React from 'react';
import { expect, it, vi } from 'vitest';
import type { RunParams, RunResult } from '../../engine/protocol/protocol';
import type { CellSum, ProductParts, WindowParts } from '../../engine/protocol/sums';
import { message, MessageError } from '../../messages/message';
import { fakeModelView, type FakeView } from '../testing/fake-model';
import { renderInView } from '../testing/render';
import { SumPanel } from './sum-panel';

/** A 2×2 kernel over two channels, its first row above the input: (3·2 + 4·0.5) + (1·−1 + 0·1) + 0.5. */
const PRODUCTS: ProductParts = {
  kind: 'products',
  from: 'conv1',
  layout: 'channels last',
  prefix: [],
  rows: 2,
  columns: 2,
  channels: Int32Array.of(0, 1),
  values: Float32Array.of(0, 0, 3, 4, 0, 0, 1, 0),
  weights: Float32Array.of(9, 9, 2, 0.5, 9, 9, -1, 1),
  rowsAt: Int32Array.of(-1, 0),
  columnsAt: Int32Array.of(0, 1),
  factors: null,
  sums: Float64Array.of(8, -1),
  bias: 0.5,
  total: 7.5,
  pictures: { rows: 2, columns: 2, step: 1, planes: Float32Array.of(3, 4, 1, 0, 1, 0, 0, 0) }
};

const CONVOLVED: CellSum = {
  layer: 'conv2',
  at: [0, 0, 1],
  op: 'Conv2D',
  value: 7.5,
  parts: PRODUCTS,
  reason: null,
  activation: { name: 'relu', result: 7.5, among: 1 },
  inputs: ['conv1']
};

const WINDOW: WindowParts = {
  kind: 'max',
  from: 'image',
  layout: 'channels last',
  channel: 0,
  rows: 1,
  columns: 3,
  values: Float32Array.of(1, 7, 0),
  rowsAt: Int32Array.of(0),
  columnsAt: Int32Array.of(0, 1, -1),
  winner: 1,
  count: 2,
  total: 7,
  pictures: null
};

const POOLED: CellSum = { ...CONVOLVED, op: 'MaxPooling2D', value: 7, parts: WINDOW, activation: null };

async function show(answer: (params: RunParams) => CellSum): Promise<FakeView & { onClose: () => void }> {
  const fake = fakeModelView();
  await fake.controller.start();
  const plain = fake.engine.run.getMockImplementation() as (params: RunParams) => Promise<RunResult>;
  fake.engine.run.mockImplementation(async (params: RunParams) =>
    params.sum ? { ...(await plain(params)), sum: answer(params) } : plain(params)
  );
  const onClose = vi.fn();
  renderInView(<SumPanel image={0} start={{ layer: 'conv2', at: [0, 0, 1] }} onClose={onClose} />, {
    session: fake.session,
    controller: fake.controller
  });
  return { ...fake, onClose };
}

const panel = page.getByRole('group', { name: 'How this value is computed' });
const sum = panel.getByLabelText('The sum');
const step = panel.getByLabelText('Channels, step by step').getByRole('status');

it('adds channel by channel, then bias and activation, up to the value', async () => {
  await show(() => CONVOLVED);
  await expect.element(step).toHaveTextContent('1 of 2: channel 0 adds 8');
  await panel.getByRole('button', { name: 'Next channel' }).click();
  await expect.element(step).toHaveTextContent('2 of 2: channel 1 adds -1, so far 7');
  await expect.element(panel.getByRole('button', { name: 'Next channel' })).toBeDisabled();
  await expect.element(sum).toHaveTextContent('all 2 channels 7+bias 0.5=sum 7.5→relu 7.5=the layer’s value 7.5');
});

it('says so where the layer’s value is another one', async () => {
  await show(() => ({ ...CONVOLVED, value: 7.51 }));
  await expect.element(sum).toHaveTextContent('≠the layer’s value 7.51');
});

it('goes on, by keys, to the value under a number, and back', async () => {
  const { runs } = await show(({ sum: asked }) => (asked?.layer === 'conv2' ? CONVOLVED : { ...POOLED, ...asked! }));
  const figure = panel.getByRole('img', { name: 'Values, weights and products of channel 0 of conv1' });
  await expect.element(figure).toBeVisible();
  (figure.element() as unknown as HTMLElement).focus();
  const readout = panel.getByLabelText('Numbers under the cursor');
  await userEvent.keyboard('{ArrowRight}');
  await expect.element(readout).toHaveTextContent('Outside the input: counts as 0.');
  await userEvent.keyboard('{Enter}{ArrowDown}{ArrowRight}');
  await expect.element(readout).toHaveTextContent('4 × 0.5 = 2');
  await userEvent.keyboard('{Enter}');
  await expect.element(panel.getByRole('button', { name: 'conv1 (0, 1, 0)' })).toBeVisible();
  await expect.element(sum).toHaveTextContent('largest of 2 7=the layer’s value 7');
  expect(runs.at(-1)).toMatchObject({ sum: { layer: 'conv1', at: [0, 1, 0] }, maps: [], planes: [] });
  await panel.getByRole('button', { name: 'conv2 (0, 0, 1)' }).click();
  await expect.element(sum).toHaveTextContent('all 2 channels');
});

it('plays through the channels', async () => {
  await show(() => CONVOLVED);
  await panel.getByRole('button', { name: 'Play' }).click();
  await expect.element(step).toHaveTextContent('2 of 2');
  await expect.element(panel.getByRole('button', { name: 'Play' })).toBeVisible();
});

it('lists the largest products of Dense, and the rest', async () => {
  const count = 10;
  const values = Float32Array.from({ length: count }, (_, i) => i);
  const dense: ProductParts = {
    ...PRODUCTS,
    layout: 'features',
    rows: 1,
    columns: 1,
    channels: Int32Array.from(values),
    values,
    weights: new Float32Array(count).fill(2),
    rowsAt: Int32Array.of(0),
    columnsAt: Int32Array.of(0),
    sums: Float64Array.from(values, value => 2 * value),
    total: 90.5,
    pictures: null
  };
  const { runs } = await show(() => ({ ...CONVOLVED, op: 'Dense', value: 90.5, parts: dense, activation: null }));
  const list = panel.getByRole('list', { name: 'Largest products' });
  await expect.element(list.getByRole('button').first()).toHaveTextContent('input 99 × 2 = 18');
  await expect.element(panel.getByText('2 more products add 2')).toBeVisible();
  await list.getByRole('button').first().click();
  await vi.waitFor(() => expect(runs.at(-1)?.sum).toEqual({ layer: 'conv1', at: [9] }));
});

it('tells why a value cannot be told, and closes', async () => {
  const { onClose } = await show(() => {
    throw new MessageError(message('This value is a sum of %1 products.', '300,000'));
  });
  await expect.element(panel.getByText('This value is a sum of 300,000 products.')).toBeVisible();
  await panel.getByRole('button', { name: 'Close' }).click();
  expect(onClose).toHaveBeenCalledOnce();
});
