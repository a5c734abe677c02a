import { page, userEvent } from '@vitest/browser/context';
import * as React from 'react';
import { expect, it } from 'vitest';
import { WHOLE } from '../../state/places';
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
