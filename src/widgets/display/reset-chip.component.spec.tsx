/** The chip that says that a view explains something else than its cell asks for. */
import { page, userEvent } from '@vitest/browser/context';
import * as React from 'react';
import { expect, it } from 'vitest';
import type { ViewKeeper } from '../../session/kept/view-keeper';
import { PageScope } from '../../session/page-scope';
import { LinkGroup } from '../../session/view/link-group';
import { ViewSession } from '../../session/view/view-session';
import type { ViewStateJSON } from '../../state/view-state';
import { FAKE_MODEL, fakeModelView } from '../testing/fake-model';
import { fakeServices, renderInView } from '../testing/render';
import { ResetChip } from './reset-chip';

const chip = page.getByRole('button', { name: /^Reset / });

/** The view of a cell, and one that is linked with it. */
async function show(cell: ViewStateJSON = {}, isOfCell = true) {
  const services = fakeServices({ page: new PageScope() });
  const links = services.page.get(LinkGroup);
  const { controller, session } = fakeModelView(cell, {}, FAKE_MODEL, { links });
  const other = new ViewSession('other');
  await controller.start();
  links.join(other, { model: 'm.keras', firstOutput: 'head' });
  const keeper = isOfCell ? ({} as ViewKeeper) : null;
  renderInView(<ResetChip />, { session, controller, keeper, services });
  return { controller, session, other };
}

it('is there when a linked view changed this one, and takes back this one alone, by keyboard', async () => {
  const { session, other } = await show();
  expect(chip.elements()).toEqual([]);
  other.update({ target: 2, method: 'layer-cam', layer: 'conv1', opacity: 0.1 });
  await expect.element(chip).toBeVisible();
  await expect.element(chip).toHaveTextContent('Reset 3 choices');
  expect(chip.element().getAttribute('title')).toBe(
    'Chosen by hand, here or in a linked view: layer, method, class. Resets that in this view alone, to what its cell asks for.'
  );
  (chip.element() as HTMLElement).focus();
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => chip.elements()).toEqual([]);
  expect(session.state).toMatchObject({ target: null, method: 'grad-cam', layer: null, opacity: 0.1 });
  expect(other.state).toMatchObject({ target: 2, method: 'layer-cam', layer: 'conv1' });
  // It is kept, as what is set by hand is: the cell that runs again does not follow the others.
  expect(session.keptJSON()).toMatchObject({ target: null, method: 'grad-cam', layer: null });
  // Linked it still is.
  other.update({ target: 1 });
  await expect.element(chip).toBeVisible();
  expect(session.state.target).toBe(1);
});

it('goes by what the cell says, and by the layer that is meant', async () => {
  const { session } = await show({ target: 1 });
  session.update({ layer: 'conv2' });
  expect(chip.elements()).toEqual([]);
  session.update({ target: null });
  await expect.element(chip).toHaveTextContent('Reset class');
  session.update({ score: 'probability' });
  await expect.element(chip).toHaveTextContent('Reset 2 choices');
  await chip.click();
  expect(session.state.target).toBe(1);
});

it('is not there where no cell asks for anything', async () => {
  const { session } = await show({}, false);
  session.update({ target: 2 });
  await expect.poll(() => session.state.target).toBe(2);
  expect(chip.elements()).toEqual([]);
});
