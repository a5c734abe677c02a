import { page, userEvent } from '@vitest/browser/context';
import * as React from 'react';
import { expect, it, vi } from 'vitest';
import type { ModelController } from '../../session/model/model-controller';
import { PageScope } from '../../session/page-scope';
import { LinkGroup } from '../../session/view/link-group';
import { Popover } from '../shared/popover';
import { fakeServices, render, renderInView, sessionWith } from '../testing/render';
import { DomainSlider } from './domain-slider';
import { LinkControl } from './link-control';

const VALUES = Float32Array.of(0, 1, 2, 3, 4);

it('moves a bound with the keyboard, and never past the other', async () => {
  const change = vi.fn();
  const show = render(<DomainSlider values={VALUES} bounds={[1, 3]} scale="linear" onChange={change} />);
  const lower = page.getByRole('slider', { name: 'Lower bound' });
  await expect.element(lower).toHaveAttribute('aria-valuetext', '1');
  (lower.element() as HTMLElement).focus();
  await userEvent.keyboard('{ArrowRight}');
  expect(change.mock.lastCall?.[0]).toEqual([expect.closeTo(1.02, 5), 3]);
  await userEvent.keyboard('{End}');
  expect(change.mock.lastCall?.[0]).toEqual([3, 3]);
  show(<DomainSlider values={VALUES} bounds={[3, 3]} scale="linear" onChange={change} />);
  await expect.element(lower).toHaveAttribute('aria-valuetext', '3');
});

it('takes typed bounds outside the values', async () => {
  const change = vi.fn();
  render(<DomainSlider values={VALUES} bounds={[0, 4]} scale="linear" onChange={change} />);
  const typed = page.getByRole('textbox', { name: 'Upper bound, typed' });
  await typed.fill('10');
  await userEvent.keyboard('{Enter}');
  expect(change.mock.lastCall?.[0]).toEqual([0, 10]);
});

it('chooses with whom, and by what, a view is linked', async () => {
  const session = sessionWith();
  renderInView(<LinkControl />, { session, controller: withImages([{}]) });
  await page.getByRole('button', { name: 'Link' }).click();
  await page.getByRole('checkbox', { name: 'Class' }).click();
  expect(session.state.links).toEqual({ class: 'unlinked' });
  await page.getByRole('checkbox', { name: 'Keep the offset of position and zoom' }).click();
  expect(session.state.links).toEqual({ class: 'unlinked', viewport: 'relative' });
  await page.getByRole('combobox', { name: 'With' }).selectOptions('none');
  expect(session.state.linkScope).toBe('none');
  await expect.element(page.getByRole('checkbox', { name: 'Class' })).toBeDisabled();
});

it('offers a link of the image only where another view has the same images', async () => {
  const images = [{}, {}];
  const [session, beside, other] = [sessionWith(), sessionWith(), sessionWith()];
  const services = fakeServices({ page: new PageScope() });
  const group = services.page.get(LinkGroup);
  group.join(session, { model: 'm', images: () => images });
  group.join(other, { model: 'm', images: () => [...images] });
  renderInView(<LinkControl />, { session, controller: withImages(images), services });
  await page.getByRole('button', { name: 'Linked: 1' }).click();
  const image = page.getByRole('checkbox', { name: 'Image' });
  await expect.element(page.getByRole('checkbox', { name: 'Class' })).toBeVisible();
  expect(image.elements()).toEqual([]);
  group.join(beside, { model: 'm', images: () => images });
  await image.click();
  session.update({ image: 1 });
  expect([session.state.links, beside.state.image]).toEqual([{ image: 'unlinked' }, 0]);
});

it('offers no links of layers and classes to a view without a model', async () => {
  renderInView(<LinkControl />, { session: sessionWith({ linkScope: 'page' }) });
  await page.getByRole('button', { name: 'Link' }).click();
  await expect.element(page.getByRole('checkbox', { name: 'Position and zoom', exact: true })).toBeVisible();
  expect(page.getByRole('checkbox', { name: 'Class' }).elements()).toEqual([]);
});

const withImages = (images: readonly object[]): ModelController =>
  ({ payload: { images } }) as unknown as ModelController;

it('opens a panel with what it holds, with a sentence where that does not arrive, and tries again', async () => {
  let isServed = false;
  const Settings = (): React.ReactElement => <button type="button">Settings</button>;
  const load = vi.fn(async () => (isServed ? Settings : Promise.reject(new Error('Loading chunk 7 failed.'))));
  render(<Popover label="Display" load={load} />);
  const opener = page.getByRole('button', { name: 'Display' });
  const settings = page.getByRole('button', { name: 'Settings' });
  await opener.click();
  await expect.element(page.getByRole('alert')).toBeVisible();
  await userEvent.keyboard('{Escape}');
  isServed = true;
  await opener.click();
  await expect.element(settings).toHaveFocus();
  expect(page.getByRole('alert').elements()).toEqual([]);
  await userEvent.keyboard('{Escape}');
  await opener.click();
  await expect.element(settings).toHaveFocus();
  expect(load).toHaveBeenCalledTimes(2);
});
