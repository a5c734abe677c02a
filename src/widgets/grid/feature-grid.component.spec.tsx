import { page, userEvent } from '@vitest/browser/context';
import * as React from 'react';
import { expect, it } from 'vitest';
import { WHOLE } from '../../state/places';
import { fillingLayout } from '../../viewer/layout/filling-layout';
import { renderInView, sessionWith } from '../testing/render';
import { FeatureGrid } from './feature-grid';

/** Channel 0 is dead, 1 and 2 are not. */
const PLANES = { data: Float32Array.of(0, 0, 0, 0, 1, 0, 0, 0, 2, 2, 0, 2), channels: 3, height: 2, width: 2 };
const grid = <FeatureGrid planes={PLANES} region={WHOLE} layer="conv2" aspect={1} weights={Float32Array.of(0, 1, 2)} />;
const tiles = page.getByRole('img', { name: '3 feature maps of conv2' });

it('walks through the channels by keyboard, pins one, and lets it go', async () => {
  const session = sessionWith();
  renderInView(grid, { session });
  await expect.element(tiles).toBeVisible();
  (tiles.element() as HTMLElement).focus();
  await userEvent.keyboard('{ArrowRight}{ArrowRight}');
  expect(session.state.channel).toBe(1);
  await userEvent.keyboard('p');
  expect(session.state.pinned).toEqual([1]);
  await page.getByRole('button', { name: 'Unpin channel 1' }).click();
  expect(session.state.pinned).toEqual([]);
  (tiles.element() as HTMLElement).focus();
  await userEvent.keyboard('{Escape}');
  expect(session.state.channel).toBeNull();
});

it('sorts by what counts for the class, and hides channels that are dead', async () => {
  const session = sessionWith();
  renderInView(grid, { session });
  await page.getByRole('combobox', { name: /Sort|Order/ }).selectOptions('weight');
  expect(session.state.order).toBe('weight');
  await page.getByRole('checkbox', { name: /inactive/ }).click();
  expect(session.state.hideDead).toBe(true);
  (tiles.element() as HTMLElement).focus();
  await userEvent.keyboard('{Home}');
  expect(session.state.channel).toBe(2);
});

it('shows all of a map that covers a part of the image, and points at the same place as the image does', async () => {
  const session = sessionWith({ channel: 2 });
  const region = { u0: 0, v0: 0.5, u1: 1, v1: 1 };
  renderInView(
    <div style={{ width: 400, height: 300, display: 'flex' }}>
      <FeatureGrid planes={PLANES} region={region} layer="conv2" aspect={1} />
    </div>,
    { session }
  );
  await expect.element(tiles).toBeVisible();
  const readout = page.getByRole('status', { name: 'Channel under the cursor' });
  // The last cell of channel 2 is 2, the one before it 0; the first row, above which there is no map, is 2 and 2.
  session.update({ cursor: { x: 0.75, y: 0.9 } });
  await expect.element(readout).toHaveTextContent('channel 2 · 2 · rank 1 of 3 at this cell');
  session.update({ cursor: { x: 0.25, y: 0.9 } });
  await expect.element(readout).toHaveTextContent('channel 2 · 0 · rank');
  session.update({ cursor: { x: 0.25, y: 0.4 } });
  await expect.element(readout).toHaveTextContent(/^channel 2$/);

  const { left, top } = tiles.element().getBoundingClientRect();
  // Below the first tile's label, near its corner: the map's first cell, in the middle of the image's left edge.
  tiles
    .element()
    .dispatchEvent(new PointerEvent('pointermove', { clientX: left + 2, clientY: top + 14, bubbles: true }));
  expect(session.state.cursor).toMatchObject({ inGrid: true });
  expect(session.state.cursor?.x).toBeLessThan(0.1);
  expect(session.state.cursor?.y).toBeGreaterThan(0.5);
  expect(session.state.cursor?.y).toBeLessThan(0.6);
});

it('ends its window with a whole row, at the same columns whether it scrolls or not', async () => {
  const widths: number[] = [];
  for (const channels of [3, 60]) {
    const planes = { data: new Float32Array(channels * 4), channels, height: 2, width: 2 };
    const show = renderInView(
      <div style={{ width: 400, height: 300, display: 'flex' }}>
        <FeatureGrid planes={planes} region={WHOLE} layer="conv2" aspect={1} />
      </div>
    );
    const canvas = page.getByRole('img', { name: `${channels} feature maps of conv2` });
    await expect.element(canvas).toBeVisible();
    const scroller = canvas.element().closest<HTMLElement>('.jp-GradLens-mapsScroll')!;
    widths.push(scroller.clientWidth);
    if (channels === 60) {
      const { clientWidth: width, clientHeight } = scroller;
      const height = scroller.parentElement!.clientHeight - 2;
      const layout = fillingLayout({ channels, width, height, aspect: 1 });
      const { y, height: map } = layout.rect(layout.visibleRange(0, clientHeight)[1] - 1);
      expect(scroller.scrollHeight).toBeGreaterThan(clientHeight);
      expect(Math.abs(y + map - clientHeight)).toBeLessThanOrEqual(1);
    }
    show(<></>);
  }
  expect(widths[0]).toBe(widths[1]);
});
