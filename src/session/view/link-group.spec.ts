import { describe, expect, it } from 'vitest';
import type { ViewStateJSON } from '../../state/view-state';
import { DEFAULT_STATE } from '../../state/vocabulary';
import type { LinkSubject } from './link-by-name';
import { LinkGroup, linksBeside } from './link-group';
import { ViewSession } from './view-session';

const viewport = { x: 0.3, y: 0.4, zoom: 4 };

function pair(
  first: ViewStateJSON = {},
  second: ViewStateJSON = {},
  models: [string | null, string | null] = ['m', 'm']
) {
  const group = new LinkGroup();
  const [a, b] = [new ViewSession('a', first), new ViewSession('b', second)];
  const leaveA = group.join(a, { model: models[0] });
  const leaveB = group.join(b, { model: models[1] });
  return { group, a, b, leaveA, leaveB };
}

describe('views of the same model', () => {
  it('share everything linkable, but not the image where their images are others', () => {
    const { a, b } = pair();
    a.update({
      viewport,
      cursor: { x: 0.1, y: 0.2 },
      layer: 'conv',
      channel: 3,
      target: 7,
      colormap: 'magma',
      image: 2
    });
    expect(b.state).toEqual({ ...a.state, image: 0 });
    b.update({ range: [0, 5], opacity: 0.1 });
    expect(a.state).toMatchObject({ range: [0, 5], opacity: 0.1 });
  });

  it('tell each other once, without an echo', () => {
    const { a, b } = pair();
    let [fromA, fromB] = [0, 0];
    a.changed.connect(() => fromA++);
    b.changed.connect(() => fromB++);
    a.update({ viewport });
    b.update({ viewport: { ...viewport } });
    expect([fromA, fromB]).toEqual([1, 1]);
  });

  it('take over, when they join, what the one that changed last shows', () => {
    const { group, a, b } = pair();
    b.update({ links: { layer: 'unlinked' } });
    a.update({ layer: 'x' });
    b.update({ layer: 'y' });
    const c = new ViewSession('c', { colormap: 'gray' });
    group.join(c, { model: 'm' });
    expect(c.state).toMatchObject({ layer: 'x', colormap: 'auto' });
  });

  it('take over, when they join, nothing of what was set by hand in them before', () => {
    const { group, a } = pair();
    a.update({ layer: 'x', colormap: 'gray' });
    const c = new ViewSession('c', {}, { layer: 'kept' });
    group.join(c, { model: 'm' });
    expect(c.state).toMatchObject({ layer: 'kept', colormap: 'gray' });
    expect(a.state.layer).toBe('x');
    expect(c.keptJSON()).toEqual({ layer: 'kept' });
  });

  it('pass on whether it was by hand', () => {
    const { a, b } = pair();
    a.adopt({ method: 'saliency' });
    expect([b.state.method, b.keptJSON()]).toEqual(['saliency', {}]);
    a.update({ method: 'grad-cam' });
    expect(b.keptJSON()).toEqual({ method: 'grad-cam' });
  });

  it('stop when one leaves', () => {
    const { a, b, leaveB, group } = pair();
    expect(group.peersOf(a)).toEqual([b]);
    leaveB.dispose();
    a.update({ viewport });
    expect(b.state.viewport).toEqual(DEFAULT_STATE.viewport);
    expect(group.peersOf(a)).toEqual([]);
  });
});

describe('a class', () => {
  type Named = string | null;
  function withOutputs(first: Named, second: Named) {
    const group = new LinkGroup();
    const [a, b] = [new ViewSession('a'), new ViewSession('b')];
    a.update({ output: first });
    b.update({ output: second });
    for (const session of [a, b]) {
      group.join(session, { model: 'm', firstOutput: 'kind' });
    }
    return { a, b };
  }

  it.each<[Named, Named, boolean]>([
    [null, null, true],
    [null, 'kind', true],
    ['kind', null, true],
    ['tags', 'tags', true],
    [null, 'tags', false],
    ['tags', null, false],
    ['kind', 'tags', false],
    ['age', 'tags', false]
  ])('of the output %s is passed on to a view of %s: %s', (first, second, isPassed) => {
    const { a, b } = withOutputs(first, second);
    a.update({ target: 0, score: 'probability', layer: 'conv' });
    expect(b.state).toMatchObject(
      isPassed ? { target: 0, score: 'probability' } : { target: null, score: DEFAULT_STATE.score }
    );
    expect(b.state.layer).toBe('conv');
  });

  it('is not let go of in other views when a view turns to their output: it is taken over', () => {
    const { a, b } = withOutputs('kind', 'tags');
    a.update({ target: 1 });
    b.update({ target: 2 });
    a.update({ output: 'tags', target: null });
    expect([a.state.target, b.state.target]).toEqual([2, 2]);
    b.update({ target: 0 });
    expect(a.state.target).toBe(0);
  });

  it('chosen with the output is passed on', () => {
    const { a, b } = withOutputs('kind', 'tags');
    b.update({ target: 2 });
    a.update({ output: 'tags', target: 1 });
    expect([a.state.target, b.state.target]).toEqual([1, 1]);
  });
});

