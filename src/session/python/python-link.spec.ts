import { nullTranslator } from '@jupyterlab/translation';
import { expect, it, vi } from 'vitest';
import { fakeModelView } from '../../widgets/testing/fake-model';
import { LiveViews } from '../live-views';
import type { ViewServices } from '../services';
import { ViewTracker } from '../view-tracker';
import { PythonLink } from './python-link';
import { type FakeComm, fakeKernel } from './testing/fake-kernel';
import type { FromPage } from './wire';

const of = <T extends FromPage['type']>(comm: FakeComm, type: T): Extract<FromPage, { type: T }>[] =>
  comm.said.filter((said): said is Extract<FromPage, { type: T }> => said.type === type);

/** A link with a kernel that made `view`, which is offered and live unless `isSeen` is false. */
async function linked(isSeen = true) {
  const { view, controller, session, runs } = fakeModelView();
  const { kernel, comms } = fakeKernel();
  const tracker = new ViewTracker();
  const liveViews = new LiveViews();
  const services = { trans: nullTranslator.load('gradlens'), tracker } as unknown as ViewServices;
  const link = new PythonLink(kernel, services);
  const unseen = vi.fn();
  const mount = vi.fn(() => {
    liveViews.add(view);
    tracker.add(view);
    void controller.start();
  });
  if (isSeen) {
    mount();
  }
  const live = () => liveViews.of('view', null);
  link.offer('view', { mount: unseen, isDrawn: false, view: live });
  link.offer('view', { mount, isDrawn: true, view: live });
  await vi.waitFor(() => expect(comms[0].opened).toEqual({ page: expect.any(String) as string, views: ['view'] }));
  comms[0].hears({ type: 'known', views: ['view'] });
  return { comm: comms[0], link, mount, unseen, session, runs, controller, view };
}

it('tells the kernel of a view that came while the comm opened', async () => {
  const { kernel, comms } = fakeKernel();
  const services = { tracker: new ViewTracker() } as unknown as ViewServices;
  const link = new PythonLink(kernel, services);
  const offered = { mount: vi.fn(), isDrawn: true, view: () => undefined };
  link.offer('first', offered);
  await vi.waitFor(() => expect(comms[0].opened?.views).toEqual(['first']));
  // The kernel has not answered yet: it would not hear of it now.
  link.offer('second', offered);
  expect(of(comms[0], 'views')).toHaveLength(0);
  comms[0].hears({ type: 'known', views: ['first'] });
  expect(of(comms[0], 'views')).toEqual([{ type: 'views', views: ['first', 'second'] }]);
  comms[0].hears({ type: 'known', views: ['first', 'second'] });
  expect(of(comms[0], 'views')).toHaveLength(1);
});

it('tells the state of a view that the kernel made, whole, with the layer by its name', async () => {
  const { comm, session } = await linked();
  await vi.waitFor(() => expect(of(comm, 'state').at(-1)?.state.layer).toBe('conv2'));
  session.update({ opacity: 0.25, cursor: { x: 0, y: 0 } });
  await vi.waitFor(() => expect(of(comm, 'state').at(-1)).toMatchObject({ view: 'view', revision: 0 }));
  await vi.waitFor(() => expect(of(comm, 'state').at(-1)?.state).toMatchObject({ opacity: 0.25, scale: 'linear' }));
  expect(of(comm, 'state').at(-1)?.state).not.toHaveProperty('cursor');
});

it('tells once what can be named, and the channel that is shown', async () => {
  const { comm, session, controller } = await linked();
  await vi.waitFor(() => expect(controller.snapshot.explained).not.toBeNull());
  const named = () => of(comm, 'state').flatMap(({ names }) => names ?? []);
  const names = { model: 'm.keras', layers: ['image', 'conv1', 'conv2', 'head'], outputs: { head: 3 }, slices: 1 };
  await vi.waitFor(() => expect(named().at(-1)).toEqual({ ...names, channels: 3 }));
  const { length } = named();
  session.update({ channel: 999 });
  await vi.waitFor(() => expect(of(comm, 'state').at(-1)?.state.channel).toBe(2));
  expect(named()).toHaveLength(length);
});

