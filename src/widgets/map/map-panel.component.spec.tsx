/** The map with its colour bar, readout, region and menus. */
import { Notification } from '@jupyterlab/apputils';
import { nullTranslator } from '@jupyterlab/translation';
import { page, userEvent } from '@vitest/browser/context';
import * as React from 'react';
import { expect, it } from 'vitest';
import { PageScope } from '../../session/page-scope';
import type { Shown } from '../../session/view/shown-map';
import { WHOLE } from '../../state/places';
import { HeatmapRenderer } from '../../viewer/gl/renderer';
import { FIT } from '../../viewer/layout/viewport';
import { ExportHandlers } from '../export/export-handlers';
import { pngToStore, pngTrueSize } from '../export/figure-source';
import { partOf } from '../export/use-stored-picture';
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
  await expect.element(page.getByRole('img', { name: 'Colour bar, viridis, from 0 to 3' })).toBeVisible();
});

it.each([230, 290, 600])('moves nothing in %d pixels when the cursor comes', async width => {
  const session = sessionWith();
  renderInView(
    <div style={{ width }} data-testid="narrow">
      {panel}
    </div>,
    { session, shown: SHOWN }
  );
  const readout = page.getByRole('status', { name: 'Value under the cursor' });
  const height = (): number => page.getByTestId('narrow').element().getBoundingClientRect().height;
  await expect.element(readout).toHaveTextContent('Map of 2×2 cells');
  const before = height();
  session.update({ cursor: { x: 0.75, y: 0.25 } });
  await expect.element(readout).toHaveTextContent(/percentile/);
  expect(height()).toBe(before);
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

it('forgets a corner set by keyboard once the region is cleared, drawn by the pointer, or the tool is another', async () => {
  const session = sessionWith();
  renderInView(panel, { session, shown: SHOWN });
  const tool = (name: string) => page.getByRole('button', { name });
  await tool('Measure with a lasso').click();
  await expect.element(page.getByText(/Enter at the first corner closes it/)).toBeVisible();
  await tool('Measure a rectangle').click();
  await expect.element(page.getByText(/set two corners/)).toBeVisible();
  const canvas = map.element() as HTMLElement;
  const setCorner = async (): Promise<void> => {
    canvas.focus();
    await userEvent.keyboard('{ArrowRight}{Enter}');
    await expect.poll(() => session.state.region).not.toBeNull();
  };
  await setCorner();
  await page.getByRole('button', { name: 'Clear' }).click();
  canvas.focus();
  await userEvent.keyboard('{ArrowLeft}');
  expect(session.state.region).toBeNull();

  await setCorner();
  const { left, top, width, height } = canvas.getBoundingClientRect();
  const pointer = (type: string, share: number): void => {
    const place = { clientX: left + share * width, clientY: top + share * height };
    canvas.dispatchEvent(new PointerEvent(type, { ...place, pointerId: 1, bubbles: true, isPrimary: true }));
  };
  const { setPointerCapture } = canvas;
  canvas.setPointerCapture = () => undefined;
  pointer('pointerdown', 0.25);
  pointer('pointermove', 0.75);
  pointer('pointerup', 0.75);
  canvas.setPointerCapture = setPointerCapture;
  const byPointer = session.state.region;
  expect(byPointer).toMatchObject({ kind: 'rectangle' });
  await userEvent.keyboard('{ArrowLeft}');
  expect(session.state.region).toBe(byPointer);

  session.update({ region: null });
  await setCorner();
  await tool('Measure a rectangle').click();
  await expect.poll(() => session.state.region).toBeNull();
  await tool('Measure a rectangle').click();
  canvas.focus();
  await userEvent.keyboard('{ArrowLeft}');
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
    await page.getByRole('button', { name: 'Save values as .npy' }).click();
    // Once told, what remains is the map: the menu is closed, and the focus back.
    await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
    await expect.element(page.getByRole('button', { name: 'Save' })).toHaveFocus();
    await expect.poll(() => saved).toEqual(['Grad-CAM_of_tank_at_conv2.csv', 'Grad-CAM_of_tank_at_conv2.npy']);
  } finally {
    HTMLAnchorElement.prototype.click = click;
  }
  await expect
    .poll(() => Notification.manager.notifications.map(({ message }) => message))
    .toContain('Saved as Grad-CAM_of_tank_at_conv2.npy, where the browser puts downloads.');
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

/** Rows of a picture of 160 x 320 at which something other than its own colour is drawn, in one column. */
function rowsDrawn(source: CanvasImageSource, top: number, rows: number, own: readonly number[]): number[] {
  const canvas = new OffscreenCanvas(1, rows);
  const context = canvas.getContext('2d')!;
  context.drawImage(source, 60, top, 1, rows, 0, 0, 1, rows);
  const { data } = context.getImageData(0, 0, 1, rows);
  return Array.from({ length: rows }, (_, row) => row).filter(row => own.some((band, i) => data[4 * row + i] !== band));
}

it('draws a map on the rows that its cells look at, in the view, in what it saves, and under the cursor', async () => {
  // Behind Cropping2D(((70, 25), (0, 0))) on 160 x 320: rows 70 to 134.
  const own = [10, 20, 30];
  const canvas = new OffscreenCanvas(320, 160);
  const context = canvas.getContext('2d')!;
  context.fillStyle = `rgb(${own.join()})`;
  context.fillRect(0, 0, 320, 160);
  const picture = await createImageBitmap(canvas);
  const planes = { data: Float32Array.from({ length: 65 }, (_, i) => i), channels: 1, height: 65, width: 1 };
  const shown: Shown = {
    map: { ...SHOWN.map, planes, region: { u0: 0, v0: 70 / 160, u1: 1, v1: 135 / 160 } },
    range: { bounds: [0, 64], scale: 'linear' }
  };
  const session = sessionWith({ overlay: 'blend', opacity: 1, opacityRule: 'uniform', smooth: false });
  const road = Array.from({ length: 65 }, (_, i) => 70 + i);

  renderInView(
    <div style={{ width: 320 }}>
      <MapPanel picture={picture} aspect={2} canGoBack={false} />
    </div>,
    { session, shown }
  );
  const drawn = (): number[] => {
    const pane = map.element() as HTMLCanvasElement;
    const scale = 160 / pane.height;
    return [...new Set(rowsDrawn(pane, 0, pane.height, own).map(row => Math.floor((row + 0.5) * scale)))];
  };
  await expect.poll(drawn).toEqual(road);

  const renderer = new HeatmapRenderer();
  const source = {
    state: () => session.state,
    renderer,
    picture,
    aspect: 2,
    title: 'road',
    of: [],
    provenance: [],
    ...shown
  };
  expect(rowsDrawn(await createImageBitmap(await pngTrueSize(source)), 0, 160, own)).toEqual(road);
  // Below the margin and the title.
  const stored = async (part: string | null): Promise<ImageBitmap> =>
    createImageBitmap(await (await fetch(`data:image/png;base64,${pngToStore(source, 320, part)}`)).blob());
  expect(rowsDrawn(await stored(null), 34, 160, own)).toEqual(road);
  // Zoomed twice about the middle, it begins at row 40: what is seen is stored, with a line more that says so.
  session.update({ viewport: { x: 0.5, y: 0.5, zoom: 2 } });
  const zoomed = await stored(partOf(session.state.viewport, 2, nullTranslator.load('')));
  expect(rowsDrawn(zoomed, 34, 160, own)).toEqual(Array.from({ length: 100 }, (_, i) => 60 + i));
  expect(partOf(session.state.viewport, 2, nullTranslator.load(''))).toBe(
    'zoomed 2 times: 25 to 75 % from the left, 25 to 75 % from the top'
  );
  expect(zoomed.height).toBeGreaterThan((await stored(null)).height);
  session.update({ viewport: FIT });
  expect(partOf(FIT, 2, nullTranslator.load(''))).toBeNull();
  // Without paper of its own: the page's shows, dark or light.
  const corner = new OffscreenCanvas(1, 1).getContext('2d')!;
  corner.drawImage(zoomed, 0, 0);
  expect([...corner.getImageData(0, 0, 1, 1).data]).toEqual([0, 0, 0, 0]);
  renderer.dispose();

  const readout = page.getByRole('status', { name: 'Value under the cursor' });
  const at = async (row: number, text: string): Promise<void> => {
    session.update({ cursor: { x: 0.5, y: (row + 0.5) / 160 } });
    await expect.element(readout).toHaveTextContent(text);
  };
  await at(69, 'pixel (160, 69) · the map of 65×1 cells has none here');
  await at(70, 'pixel (160, 70) · row 0, column 0 of 65×1 · Grad-CAM 0');
  await at(134, 'pixel (160, 134) · row 64, column 0 of 65×1 · Grad-CAM 64');
  await at(135, 'pixel (160, 135) · the map of 65×1 cells has none here');

  // Walking by keyboard stays on the map, from its middle to its end.
  session.update({ cursor: null });
  (map.element() as HTMLElement).focus();
  await userEvent.keyboard('{ArrowDown}');
  expect(session.state.cursor?.y).toBeCloseTo(102.5 / 160, 9);
  session.update({ cursor: { x: 0.5, y: 134.5 / 160 } });
  await userEvent.keyboard('{ArrowDown}');
  expect(session.state.cursor?.y).toBeCloseTo(134.5 / 160, 9);

  session.update({ region: { kind: 'rectangle', x0: 0, y0: 0, x1: 1, y1: 0.4 } });
  await expect
    .element(page.getByRole('status', { name: 'Measures of the region' }))
    .toHaveTextContent('No cell of the map lies in this region.');
});