describe('the image', () => {
  function ofImages(first: readonly object[], second: readonly object[], links: ViewStateJSON['links'] = {}) {
    const group = new LinkGroup();
    const [a, b] = [
      new ViewSession('a', { image: 1, links: linksBeside({ image: 1 }) }),
      new ViewSession('b', { links })
    ];
    const leave = [
      group.join(a, { model: 'm', images: () => first }),
      group.join(b, { model: 'm', images: () => second })
    ];
    return { group, a, b, leave };
  }
  const images = [{}, {}, {}];

  it('is the same in views that have the same images, both ways, also where the cell names it', () => {
    const { group, a, b } = ofImages(images, images);
    expect(b.state.image).toBe(1);
    a.update({ image: 2 });
    expect(b.state.image).toBe(2);
    b.update({ image: 0 });
    expect(a.state.image).toBe(0);
    expect(group.canLink(a, 'image')).toBe(true);
  });

  it('is each view’s own where the images are others, though they be as many', () => {
    const { group, a, b } = ofImages(images, [{}, {}, {}]);
    a.update({ image: 2 });
    expect(b.state.image).toBe(0);
    expect(group.canLink(a, 'image')).toBe(false);
  });

  it('can be unlinked', () => {
    const { a, b } = ofImages(images, images, { image: 'unlinked' });
    a.update({ image: 2 });
    expect(b.state.image).toBe(0);
  });
});

describe('links', () => {
  it('of one side unlinked pass nothing either way, and leave the other properties linked', () => {
    const { a, b } = pair({}, { links: { layer: 'unlinked' } });
    a.update({ layer: 'x', viewport });
    b.update({ layer: 'y' });
    expect([a.state.layer, b.state.layer]).toEqual(['x', 'y']);
    expect(b.state.viewport).toEqual(viewport);
  });

  it('switched on again take over what the others show', () => {
    const { a, b } = pair({}, { links: { layer: 'unlinked', colors: 'unlinked' } });
    a.update({ layer: 'x', colormap: 'gray' });
    b.update({ links: { colors: 'unlinked' } });
    expect(b.state).toMatchObject({ layer: 'x', colormap: 'auto' });
  });

  it('begin unlinked where the cell says what it wants', () => {
    expect(linksBeside({ layer: 'conv1', colormap: 'RdBu', image: 1 })).toEqual({
      layer: 'unlinked',
      colors: 'unlinked'
    });
    expect(linksBeside({ layer: 'conv1', links: { layer: 'linked' } })).toEqual({ layer: 'linked' });
    expect(linksBeside(undefined)).toEqual({});
  });

  it('relative keep the difference of position and the ratio of zoom', () => {
    const { a, b } = pair({}, { links: { viewport: 'relative' }, viewport: { x: 0.6, y: 0.5, zoom: 2 } });
    a.update({ viewport: { x: 0.4, y: 0.55, zoom: 3 } });
    expect(b.state.viewport.x).toBeCloseTo(0.5, 12);
    expect(b.state.viewport.y).toBeCloseTo(0.55, 12);
    expect(b.state.viewport.zoom).toBeCloseTo(6, 12);
    b.update({ viewport: { x: 0.45, y: 0.55, zoom: 6 } });
    expect(a.state.viewport.x).toBeCloseTo(0.35, 12);
  });
});

