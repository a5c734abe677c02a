/** The sidebar's sections, for the view in use. */
import { nullTranslator } from '@jupyterlab/translation';
import { MessageLoop } from '@lumino/messaging';
import { Signal } from '@lumino/signaling';
import { DockPanel, Widget } from '@lumino/widgets';
import { page, userEvent } from '@vitest/browser/context';
import * as React from 'react';
import { expect, it, vi } from 'vitest';
import type { NotebookContext } from '../../session/kept/kept-notebook';
import { Notebooks } from '../../session/kept/notebooks';
import { LiveViews } from '../../session/live-views';
import { type ViewHandle, ViewTracker } from '../../session/view-tracker';
import { WHOLE } from '../../state/places';
import { shareEqually } from '../shared/equal-panes';
import { FAKE_MODEL, fakeModelView, type FakeView } from '../testing/fake-model';
import { fakeServices, render } from '../testing/render';
import { ClassPanel } from './class-panel';
import { openComparison } from './compare';
import { ControlsPanel } from './controls-panel';
import { LayerBrowser } from './layer-browser';
import { BrowserMemory } from './memory';
import { SidebarHeader } from './sidebar-header';
import { StructureDiagram } from './structure/structure-diagram';
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
  const cell = document.createElement('div');
  cell.className = 'jp-Cell';
  cell.innerHTML = '<div class="jp-InputPrompt">[7]:</div><div></div>';
  const resolver = { path: 'work/a.ipynb' } as unknown as ViewHandle['resolver'];
  const images = ['a.png', 'b.png'].map(name => ({ name: `data/${name}`, picture: '' }));
  const fake = fakeModelView({}, { images });
  const other = {
    ...fake.view,
    id: 'other',
    key: 'other',
    title: 'other.keras',
    resolver,
    nodes: [cell.lastElementChild as HTMLElement]
  };
  tracker.add(other);
  // Compared with the first at another layer: in no cell.
  tracker.add({ ...other, id: 'third', nodes: [document.createElement('div')] });
  const use = page.getByRole('combobox', { name: 'View in use' });
  const names = (): string[] => [...(use.element() as HTMLSelectElement).options].map(({ text }) => text);
  await expect
    .poll(names)
    .toEqual(['m.keras · a.png', 'a.ipynb [7] · a.png · other.keras', 'a.ipynb · a.png · other.keras']);
  fake.session.update({ image: 1 });
  await expect.poll(() => names()[1]).toBe('a.ipynb [7] · b.png · other.keras');
  await use.selectOptions('a.ipynb [7] · b.png · other.keras');
  expect(tracker.current).toBe(other);
  await page.getByRole('button', { name: 'Keep this view' }).click();
  tracker.use(view);
  expect(tracker.current).toBe(other);
});

it('draws the structure of the model', async () => {
  await show(<StructurePanel />);
  await expect.element(page.getByRole('img', { name: /m.keras/ })).toBeVisible();
});

it('draws the structure large: shapes below boxes, thumbnails, a click shows the layer, arrows go on', async () => {
  const { controller, session } = fakeModelView();
  await controller.start();
  render(
    <div style={{ width: 700, height: 600, display: 'flex' }}>
      <StructureDiagram controller={controller} />
    </div>
  );
  const box = (name: RegExp) => page.getByRole('button', { name });
  await expect.element(box(/^conv2 Conv2D/)).toHaveAttribute('aria-pressed', 'true');
  await expect.element(page.getByText('4×4×3')).toBeVisible();
  await expect
    .poll(
      () =>
        box(/^conv1/)
          .element()
          .querySelectorAll('canvas').length
    )
    .toBe(2);
  await box(/^conv1/).click();
  expect(session.state.layer).toBe('conv1');
  await userEvent.keyboard('{ArrowDown}{Enter}');
  expect(session.state.layer).toBe('conv2');
  const width = (): number =>
    box(/^conv1/)
      .element()
      .getBoundingClientRect().width;
  const before = width();
  await page.getByRole('button', { name: 'Smaller' }).click();
  await expect.poll(width).toBeLessThan(before);
});

