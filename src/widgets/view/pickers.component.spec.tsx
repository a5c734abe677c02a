import { page, userEvent } from '@vitest/browser/context';
import * as React from 'react';
import { expect, it, vi } from 'vitest';
import { layerInfo } from '../../graph/testing/layer-info';
import { verbatim } from '../../messages/message';
import { render } from '../testing/render';
import { LayerPicker } from './layer-picker';

const LAYERS = [
  layerInfo('conv1', { outputShape: [112, 112, 64] }),
  layerInfo('pool1', { op: 'MaxPooling2D', outputShape: [56, 56, 64] }),
  layerInfo('lambda', { op: 'Lambda', unsupported: verbatim('The layer lambda cannot run.') }),
  layerInfo('conv2', { outputShape: [56, 56, 128] })
];

it('finds layers by name, type and shape, and picks by keyboard', async () => {
  const pick = vi.fn();
  render(<LayerPicker layers={LAYERS} selected={LAYERS[0]} onPick={pick} />);
  const box = page.getByRole('combobox', { name: 'Layer' });
  await box.click();
  await expect.element(page.getByRole('option', { name: /conv1/ })).toHaveAttribute('aria-selected', 'true');
  await userEvent.keyboard('{ArrowDown}');
  await expect.element(page.getByRole('option', { name: /pool1/ })).toHaveAttribute('aria-selected', 'true');
  await box.fill('56x56x128');
  await expect.element(page.getByRole('option', { name: /conv2/ })).toBeVisible();
  expect(page.getByRole('option').elements()).toHaveLength(1);
  await userEvent.keyboard('{Enter}');
  expect(pick.mock.calls.map(([layer]) => (layer as { id: string }).id)).toEqual(['conv2']);
  await expect.element(page.getByRole('listbox')).not.toBeInTheDocument();
});

it('keeps the layer when the search is given up, and says when nothing matches', async () => {
  const pick = vi.fn();
  render(<LayerPicker layers={LAYERS} selected={LAYERS[1]} onPick={pick} />);
  const box = page.getByRole('combobox', { name: 'Layer' });
  await box.fill('nothing like it');
  await expect.element(page.getByText('No layer matches')).toBeVisible();
  await userEvent.keyboard('{Escape}');
  await expect.element(box).toHaveValue('pool1');
  expect(pick).not.toHaveBeenCalled();
});

it('goes with its field when the page scrolls, and closes when the field is out of sight', async () => {
  render(
    <div role="region" aria-label="Notebook" style={{ height: 100, width: 220, overflow: 'auto' }}>
      <LayerPicker layers={LAYERS} selected={LAYERS[0]} onPick={() => undefined} />
      <div style={{ height: 1000 }} />
    </div>
  );
  const box = page.getByRole('combobox', { name: 'Layer' });
  await box.fill('conv1 and more than the field has room for, so that it scrolls');
  const field = box.element();
  expect(field.scrollWidth).toBeGreaterThan(field.clientWidth);
  field.scrollLeft = field.scrollLeft === 0 ? field.scrollWidth : 0;
  await new Promise(resolve => field.addEventListener('scroll', resolve, { once: true }));
  await expect.element(page.getByRole('listbox')).toBeVisible();
  const notebook = page.getByRole('region', { name: 'Notebook' }).element();
  const top = (element: Element): number => element.getBoundingClientRect().top;
  const below = top(page.getByRole('listbox').element()) - top(field);
  notebook.scrollTop = 10;
  await new Promise(resolve => notebook.addEventListener('scroll', resolve, { once: true }));
  await expect.poll(() => top(page.getByRole('listbox').element()) - top(field)).toBe(below);
  await expect.element(box).toHaveValue('conv1 and more than the field has room for, so that it scrolls');
  notebook.scrollTop = 300;
  await expect.element(page.getByRole('listbox')).not.toBeInTheDocument();
});

it('marks a layer that cannot run', async () => {
  render(<LayerPicker layers={LAYERS} selected={LAYERS[0]} onPick={() => undefined} />);
  await page.getByRole('combobox', { name: 'Layer' }).fill('lambda');
  const option = page.getByRole('option', { name: /lambda/ });
  await expect.element(option).toHaveAttribute('aria-disabled', 'true');
  await expect.element(option).toHaveAttribute('title', 'The layer lambda cannot run.');
});
