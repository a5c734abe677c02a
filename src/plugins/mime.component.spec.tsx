import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import { Signal } from '@lumino/signaling';
import { expect, it, vi } from 'vitest';
import { MIME_TYPE } from '../mime/payload';
import type { ViewHandle } from '../session/view-tracker';
import { mimePlugin } from './mime';

const rendermime = { addFactory: vi.fn(), removeMimeType: vi.fn() };
const registry = rendermime as unknown as IRenderMimeRegistry;
const docRegistry = { addWidgetExtension: vi.fn(() => ({ dispose: () => undefined })) };
const shell = { currentWidget: null as { node: Element } | null, currentChanged: new Signal<object, unknown>({}) };
const app = { docRegistry, shell, serviceManager: { contents: {}, serverSettings: {} } } as unknown as JupyterFrontEnd;

it('renders its outputs above their pictures, with and without optional parts of JupyterLab', async () => {
  const services = await mimePlugin.activate(app, registry, null, null, null, null);
  const [factory, rank] = rendermime.addFactory.mock.lastCall ?? [];
  expect(factory).toMatchObject({ safe: true, mimeTypes: [MIME_TYPE] });
  expect(rank).toBeLessThan(90);
  expect(services.themeChanged).toBeNull();
  expect(services.defaults()).toEqual({});
  expect(services.kernelOf).toBeTypeOf('function');
  void mimePlugin.deactivate?.(app, registry);
});

it('takes all that it owns with it when it is deactivated', async () => {
  const { page } = await mimePlugin.activate(app, registry, null, null, null, null);
  const dispose = vi.fn();
  class Owned {
    dispose = dispose;
  }
  page.get(Owned);
  void mimePlugin.deactivate?.(app, registry);
  expect(dispose).toHaveBeenCalledTimes(1);
  expect(page.isDisposed).toBe(true);
  expect(rendermime.removeMimeType).toHaveBeenLastCalledWith(MIME_TYPE);
});

it('follows the document in front with the view in use', async () => {
  const services = await mimePlugin.activate(app, registry, null, null, null, null);
  const views = ['first', 'second'].map(id => {
    const node = document.createElement('div');
    node.append(document.createElement('p'));
    return { id, nodes: [node.firstElementChild] } as unknown as ViewHandle;
  });
  views.forEach(view => services.tracker.add(view));
  shell.currentWidget = { node: views[1].nodes[0].parentElement! };
  shell.currentChanged.emit(null);
  expect(services.tracker.current).toBe(views[1]);
  shell.currentWidget = null;
  shell.currentChanged.emit(null);
  expect(services.tracker.current).toBe(views[1]);
  void mimePlugin.deactivate?.(app, registry);
});
