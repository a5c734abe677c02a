import { describe, expect, it } from 'vitest';
import type { ModelSummary } from '../../graph/layer-info';
import type { ViewStateJSON } from '../../state/view-state';
import { FAKE_MODEL, fakeModelView, FLATTENED_MODEL } from '../../widgets/testing/fake-model';
import { LinkGroup } from '../view/link-group';
import { ViewSession } from '../view/view-session';
import { usualMethod } from './usual-method';

async function methodsOf(model: ModelSummary, named: ViewStateJSON = {}): Promise<unknown[]> {
  const { controller, session, runs } = fakeModelView(named, {}, model);
  await controller.start();
  return [session.state.method, ...runs.map(({ method }) => method)];
}

describe('the method with which a view begins', () => {
  it('keeps positions where the head reads them', async () => {
    expect(await methodsOf(FLATTENED_MODEL)).toEqual(['hires-cam', 'hires-cam']);
    expect(await methodsOf(FAKE_MODEL)).toEqual(['grad-cam', 'grad-cam']);
  });

  it.each<[string, ViewStateJSON]>([
    ['Grad-CAM', { method: 'grad-cam' }],
    ['another', { method: 'layer-cam' }],
    ['a library’s Grad-CAM', { convention: 'captum' }]
  ])('is the one that is named: %s', async (_, named) => {
    const [method] = await methodsOf(FLATTENED_MODEL, named);
    expect(method).toBe(named.method ?? 'grad-cam');
  });

  it('is the one that was chosen by hand before', () => {
    const session = new ViewSession('v', {}, { method: 'grad-cam' });
    session.begin({ method: 'hires-cam' });
    // The view keeps what was chosen, and knows what its cell would have begun with.
    expect([session.state.method, session.asked.method]).toEqual(['grad-cam', 'hires-cam']);
    const restored = new ViewSession('v');
    restored.restore({ method: 'grad-cam' });
    restored.begin({ method: 'hires-cam' });
    expect(restored.keptJSON()).toEqual({ method: 'grad-cam' });
    expect(restored.state.method).toBe('grad-cam');
  });

  it('is chosen once, by nobody’s hand: what is then set stays', async () => {
    const { controller, session } = fakeModelView({}, {}, FLATTENED_MODEL);
    await controller.start();
    expect(session.isByHand('method')).toBe(false);
    session.update({ method: 'grad-cam' });
    await controller.start();
    expect(session.state.method).toBe('grad-cam');
  });

  it('gives way to what linked views of the model show', () => {
    const group = new LinkGroup();
    const [one, other] = [new ViewSession('one'), new ViewSession('other')];
    one.update({ method: 'layer-cam' });
    group.join(one, { model: 'm' });
    other.adopt({ method: 'hires-cam' });
    group.join(other, { model: 'm' });
    expect([one.state.method, other.state.method]).toEqual(['layer-cam', 'layer-cam']);
  });

  it('is that of the output explained', () => {
    const layer = { ...FLATTENED_MODEL.layers[1], placeReaders: { box: 'flatten' } };
    expect(usualMethod(FLATTENED_MODEL, layer, null)).toBe('grad-cam');
    expect(usualMethod(FLATTENED_MODEL, layer, 'box')).toBe('hires-cam');
  });

  it('is Grad-CAM at tokens, which were not measured', () => {
    const layer = { ...FLATTENED_MODEL.layers[1], tokens: { height: 2, width: 2, classToken: null } };
    expect(usualMethod(FLATTENED_MODEL, layer, null)).toBe('grad-cam');
  });
});
