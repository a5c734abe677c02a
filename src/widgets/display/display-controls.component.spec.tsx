import { page } from '@vitest/browser/context';
import * as React from 'react';
import { expect, it } from 'vitest';
import { fakeModelView } from '../testing/fake-model';
import { renderInView, sessionWith } from '../testing/render';
import { DisplayControls } from './display-controls';

it('draws maps over pictures otherwise, all of it in the state of the view', async () => {
  const { session, controller } = fakeModelView();
  renderInView(<DisplayControls />, { session, controller });
  await page.getByRole('checkbox', { name: 'Smooth' }).click();
  await page.getByRole('button', { name: 'Display' }).click();
  await page.getByRole('checkbox', { name: 'Reversed' }).click();
  await page.getByRole('combobox', { name: 'Bounds' }).selectOptions('symmetric');
  await page.getByRole('combobox', { name: 'Of' }).selectOptions('layer');
  await page.getByRole('combobox', { name: 'Scale' }).selectOptions('symlog');
  await page.getByRole('combobox', { name: 'Show' }).selectOptions('divider');
  await page.getByRole('combobox', { name: 'Fades' }).selectOptions('uniform');
  await page.getByRole('combobox', { name: 'Contours' }).selectOptions('5');
  await page.getByRole('radio', { name: 'RdBu' }).click();
  expect(session.toJSON()).toEqual({
    smooth: false,
    reversed: true,
    range: 'symmetric',
    scope: 'layer',
    scale: 'symlog',
    overlay: 'divider',
    opacityRule: 'uniform',
    colormap: 'RdBu',
    contours: 5
  });
  await page.getByRole('radio', { name: 'auto: viridis' }).click();
  await page.getByRole('combobox', { name: 'Cells' }).selectOptions('auto');
  await page.getByRole('combobox', { name: 'Bounds' }).selectOptions('auto');
  expect(session.state).toMatchObject({ colormap: 'auto', smooth: 'auto', range: 'auto' });
});

it('offers nothing about pictures to the heatmap of an array', async () => {
  renderInView(<DisplayControls />, { session: sessionWith() });
  await page.getByRole('button', { name: 'Display' }).click();
  await expect.element(page.getByRole('combobox', { name: 'Bounds' })).toBeVisible();
  expect(page.getByRole('slider', { name: 'Opacity' }).elements()).toEqual([]);
  expect(page.getByRole('combobox', { name: 'Show' }).elements()).toEqual([]);
});
