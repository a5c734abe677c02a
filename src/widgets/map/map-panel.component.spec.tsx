/** The map with its colour bar, readout, region and menus. */
import { page, userEvent } from '@vitest/browser/context';
import * as React from 'react';
import { expect, it } from 'vitest';
import { PageScope } from '../../session/page-scope';
import type { Shown } from '../../session/view/shown-map';
import { WHOLE } from '../../state/places';
import { ExportHandlers } from '../export/export-handlers';
import { fakeServices, renderInView, sessionWith } from '../testing/render';
import { Divider } from './divider';
import { MapPanel } from './map-panel';

const SHOWN: Shown = {
  map: {
    planes: { data: Float32Array.of(0, 1, 2, 3), channels: 1, height: 2, width: 2 },
    channel: 0,
    region: WHOLE,
    name: 'Grad-CAM',
    quantity: 'grad-cam',
    title: 'Grad-CAM of tank at conv2',
    caption: 'Grad-CAM of tank'
  },
  range: { bounds: [0, 3], scale: 'linear' }
};
const panel = <MapPanel picture={null} aspect={1} canGoBack={false} />;
const map = page.getByRole('img', { name: 'Grad-CAM of tank at conv2' });

it('reads the value under the cursor, wherever it came from', async () => {
  const session = sessionWith();
  renderInView(panel, { session, shown: SHOWN });
  const readout = page.getByRole('status', { name: 'Value under the cursor' });
  await expect.element(readout).toHaveTextContent('Map of 2×2 cells; point at one to read its value');
  session.update({ cursor: { x: 0.75, y: 0.25 } });
  await expect.element(readout).toHaveTextContent('row 0, column 1 of 2×2 · Grad-CAM 1');
  await expect.element(page.getByRole('img', { name: 'Colour bar, viridis, from 0.00 to 3.00' })).toBeVisible();
});

it('moves and zooms by keyboard, and fits again', async () => {
  const session = sessionWith();
  renderInView(panel, { session, shown: SHOWN });
  await expect.element(map).toBeVisible();
  (map.element() as HTMLElement).focus();
  await userEvent.keyboard('+');
  expect(session.state.viewport.zoom).toBeGreaterThan(1);
  await page.getByRole('button', { name: 'Reset zoom' }).click();
  expect(session.state.viewport.zoom).toBe(1);
  await expect.element(page.getByRole('button', { name: 'Reset zoom' })).toBeDisabled();
});

it('measures a region of two corners set by keyboard, and clears it', async () => {
  const session = sessionWith();
  renderInView(panel, { session, shown: SHOWN });
  await page.getByRole('button', { name: 'Measure a rectangle' }).click();
  (map.element() as HTMLElement).focus();
  await userEvent.keyboard('{ArrowRight}{Enter}{ArrowLeft}{Enter}');
  const measures = page.getByRole('status', { name: 'Measures of the region' });
  await expect.element(measures).toHaveTextContent('2 cells');
  expect(session.state.region).toMatchObject({ kind: 'rectangle' });
  await page.getByRole('button', { name: 'Clear' }).click();
  expect(session.state.region).toBeNull();
});

it('offers the same exports to its menu and to the context menu', async () => {
  const scope = new PageScope();
  renderInView(panel, { shown: SHOWN, services: fakeServices({ page: scope }) });
  await page.getByRole('button', { name: 'Save' }).click();
  await expect.element(page.getByRole('button', { name: 'Save values as .npy' })).toBeVisible();
  const panes = map.element().closest('.jp-GradLens-canvases');
  const saved: string[] = [];
  const click = HTMLAnchorElement.prototype.click;
  HTMLAnchorElement.prototype.click = function () {
    saved.push(this.download);
  };
  try {
    await scope.get(ExportHandlers).run(panes!, 'save-csv');
  } finally {
    HTMLAnchorElement.prototype.click = click;
  }
  expect(saved).toEqual(['Grad-CAM_of_tank_at_conv2.csv']);
});

it('moves the divider by arrow keys, no further than the edges', async () => {
  const session = sessionWith();
  renderInView(<Divider value={0.99} />, { session });
  const divider = page.getByRole('slider', { name: 'Divider between picture and heatmap' });
  await expect.element(divider).toHaveAttribute('aria-valuenow', '99');
  (divider.element() as HTMLElement).focus();
  await userEvent.keyboard('{ArrowRight}');
  expect(session.state.divider).toBe(1);
  await userEvent.keyboard('{ArrowLeft}');
  expect(session.state.divider).toBeCloseTo(0.97, 6);
});