it('opens the structure in the main area, once', async () => {
  const opened: [Widget, string, string | undefined][] = [];
  const activate = vi.fn();
  const fake = fakeModelView();
  const tracker = new ViewTracker();
  const openBeside = (...tab: [Widget, string, string?]): void => void opened.push([tab[0], tab[1], tab[2]]);
  render(<StructurePanel />, fakeServices({ tracker, openBeside, activate }));
  tracker.add(fake.view);
  await fake.controller.start();
  await page.getByRole('button', { name: 'Open large' }).click();
  expect(opened.map(([, title, mode]) => [title, mode])).toEqual([['Structure of m.keras', 'tab-after']]);
  await page.getByRole('button', { name: 'Open large' }).click();
  expect(opened.length).toBe(1);
  expect(activate).toHaveBeenCalledWith(opened[0][0].node);
  Widget.attach(opened[0][0], document.body);
  await expect.element(page.getByRole('group', { name: 'Structure of m.keras' })).toBeVisible();
  tracker.remove(fake.view);
  await expect.element(page.getByText('The view whose model this was is closed.')).toBeVisible();
  opened[0][0].dispose();
});

it('names a notebook as it is called now', async () => {
  const { view } = fakeModelView();
  const tracker = new ViewTracker();
  const notebooks = new Notebooks();
  const resolver = { path: 'a.ipynb' };
  const pathChanged = new Signal<object, string>({});
  const saveState = new Signal<object, string>({});
  const ready = new Promise<void>(() => undefined);
  notebooks.open({ pathChanged, saveState, ready } as unknown as NotebookContext);
  render(<SidebarHeader />, fakeServices({ tracker, notebooks }));
  tracker.add({ ...view, resolver: resolver as never });
  await expect.element(page.getByTitle('a.ipynb · a.png · m.keras')).toBeVisible();
  resolver.path = 'renamed.ipynb';
  pathChanged.emit(resolver.path);
  await expect.element(page.getByTitle('renamed.ipynb · a.png · m.keras')).toBeVisible();
});

it('calls the tab of a comparison by the layer that it shows', async () => {
  const fake = fakeModelView();
  await fake.controller.start();
  const compared = fakeModelView({ layer: 'conv1' });
  await compared.controller.start();
  let tab: Widget | null = null;
  const liveViews = new LiveViews();
  liveViews.add({ ...compared.view, id: JSON.stringify(['view', 'conv1']) });
  const services = fakeServices({
    openBeside: (content, title) => {
      content.title.label = title;
      tab = content;
    },
    liveViews
  });
  const { layers } = fake.controller.snapshot.model!;
  await openComparison(fake.view, layers[1], services);
  expect(tab!.title.label).toBe('m.keras · conv1');
  compared.session.explain({ layer: 'conv2' });
  await expect.poll(() => tab!.title.label).toBe('m.keras · conv2');
  tab!.dispose();
});

it('gives all panes of a comparison the same width', () => {
  const panes = [1, 2, 3].map(() => new Widget());
  const dock = new DockPanel({ spacing: 0 });
  dock.node.style.cssText = 'position: absolute; width: 900px; height: 200px';
  Widget.attach(dock, document.body);
  panes.forEach((pane, i) => dock.addWidget(pane, i > 0 ? { mode: 'split-right', ref: panes[i - 1] } : {}));
  MessageLoop.flush();
  const widths = (): number[] => panes.map(({ node }) => Math.round(node.getBoundingClientRect().width));
  expect(widths()).not.toEqual([300, 300, 300]);
  shareEqually(panes[2]);
  MessageLoop.flush();
  expect(widths()).toEqual([300, 300, 300]);
  dock.dispose();
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
