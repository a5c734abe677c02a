import { Signal } from '@lumino/signaling';
import { expect, it, vi } from 'vitest';
import { MIME_TYPE } from '../../mime/payload';
import { fakeServices } from '../../widgets/testing/render';
import type { KeptNotebook, Output } from '../kept/kept-notebook';
import type { Notebooks } from '../kept/notebooks';
import { releaseView, retainView } from '../retain-view';
import { type FakeComm, fakeKernel } from './testing/fake-kernel';
import { UnseenViews } from './unseen-views';

const output = (id: string, trusted = true): Output => ({
  data: {
    [MIME_TYPE]: {
      version: 1,
      kind: 'heatmap',
      id,
      name: 'a',
      tensor: { dtype: 'float32', shape: [1, 1, 1], data: 'AACAPw==' },
      view: {}
    }
  },
  metadata: {},
  trusted,
  setData: () => undefined
});

/** A notebook of these outputs, none of them drawn, whose kernel has made them. */
async function opened(outputs: readonly Output[], known = ['a']) {
  const { kernel, comms } = fakeKernel();
  const notebook = {
    path: 'n.ipynb',
    resolver: null,
    kernel,
    isFresh: () => true,
    isWritable: true,
    touch: () => undefined,
    saving: new Signal({}),
    views: new Map(outputs.map((one, i) => [['a', 'b'][i], one]))
  };
  const viewsChanged = new Signal<object, void>(notebook);
  Object.assign(notebook, { viewsChanged });
  const services = fakeServices({
    notebooks: { ready: Promise.resolve(), find: () => notebook } as unknown as Notebooks
  });
  const unseen = new UnseenViews(notebook as unknown as KeptNotebook, services);
  const show = (next: Map<string, Output>): void => {
    notebook.views = next;
    viewsChanged.emit();
  };
  await vi.waitFor(() => expect(comms[0]?.opened?.views).toEqual(known));
  comms[0].hears({ type: 'known', views: known });
  return { services, unseen, comm: comms[0], show };
}

const ask = async (comm: FakeComm): Promise<void> => {
  comm.hears({ type: 'ask', ask: 'q', view: 'a', wanted: [] });
  await vi.waitFor(() => expect(comm.said.map(({ type }) => type)).toContain('answer'));
};

it('says why a view cannot be opened: it has no picture, or its payload cannot be read', async () => {
  const empty = { version: 1, kind: 'model', id: 'a', model: { path: 'm.keras', name: 'm' }, images: [] };
  for (const [payload, reason] of [
    [{ ...empty, preprocess: null, interpolation: 'bilinear' }, /no picture yet/],
    [{ ...empty, kind: 'nothing known' }, /./]
  ] as const) {
    const { comm, services } = await opened([{ ...output('a'), data: { [MIME_TYPE]: payload } }]);
    comm.hears({ type: 'ask', ask: 'q', view: 'a', wanted: [] });
    await vi.waitFor(() => {
      const failed = comm.said.find(said => said.type === 'failed');
      expect(failed).toMatchObject({ ask: 'q', reason: expect.stringMatching(reason) as string });
    });
    expect(services.liveViews.size).toBe(0);
  }
});

it('makes a view live that no element shows, and answers for it', async () => {
  const { services, comm } = await opened([output('a')]);
  expect(services.liveViews.size).toBe(0);
  await ask(comm);
  expect(services.liveViews.of('a', null)?.nodes).toHaveLength(1);
});

it('offers nothing of a notebook that is not trusted', async () => {
  const { services, comm } = await opened([output('a'), output('b', false)]);
  expect(comm.opened?.views).toEqual(['a']);
  expect(services.liveViews.size).toBe(0);
});

it('lets go of it once its output is drawn, and the view goes with that', async () => {
  const { services, comm } = await opened([output('a')]);
  await ask(comm);
  const node = document.createElement('div');
  const live = services.liveViews.of('a', null);
  const view = retainView({ id: 'a' } as never, null, services, node);
  expect(view).toBe(live);
  expect(view.nodes).toEqual([node]);
  releaseView(view, services, node);
  expect(services.liveViews.size).toBe(0);
});

it.each(['gone', 'closed'])('frees it when its output or notebook is %s', async how => {
  const { services, comm, show, unseen } = await opened([output('a')]);
  await ask(comm);
  if (how === 'gone') {
    show(new Map());
  } else {
    unseen.dispose();
  }
  expect(services.liveViews.size).toBe(0);
  expect(services.tracker.views).toEqual([]);
  expect(comm.said.at(-1)).toEqual({ type: 'views', views: [] });
});
