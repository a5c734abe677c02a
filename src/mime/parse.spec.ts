import Ajv2020 from 'ajv/dist/2020';
import { describe, expect, it } from 'vitest';
import schema from '../../gradlens/payload-v1.schema.json';
import type { ViewStateJSON } from '../state/view-state';
import { parsePayload, PayloadError } from './parse';

const isValid = new Ajv2020({ strict: false, validateFormats: false }).compile(schema);

const tensor = { dtype: 'float32', shape: [1, 1, 1], data: 'AACAPw==' };
const model = {
  version: 1,
  kind: 'model',
  id: 'abc',
  model: { path: 'models/tank.keras', name: 'tank.keras' },
  images: [{ name: 'a.png', picture: 'iVBORw0KGgo=' }],
  preprocess: null,
  interpolation: 'bilinear'
};
const heatmap = { version: 1, kind: 'heatmap', id: 'abc', name: 'array', tensor };

type Case = [name: string, value: unknown];

/** All that a view can say: a field that is forgotten here is one that TypeScript misses. */
const WHOLE_VIEW: Required<ViewStateJSON> = {
  viewport: { x: 0.25, y: 0.75, zoom: 2 },
  image: 0,
  slice: 3,
  layer: 'conv1',
  method: 'layer-cam',
  target: { class: 1, minus: 0, negative: true },
  score: 'probability',
  output: 'head',
  convention: 'captum',
  channel: 3,
  colormap: 'RdBu',
  reversed: true,
  range: [-1, 1.5],
  scope: 'linked',
  scale: 'symlog',
  clip: true,
  opacity: 0.5,
  threshold: 0.25,
  contours: 5,
  overlay: 'divider',
  divider: 0.4,
  smooth: false,
  receptiveField: false,
  region: { kind: 'rectangle', x0: 0, y0: 0, x1: 0.5, y1: 1 },
  probe: { x: 0.5, y: 0.5 },
  order: 'weight',
  hideDead: true,
  pinned: [0, 7],
  linkScope: 'page',
  links: { viewport: 'relative', colors: 'unlinked' }
};

const badViews: [key: keyof ViewStateJSON, value: unknown][] = [
  ['viewport', { x: 0, y: 0 }],
  ['viewport', { x: 0, y: 0, zoom: 0 }],
  ['image', -1],
  ['layer', ''],
  ['method', 'cam'],
  ['target', 1.5],
  ['target', { class: -1 }],
  ['target', { class: 1, layer: 'a' }],
  ['target', { layer: 'a' }],
  ['target', { layer: 'a', channel: 0, area: [0, 0, 1] }],
  ['score', 'softmax'],
  ['output', 3],
  ['convention', 'keras'],
  ['channel', 0.5],
  ['colormap', null],
  ['reversed', 1],
  ['range', 'all'],
  ['range', [1]],
  ['scope', 'all'],
  ['scale', 'log10'],
  ['clip', 'no'],
  ['opacity', 1.5],
  ['threshold', -0.1],
  ['contours', 21],
  ['contours', 2.5],
  ['overlay', 'swipe'],
  ['divider', 2],
  ['smooth', null],
  ['receptiveField', 0],
  ['region', { kind: 'rectangle', x0: 0, y0: 0, x1: 1 }],
  [
    'region',
    {
      kind: 'lasso',
      points: [
        [0, 0],
        [1, 1]
      ]
    }
  ],
  ['region', { kind: 'circle' }],
  ['probe', { x: 1 }],
  ['order', 'random'],
  ['hideDead', 1],
  ['pinned', [-1]],
  ['pinned', 3],
  ['linkScope', 'all'],
  ['links', { colour: 'linked' }],
  ['links', { colors: true }],
  ['links', []]
];