describe('views of different models', () => {
  it('are apart unless both ask for the whole page', () => {
    const { a, b } = pair({ linkScope: 'page' }, {}, ['m', 'n']);
    a.update({ viewport });
    expect(b.state.viewport.zoom).toBe(1);
    b.update({ linkScope: 'page' });
    expect(b.state.viewport).toEqual(viewport);
  });

  it('of a page share places and colours, not layers and classes', () => {
    const { a, b } = pair({ linkScope: 'page' }, { linkScope: 'page' }, ['m', null]);
    a.update({ viewport, layer: 'conv', target: 3, colormap: 'gray' });
    expect(b.state).toMatchObject({ viewport, layer: null, target: null, colormap: 'gray' });
  });

  it('without a model are not taken for views of one', () => {
    const { a, b } = pair({}, {}, [null, null]);
    a.update({ viewport });
    expect(b.state.viewport.zoom).toBe(1);
  });
});

describe('valueRanges', () => {
  it('are joined over the views that share their range', () => {
    const { group, a, b } = pair();
    expect(group.valueRangeOf(a, 'cam')).toBeNull();
    group.setValueRange(a, 'cam', [-1, 2]);
    group.setValueRange(b, 'cam', [0, 5]);
    expect(group.valueRangeOf(a, 'cam')).toEqual([-1, 5]);
    group.setValueRange(b, 'activation', [0, 900]);
    expect(group.valueRangeOf(a, 'cam')).toEqual([-1, 5]);
    b.update({ links: { range: 'unlinked' } });
    expect(group.valueRangeOf(a, 'cam')).toEqual([-1, 2]);
    expect(group.valueRangeOf(b, 'cam')).toEqual([0, 5]);
  });

  it('are told when they change, and only then', () => {
    const { group, a } = pair();
    let told = 0;
    group.changed.connect(() => told++);
    group.setValueRange(a, 'cam', [0, 1]);
    group.setValueRange(a, 'cam', [0, 1]);
    expect(told).toBe(1);
  });
});

describe('views of different models that link by name', () => {
  const subject = (model: string, layers: string[], classes?: string[]): LinkSubject => ({
    model,
    layerOf: name => layers.find(layer => layer === name || layer.endsWith(`/${name}`)) ?? null,
    classes: () => classes
  });

  function named(first: ViewStateJSON = {}, second: ViewStateJSON = {}) {
    const group = new LinkGroup();
    const on = { linkScope: 'page' as const, linkByName: true };
    const [a, b] = [new ViewSession('a', { ...on, ...first }), new ViewSession('b', { ...on, ...second })];
    group.join(a, subject('m', ['conv1', 'conv2'], ['cat', 'dog', 'fox']));
    group.join(b, subject('n', ['base/conv1', 'dense'], ['owl', 'dog', 'cat']));
    return { group, a, b };
  }

  it('pass on layer, class and method in the other model’s words', () => {
    const { group, a, b } = named();
    expect(group.canLink(a, 'layer')).toBe(true);
    a.update({ layer: 'conv1', channel: 3, method: 'layer-cam', target: 0 });
    expect(b.state).toMatchObject({ layer: 'base/conv1', channel: null, method: 'layer-cam', target: 2 });
    b.update({ target: { class: 1, minus: 2 } });
    expect(a.state.target).toEqual({ class: 1, minus: 0 });
    b.update({ target: { class: null, negative: true } });
    expect(a.state.target).toEqual({ class: null, negative: true });
    b.update({ target: null });
    expect(a.state.target).toBeNull();
  });

  it('keep their own where the other has no such name', () => {
    const { a, b } = named();
    b.update({ layer: 'dense', target: 0 });
    expect(a.state).toMatchObject({ layer: null, target: null });
    a.update({ layer: 'conv2', target: 2 });
    expect(b.state).toMatchObject({ layer: 'dense', target: 0 });
    a.update({ target: { class: 1, minus: 2 } });
    expect(b.state.target).toBe(0);
    a.update({ target: { layer: 'conv1', channel: 1 } });
    expect(b.state.target).toBe(0);
    // The channels of another model are others.
    a.update({ channel: 1, pinned: [1] });
    expect(b.state).toMatchObject({ channel: null, pinned: [] });
  });

  it('take over what the others show when it is turned on, and only if both have it on', () => {
    const { a, b } = named({}, { linkByName: false });
    a.update({ layer: 'conv1', target: 0 });
    expect(b.state).toMatchObject({ layer: null, target: null });
    b.update({ linkByName: true });
    expect(b.state).toMatchObject({ layer: 'base/conv1', target: 2 });
    a.update({ linkByName: false });
    b.update({ target: 1 });
    expect(a.state.target).toBe(0);
  });
});
