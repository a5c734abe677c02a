/** The sidebar's sections, for the view in use. */
import { nullTranslator } from '@jupyterlab/translation';
import { Widget } from '@lumino/widgets';
import { page, userEvent } from '@vitest/browser/context';
import * as React from 'react';
import { expect, it } from 'vitest';
import { ViewTracker } from '../../session/view-tracker';
import { WHOLE } from '../../state/places';
import { FAKE_MODEL, fakeModelView, type FakeView } from '../testing/fake-model';
import { fakeServices, render } from '../testing/render';
import { ClassPanel } from './class-panel';
import { ControlsPanel } from './controls-panel';
import { LayerBrowser } from './layer-browser';
import { BrowserMemory } from './memory';
import { SidebarHeader } from './sidebar-header';
import { StructurePanel } from './structure/structure-graph';
import { SummaryTable } from './summary-table';

async function show(section: React.ReactElement): Promise<FakeView & { tracker: ViewTracker }> {
  const fake = fakeModelView();
  const tracker = new ViewTracker();
  render(section, fakeServices({ tracker }));
  tracker.add(fake.view);
  await fake.controller.start();
  return { ...fake, tracker };
}

it('browses the layers: search, depth, and what the model holds', async () => {
  const { session } = await show(<LayerBrowser memory={new BrowserMemory()} />);
  await expect.element(page.getByRole('treeitem', { name: /conv2/ })).toHaveAttribute('aria-selected', 'true');
  await expect.element(page.getByText('200 parameters')).toBeVisible();
  await page.getByRole('searchbox', { name: 'Search layers' }).fill('conv1');
  await expect.element(page.getByText('1 of 4')).toBeVisible();
  await page.getByRole('treeitem', { name: /conv1/ }).click();
  expect(session.state.layer).toBe('conv1');
  await page.getByRole('searchbox', { name: 'Search layers' }).fill('');
  const depth = page.getByRole('slider', { name: 'Depth' });
  await expect.element(depth).toHaveAttribute('aria-valuetext', 'conv1');
  (depth.element() as HTMLElement).focus();
  await userEvent.keyboard('{ArrowRight}');
  expect(session.state.layer).toBe('conv2');
});

it('lists the classes, finds one, and goes back to the highest', async () => {
  const { session } = await show(<ClassPanel />);
  await expect.element(page.getByText('3 classes')).toBeVisible();
  await page.getByRole('searchbox', { name: 'Search classes' }).fill('sky');
  await page.getByRole('button', { name: /sky/ }).click();
  expect(session.state.target).toBe(2);
  await page.getByRole('button', { name: 'Highest' }).click();
  expect(session.state.target).toBeNull();
  await page.getByRole('combobox', { name: 'Score' }).selectOptions('probability');
  expect(session.state.score).toBe('probability');
});

it('controls the view in use by what it shows now', async () => {
  const { session, view } = await show(<ControlsPanel />);
  await page.getByRole('combobox', { name: 'Method' }).selectOptions('hires-cam');
  expect(session.state.method).toBe('hires-cam');
  await page.getByRole('button', { name: 'Display' }).click();
  expect(page.getByRole('slider', { name: 'Lower bound' }).elements()).toEqual([]);
  const planes = { data: Float32Array.of(0, 2), channels: 1, height: 1, width: 2 };
  const map = { planes, channel: 0, region: WHOLE, name: '', quantity: '', title: '', caption: '' };
  const showing = view.shown.show({ map, range: { bounds: [0, 2], scale: 'linear' } });
  await expect.element(page.getByRole('slider', { name: 'Upper bound' })).toHaveAttribute('aria-valuetext', '2');
  showing.dispose();
  await expect.element(page.getByRole('slider', { name: 'Upper bound' })).not.toBeInTheDocument();
});

it('names the views, turns to another, and keeps one', async () => {
  const { tracker, view } = await show(<SidebarHeader />);
  const other = { ...fakeModelView().view, id: 'other', title: 'other.keras' };
  tracker.add(other);
  await page.getByRole('combobox', { name: 'View in use' }).selectOptions('other.keras');
  expect(tracker.current).toBe(other);
  await page.getByRole('button', { name: 'Keep this view' }).click();
  tracker.use(view);
  expect(tracker.current).toBe(other);
});

it('draws the structure of the model', async () => {
  await show(<StructurePanel />);
  await expect.element(page.getByRole('img', { name: /m.keras/ })).toBeVisible();
});

it.each([
  [<LayerBrowser memory={new BrowserMemory()} />, 'No GradLens view is open.'],
  [<ClassPanel />, 'The classes of a view’s model are listed here.'],
  [<ControlsPanel />, 'The controls of a view appear here.'],
  [<StructurePanel />, 'The structure of a view’s model is drawn here.']
])('says what will be here before there is a view', async (section, text) => {
  render(section);
  await expect.element(page.getByText(text).first()).toBeVisible();
});

it('prints the summary with the totals', async () => {
  const table = new SummaryTable(FAKE_MODEL, nullTranslator.load('gradlens'));
  Widget.attach(table, document.body);
  await expect.element(page.getByRole('table', { name: 'Layers of m.keras' })).toBeVisible();
  await expect.element(page.getByRole('row', { name: /^conv1 Conv2D \(None, 2, 2, 3\) 84 image/ })).toBeVisible();
  table.dispose();
});