it('sets what Python says, as by hand, and lets go of a channel of another layer', async () => {
  const { comm, session, controller } = await linked();
  session.update({ channel: 1 });
  comm.hears({ type: 'set', view: 'view', state: { layer: 'conv1' }, revision: 3 });
  await vi.waitFor(() => expect(of(comm, 'state').at(-1)).toMatchObject({ revision: 3, state: { layer: 'conv1' } }));
  expect(session.keptJSON()).toMatchObject({ layer: 'conv1', channel: null });
  await vi.waitFor(() => expect(controller.snapshot.explained?.layer).toBe('conv1'));
});

it('answers what was set just before, and sends the numbers when they are asked for', async () => {
  const { comm, runs } = await linked();
  comm.hears({ type: 'set', view: 'view', state: { layer: 'conv1', target: 2 }, revision: 1 });
  comm.hears({ type: 'ask', ask: 'q', view: 'view', wanted: ['gradients'] });
  await vi.waitFor(() => expect(of(comm, 'answer')).toHaveLength(1));
  const [{ result }] = of(comm, 'answer');
  expect(result).toMatchObject({ layer: 'conv1', classIndex: 2, className: 'sky', value: 2, inputSize: [4, 4] });
  expect(result?.tensors).toEqual([
    { name: 'map', shape: [2, 2] },
    { name: 'planes', shape: [3, 2, 2] },
    { name: 'scores', shape: [3] },
    { name: 'gradients', shape: [2, 2, 3] }
  ]);
  expect(runs.at(-1)).toMatchObject({ gradients: ['conv1'], activations: [], maps: [], target: 2 });
  comm.hears({ type: 'next', ask: 'q', tensor: 0, offset: 4 });
  expect(of(comm, 'part')).toEqual([{ type: 'part', ask: 'q', tensor: 0, offset: 4 }]);
  const [bytes] = comm.buffers.at(-1) as [Uint8Array];
  expect([...new Float32Array(bytes.slice().buffer)]).toEqual([3, 2, 1]);
  comm.hears({ type: 'done', ask: 'q' });
  comm.hears({ type: 'next', ask: 'q', tensor: 0, offset: 0 });
  expect(of(comm, 'part')).toHaveLength(1);
});

it('opens a view that nobody has seen, and shows signs of life meanwhile', async () => {
  const { comm, mount, unseen } = await linked(false);
  expect(mount).not.toHaveBeenCalled();
  comm.hears({ type: 'ask', ask: 'q', view: 'view', wanted: null });
  comm.hears({ type: 'ping', ask: 'q' });
  comm.hears({ type: 'ping', ask: 'another' });
  expect(of(comm, 'working')).toHaveLength(2);
  await vi.waitFor(() => expect(of(comm, 'answer')).toEqual([{ type: 'answer', ask: 'q', result: null }]));
  expect(mount).toHaveBeenCalledOnce();
  // Its output is drawn.
  expect(unseen).not.toHaveBeenCalled();
});

it('says why there is no result, rather than give that of another layer', async () => {
  const { comm } = await linked();
  comm.hears({ type: 'set', view: 'view', state: { layer: 'conv' }, revision: 1 });
  comm.hears({ type: 'ask', ask: 'q', view: 'view', wanted: [] });
  await vi.waitFor(() => expect(of(comm, 'failed')).toHaveLength(1));
  expect(of(comm, 'failed')[0].reason).toMatch(/^m\.keras has no layer “conv”: .*Did you mean “conv1”/);
});

