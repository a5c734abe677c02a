/** The notebook's renderer: trust, rendering twice, errors; with heatmaps, which need no engine. */
import type { IRenderMime } from '@jupyterlab/rendermime-interfaces';
import { Widget } from '@lumino/widgets';
import { page } from '@vitest/browser/context';
import { expect, it, onTestFinished } from 'vitest';
import { MIME_TYPE } from '../../mime/payload';
import { fakeServices } from '../testing/render';
import { OutputRenderer } from './output-renderer';

const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

const base64 = (values: Float32Array): string => btoa(String.fromCharCode(...new Uint8Array(values.buffer)));
const heatmap = (id: string) => ({
  version: 1,
  kind: 'heatmap',
  id,
  name: 'array',
  tensor: { dtype: 'float32', shape: [1, 2, 2], data: base64(Float32Array.of(0, 1, 2, 3)) }
});

const output = (data: object, trusted = true): IRenderMime.IMimeModel => ({
  trusted,
  data: { [MIME_TYPE]: data as never, 'image/png': PIXEL },
  metadata: {},
  setData: () => undefined
});

function attach(services = fakeServices(), resolver: IRenderMime.IResolver | null = null): OutputRenderer {
  const renderer = new OutputRenderer(
    { mimeType: MIME_TYPE, sanitizer: null as never, resolver, linkHandler: null, latexTypesetter: null },
    services
  );
  Widget.attach(renderer, document.body);
  onTestFinished(() => {
    renderer.dispose();
  });
  return renderer;
}

const view = page.getByRole('group', { name: 'GradLens: array' });

it('opens a trusted output by itself', async () => {
  const services = fakeServices();
  await attach(services).renderModel(output(heatmap('trusted')));
  await expect.element(view).toBeVisible();
  expect(services.liveViews.ids).toEqual(['trusted']);
});

it('shows the picture of an output that is not trusted, and reads nothing until asked', async () => {
  const services = fakeServices();
  await attach(services).renderModel(output(heatmap('untrusted'), false));
  await expect.element(page.getByRole('img', { name: 'Input of the GradLens view of array' })).toBeVisible();
  expect(services.liveViews.size).toBe(0);
  await page.getByRole('button', { name: 'Run GradLens' }).click();
  await expect.element(view).toBeVisible();
  expect(services.liveViews.size).toBe(1);
});

it('says of the picture of an output that is not trusted whether a view drew it', async () => {
  const untrusted = output(heatmap('drawn'), false);
  await attach().renderModel({ ...untrusted, metadata: { gradlens: { picture: { title: 'Heatmap of array' } } } });
  await expect.element(page.getByRole('img', { name: 'As last computed: Heatmap of array' })).toBeVisible();
});

it('shows what was set by hand before', async () => {
  const services = fakeServices();
  const metadata = { gradlens: { view: { smooth: false } } };
  await attach(services).renderModel({ ...output(heatmap('kept')), metadata });
  await expect.element(page.getByRole('checkbox', { name: 'Smooth' })).not.toBeChecked();
});

it('makes one view however often the same output is rendered', async () => {
  const services = fakeServices();
  const renderer = attach(services);
  const model = output(heatmap('twice'));
  await Promise.all([renderer.renderModel(model), renderer.renderModel(model)]);
  await renderer.renderModel(model);
  await expect.element(view).toBeVisible();
  expect(view.elements()).toHaveLength(1);
  expect(services.liveViews.size).toBe(1);
});

it('gives a copied notebook views of its own, which show what it holds', async () => {
  const services = fakeServices();
  const inNotebook = (path: string) => attach(services, { path } as never);
  await inNotebook('a/n.ipynb').renderModel(output(heatmap('same')));
  await expect.poll(() => services.liveViews.size).toBe(1);
  const copied = { ...heatmap('same'), name: 'another' };
  await inNotebook('b/n.ipynb').renderModel(output(copied));
  await expect.element(page.getByRole('group', { name: 'GradLens: another' })).toBeVisible();
  expect(services.tracker.views.map(({ title }) => title)).toEqual(['array', 'another']);
  // A second renderer of the first, as for "Create New View for Cell Output".
  const second = inNotebook('a/n.ipynb');
  await second.renderModel(output(heatmap('same')));
  second.node.scrollIntoView();
  await expect.poll(() => services.liveViews.of('same', 'a/n.ipynb')?.nodes.length).toBe(2);
  expect(services.liveViews.ids).toEqual(['same', 'same']);
});

it('knows the view of an output by the name that its notebook has now', async () => {
  const services = fakeServices();
  const resolver = { path: 'n.ipynb' };
  await attach(services, resolver as never).renderModel(output(heatmap('one')));
  await expect.poll(() => services.liveViews.of('one', 'n.ipynb')).toBeDefined();
  resolver.path = 'renamed.ipynb';
  expect(services.liveViews.of('one', 'renamed.ipynb')).toBeDefined();
  expect(services.liveViews.of('one', 'n.ipynb')).toBeUndefined();
});

it('replaces the view when the output is another one, and frees what is gone', async () => {
  const services = fakeServices();
  const renderer = attach(services);
  await renderer.renderModel(output(heatmap('first')));
  await expect.element(view).toBeVisible();
  await renderer.renderModel(output(heatmap('second')));
  await expect.poll(() => services.liveViews.ids).toEqual(['second']);
  renderer.dispose();
  expect(services.liveViews.size).toBe(0);
});

it('says what is wrong with an output that it does not understand, beside its picture', async () => {
  await attach().renderModel(output({ ...heatmap('bad'), kind: 'sculpture' }));
  await expect.element(page.getByRole('alert')).toHaveTextContent(/^GradLens cannot show this output: .*kind/);
  await expect.element(page.getByRole('img', { name: 'Input of the view' })).toBeVisible();
});

it('keeps the place of the view before anything is loaded', () => {
  const node = (data: unknown): HTMLElement => {
    const renderer = attach();
    void renderer.renderModel(output(data as object));
    return renderer.node;
  };
  const single = node({ ...heatmap('place'), tensor: { dtype: 'float32', shape: [1, 2, 3], data: '' } });
  expect(single.dataset.gradlensForm).toBe('single');
  expect(single.style.getPropertyValue('--gradlens-aspect')).toBe('1.5');
  expect(node({ ...heatmap('place'), tensor: { dtype: 'float32', shape: [2, 2, 2] } }).dataset.gradlensForm).toBe(
    'grid'
  );
  const model = node({
    kind: 'model',
    images: [{ picture: PIXEL }, { picture: PIXEL, original: { width: 300, height: 150 } }],
    labels: ['a', 'b'],
    view: { image: 1 }
  });
  expect(model.dataset.gradlensForm).toBe('model');
  expect(model.style.getPropertyValue('--gradlens-aspect')).toBe('2');
  expect(model.style.getPropertyValue('--gradlens-classes')).toBe('2');
  expect(model.style.getPropertyValue('--gradlens-strip')).toBe('1');
});

it.each([
  [undefined],
  [7],
  [null],
  [{ kind: 'model', images: 'none' }],
  [{ kind: 'model', images: [null, 3], view: null, labels: 4 }],
  [{ kind: 'model', images: [{ picture: 5, original: 'x' }], view: { image: 'first' } }],
  [{ kind: 'heatmap', tensor: { shape: 'long' } }]
])('refuses %j, at which it has only looked before', async data => {
  await attach().renderModel(output(data as never));
  await expect.element(page.getByRole('alert')).toHaveTextContent(/^GradLens cannot show this output: /);
});
