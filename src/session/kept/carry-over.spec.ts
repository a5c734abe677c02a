import { describe, expect, it } from 'vitest';
import type { HeatmapPayload, ModelPayload } from '../../mime/payload';
import { carriedOver } from './carry-over';

const model = (own: Partial<ModelPayload> = {}): ModelPayload => ({
  version: 1,
  kind: 'model',
  id: 'a',
  model: { path: 'm.keras', name: 'm.keras' },
  images: [{ name: 'a.png', path: 'a.png', picture: '' }],
  preprocess: null,
  interpolation: 'bilinear',
  ...own
});

const SET = { view: { layer: 'conv2', opacity: 1, viewport: { x: 0.2, y: 0.5, zoom: 3 } } };

describe('what a cell that runs again takes over', () => {
  it('is all that was set by hand, where the cell says the same', () => {
    const said = { view: { layer: 'conv1' } };
    expect(carriedOver(model(said), SET, model({ id: 'b', ...said }))).toEqual(SET);
  });

  it('is not what the cell now says otherwise, or no longer says', () => {
    expect(carriedOver(model(), SET, model({ view: { layer: 'conv3' } })).view).not.toHaveProperty('layer');
    expect(carriedOver(model({ view: { opacity: 0 } }), SET, model()).view).not.toHaveProperty('opacity');
  });

  it('is only the look and the place for another model, and not the place for other images', () => {
    const other = { path: 'other.keras', name: 'other.keras' };
    expect(carriedOver(model(), SET, model({ model: other })).view).toEqual({
      opacity: 1,
      viewport: SET.view.viewport
    });
    const images = [{ name: 'b.png', path: 'b.png', picture: '' }];
    expect(carriedOver(model(), SET, model({ images })).view).toEqual({ layer: 'conv2', opacity: 1 });
  });

  it('is the experiments, on the same pictures of the same model', () => {
    const kept = { experiments: { version: 1, entries: [] } };
    expect(carriedOver(model(), kept, model({ id: 'b' }))).toEqual(kept);
    const images = [{ name: 'b.png', path: 'b.png', picture: '' }];
    expect(carriedOver(model(), kept, model({ images }))).toEqual({});
    expect(carriedOver(model(), kept, model({ preprocess: 'tf' }))).toEqual({});
  });

  it('is all for a live model that was trained on, which lies in another file', () => {
    const file = (hash: string): ModelPayload =>
      model({ model: { path: `../gradlens-cache/net-${hash}.keras`, name: 'net' } });
    expect(carriedOver(file('1'), SET, file('2'))).toEqual(SET);
  });

  it('holds the layers declared in the view, unless the cell declares others', () => {
    const layers = { Drop: 'identity' } as const;
    expect(carriedOver(model(), { layers }, model())).toEqual({ layers });
    expect(carriedOver(model(), { layers }, model({ layers: { Swish: 'identity' } }))).toEqual({});
  });

  it('holds the class names chosen in the view, unless the cell names others', () => {
    const labels = ['cat', 'dog'];
    expect(carriedOver(model(), { labels }, model())).toEqual({ labels });
    expect(carriedOver(model(), { labels }, model({ labels: ['owl', 'fox'] }))).toEqual({});
  });

  it('is nothing of a model for an array', () => {
    const array: HeatmapPayload = {
      version: 1,
      kind: 'heatmap',
      id: 'h',
      name: 'h',
      tensor: { dtype: 'float32', shape: [1, 2, 2], data: '' }
    };
    expect(carriedOver(model(), SET, array)).toEqual({});
    expect(carriedOver(array, { view: { channel: 0, smooth: false } }, array).view).toEqual({
      channel: 0,
      smooth: false
    });
    const story = { version: 1, steps: [] };
    expect(carriedOver(array, { story }, array)).toEqual({ story });
  });

  it('is the story recorded in the view, unless the cell now gives another', () => {
    const story = { version: 1, steps: [] };
    expect(carriedOver(model(), { story }, model())).toEqual({ story });
    expect(carriedOver(model(), { story }, model({ story: { version: 1, steps: [{}] } as never }))).toEqual({});
  });

  it('is neither the picture nor a file that was accepted: the cell saw the file anew', () => {
    const file = { size: 1, hash: '0'.repeat(64) };
    expect(carriedOver(model(), { file, picture: { title: 'x' } }, model())).toEqual({});
  });
});
