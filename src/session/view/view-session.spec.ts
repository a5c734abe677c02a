import { describe, expect, it } from 'vitest';
import { DEFAULT_STATE } from '../../state/vocabulary';
import { ViewSession } from './view-session';

describe('ViewSession', () => {
  it('starts from the defaults with what the payload says laid over them', () => {
    const session = new ViewSession('a', { layer: 'conv1', opacity: 0.2 });
    expect(session.state).toEqual({ ...DEFAULT_STATE, layer: 'conv1', opacity: 0.2 });
  });

  it('emits the names that changed, once', () => {
    const session = new ViewSession('a');
    const heard: string[][] = [];
    session.changed.connect((_, names) => heard.push([...names]));
    session.update({ layer: 'conv1', opacity: DEFAULT_STATE.opacity, target: 3 });
    expect(heard).toEqual([['layer', 'target']]);
  });

  it('does not echo an equal value, so that linked views do not ring', () => {
    const session = new ViewSession('a');
    let emitted = 0;
    session.changed.connect(() => emitted++);
    session.update({ viewport: { ...DEFAULT_STATE.viewport } });
    expect(emitted).toBe(0);
  });

  it('lets go of the channels of a layer with the layer', () => {
    const session = new ViewSession('a', { layer: 'conv1', channel: 3, pinned: [3, 5], order: 'max' });
    session.update({ layer: 'conv1' });
    expect(session.state).toMatchObject({ channel: 3, pinned: [3, 5] });
    session.update({ layer: 'conv2' });
    expect(session.state).toMatchObject({ channel: null, pinned: [], order: 'max' });
    session.update({ layer: 'conv3', channel: 7 });
    expect(session.state.channel).toBe(7);
  });

  it('stores only what differs from the defaults, never the cursor', () => {
    const session = new ViewSession('a');
    session.update({ cursor: { x: 0.1, y: 0.2 }, colormap: 'inferno' });
    expect(session.toJSON()).toEqual({ colormap: 'inferno' });
  });
});

it('closes the enlarged channel with whatever else is explained, unless another is named', () => {
  const session = new ViewSession('id', { channel: 4 });
  session.update({ colormap: 'magma' });
  expect(session.state.channel).toBe(4);
  session.explain({ target: 2 });
  expect(session.state).toMatchObject({ target: 2, channel: null });
  session.explain({ method: 'saliency', channel: 1 });
  expect(session.state).toMatchObject({ method: 'saliency', channel: 1 });
});

describe('what was set by hand', () => {
  it('is kept whole, also where it is the default again; what was adopted and the cursor are not', () => {
    const session = new ViewSession('a', { opacity: 0.2, colormap: 'gray' }, { layer: 'conv2' });
    session.adopt({ method: 'saliency' });
    session.update({ opacity: DEFAULT_STATE.opacity, cursor: { x: 0, y: 0 }, colormap: 'gray' });
    expect(session.keptJSON()).toEqual({ layer: 'conv2', opacity: DEFAULT_STATE.opacity });
    const again = new ViewSession('a', { opacity: 0.2, colormap: 'gray' }, session.keptJSON());
    expect(again.state).toMatchObject({ layer: 'conv2', opacity: DEFAULT_STATE.opacity, colormap: 'gray' });
  });

  it('goes with another layer as far as it belonged to the old one', () => {
    const session = new ViewSession('a', {}, { layer: 'conv2', channel: 3 });
    session.update({ layer: 'conv1' });
    expect(session.keptJSON()).toEqual({ layer: 'conv1', channel: null });
  });
});