it('says that a view was cancelled, unless it shows what it is to show', async () => {
  const { comm, controller, session } = await linked();
  await vi.waitFor(() => expect(controller.isUpToDate).toBe(true));
  controller.cancel();
  comm.hears({ type: 'ask', ask: 'p', view: 'view', wanted: null });
  await vi.waitFor(() => expect(of(comm, 'answer')).toHaveLength(1));
  session.update({ layer: 'conv1' });
  controller.cancel();
  comm.hears({ type: 'ask', ask: 'q', view: 'view', wanted: null });
  await vi.waitFor(() => expect(of(comm, 'failed')[0]?.reason).toMatch('cancelled'));
});

it('lists the experiments that were kept, with the scores before and after', async () => {
  const { comm, controller, view } = await linked();
  await vi.waitFor(() => expect(controller.snapshot.explained).not.toBeNull());
  const { experimentOf } = await import('../experiment/experiment');
  const experiment = experimentOf(controller, view.keeper);
  experiment.isOpen = true;
  const cover = { shape: [1, 2] as [number, number], runs: [1, 1] };
  experiment.change({ cover });
  await vi.waitFor(() => expect(experiment.snapshot.answered?.hasMap).toBe(true));
  experiment.keep('half');
  comm.hears({ type: 'ask', ask: 'q', view: 'view', wanted: 'experiments' });
  await vi.waitFor(() => expect(of(comm, 'output')).toHaveLength(1));
  comm.hears({ type: 'next', ask: 'q', tensor: 0, offset: 0 });
  const [bytes] = comm.buffers.at(-1) as [Uint8Array];
  expect(bytes.length).toBe(of(comm, 'output')[0].size);
  const [said] = JSON.parse(new TextDecoder().decode(bytes.slice())) as { before: number[]; after: number[] }[];
  expect(said).toMatchObject({ name: 'half', image: 0, output: 'head', classIndex: 0, perturbation: { cover } });
  expect(said.before).toEqual([...Float32Array.of(0.7, 0.2, 0.1)]);
  expect(said.after).toHaveLength(3);
});

it('answers for the heatmap of an array, drawn or not', async () => {
  const { comm, view, session } = await linked();
  const bytesOf = new Uint8Array(Float32Array.of(1, 2, 3, 4).buffer);
  const tensor = { dtype: 'float32', shape: [2, 1, 2], data: btoa(String.fromCharCode(...bytesOf)) };
  Object.assign(view, { controller: null, asOutput: async () => ({ payload: { tensor } }) });
  session.update({ channel: 1 });
  comm.hears({ type: 'ask', ask: 'q', view: 'view', wanted: [] });
  await vi.waitFor(() => expect(of(comm, 'answer')).toHaveLength(1));
  comm.hears({ type: 'next', ask: 'q', tensor: 0, offset: 0 });
  const [bytes] = comm.buffers.at(-1) as [Uint8Array];
  expect([...new Float32Array(bytes.slice().buffer)]).toEqual([3, 4]);
});

it('tells the kernel which outputs are gone', async () => {
  const { comm, link } = await linked();
  const second = link.offer('other', { mount: () => undefined, isDrawn: true, view: () => undefined });
  second.dispose();
  expect(of(comm, 'views').map(({ views }) => views)).toEqual([['view', 'other'], ['view']]);
});

it('sends what an output of the view would hold, once it shows what was set', async () => {
  const { comm } = await linked();
  comm.hears({ type: 'set', view: 'view', state: { layer: 'conv1' }, revision: 1 });
  comm.hears({ type: 'ask', ask: 'q', view: 'view', wanted: 'output' });
  await vi.waitFor(() => expect(of(comm, 'output')).toHaveLength(1));
  const [{ size }] = of(comm, 'output');
  comm.hears({ type: 'next', ask: 'q', tensor: 0, offset: 0 });
  const bytes = comm.buffers.at(-1)?.[0] as Uint8Array;
  expect(bytes.byteLength).toBe(size);
  expect(JSON.parse(new TextDecoder().decode(bytes))).toMatchObject({ payload: { kind: 'model' } });
});