const good: Case[] = [
  ['a model', model],
  ['a heatmap', heatmap],
  ['a model without a picture', { ...model, images: [] }],
  [
    'a model with its fingerprint',
    { ...model, model: { ...model.model, fingerprint: { size: 3, hash: 'a'.repeat(64) } } }
  ],
  ['a picture with its path', { ...model, images: [{ ...model.images[0], path: 'data/a.png' }] }],
  ['a picture that its file asks to turn', { ...model, images: [{ ...model.images[0], orientation: 6 }] }],
  ['a float tensor', { ...model, images: [{ ...model.images[0], tensor }] }],
  ['mean and std', { ...model, preprocess: { mean: [0.5, 0.5, 0.5], std: [0.2, 0.2, 0.2] } }],
  [
    'several inputs',
    {
      ...model,
      images: [
        {
          ...model.images[0],
          input: 'rgb',
          others: { meta: { tensor: { ...tensor, shape: [1] } }, mask: { picture: 'iVBORw0KGgo=' } }
        }
      ]
    }
  ],
  ['what stands in for layers', { ...model, layers: { Drop: 'identity', Norm: { class: 'GroupNormalization' } } }],
  ['ImageNet’s labels', { ...model, labelSet: 'imagenet' }],
  ['a whole view', { ...model, view: WHOLE_VIEW }],
  [
    'a view of nulls',
    {
      ...model,
      view: { layer: null, target: null, channel: null, output: null, convention: null, region: null, probe: null }
    }
  ],
  [
    'a lasso',
    {
      ...heatmap,
      view: {
        region: {
          kind: 'lasso',
          points: [
            [0, 0],
            [1, 0],
            [0.5, 1]
          ]
        }
      }
    }
  ],
  ['labels and a view', { ...model, labels: ['sky', 'tank'], view: { layer: 'conv1', target: 1, opacity: 0.5 } }]
];

const bad: Case[] = [
  ['a fingerprint without a hash', { ...model, model: { ...model.model, fingerprint: { size: 3 } } }],
  ['a hash of another kind', { ...model, model: { ...model.model, fingerprint: { size: 3, hash: 'A'.repeat(64) } } }],
  ['nothing', null],
  ['a list', []],
  ['a later version', { ...model, version: 2 }],
  ['no id', { ...model, id: undefined }],
  ['an unknown kind', { ...model, kind: 'video' }],
  ['no model', { ...model, model: undefined }],
  ['a model without a path', { ...model, model: { name: 'x' } }],
  ['images that are no list', { ...model, images: {} }],
  ['an image without a picture', { ...model, images: [{ name: 'a' }] }],
  ['an orientation that there is not', { ...model, images: [{ ...model.images[0], orientation: 9 }] }],
  ['a tensor of strings', { ...model, images: [{ ...model.images[0], tensor: { ...tensor, dtype: 'string' } }] }],
  ['an unknown preprocessing', { ...model, preprocess: 'zscore' }],
  ['an unknown interpolation', { ...model, interpolation: 'cubic' }],
  ['another input that is empty', { ...model, images: [{ ...model.images[0], others: { meta: {} } }] }],
  ['other inputs in a list', { ...model, images: [{ ...model.images[0], others: [{ tensor }] }] }],
  ['layers that nothing stands in for', { ...model, layers: { Drop: 'nothing' } }],
  ['a stand-in without a class', { ...model, layers: { Drop: { groups: 1 } } }],
  ['labels of a set that nobody knows', { ...model, labelSet: 'coco' }],
  ['labels that are numbers', { ...model, labels: [1, 2] }],
  ['a heatmap of two dimensions', { ...heatmap, tensor: { ...tensor, shape: [1, 1] } }],
  ['a negative size', { ...heatmap, tensor: { ...tensor, shape: [1, -1, 1] } }]
];

describe('parsePayload agrees with the published schema', () => {
  it.each(good)('on %s: both accept', (_, value) => {
    expect(isValid(JSON.parse(JSON.stringify(value)))).toBe(true);
    expect(parsePayload(value)).toBe(value);
  });

  it.each(badViews)('on a view with the wrong %s: both refuse, and say which', (key, value) => {
    const whole = { ...model, view: { ...WHOLE_VIEW, [key]: value } };
    expect(isValid(JSON.parse(JSON.stringify(whole)))).toBe(false);
    expect(() => parsePayload(whole)).toThrow(`“view.${key}” `);
  });

  it.each(bad)('on %s: both refuse', (_, value) => {
    expect(isValid(JSON.parse(JSON.stringify(value)))).toBe(false);
    expect(() => parsePayload(value)).toThrow(PayloadError);
  });
});

it('tells how to read an output of a later version', () => {
  expect(() => parsePayload({ ...model, version: 2 })).toThrow(/version 2 .* reads version 1; update gradlens/);
});
