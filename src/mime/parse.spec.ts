import Ajv2020 from 'ajv/dist/2020';
import { describe, expect, it } from 'vitest';
import schema from '../../gradlens/payload-v1.schema.json';
import { fromJSON } from '../state/defaults';
import { WHOLE_VIEW } from '../state/testing/whole-view';
import type { ViewStateJSON } from '../state/view-state';
import { parsePayload, PayloadError } from './parse';
import type { ModelPayload } from './payload';

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
const original = { width: 640, height: 480, size: 9000, hash: 'a'.repeat(64) };
const heatmap = { version: 1, kind: 'heatmap', id: 'abc', name: 'array', tensor };

type Case = [name: string, value: unknown];

const badViews: [key: keyof ViewStateJSON, value: unknown][] = [
  ['viewport', { x: 0, y: 0 }],
  ['viewport', { x: 0, y: 0, zoom: 0 }],
  ['image', -1],
  ['imageOrder', 'random'],
  ['layer', ''],
  ['method', 'cam'],
  ['target', 1.5],
  ['target', { class: -1 }],
  ['target', { class: 1, layer: 'a' }],
  ['target', { class: 1, pixels: 'some' }],
  ['target', { class: 1, pixels: [0, 0, 1] }],
  ['target', { class: 1, pixels: { shape: [2, 2] } }],
  ['target', { cell: [0], channel: 1 }],
  ['target', { cell: [0, 1] }],
  ['outputAs', 'grid'],
  ['outputAs', { anchors: 0, classes: 1 }],
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
  ['opacityRule', 'by-rank'],
  ['threshold', -0.1],
  ['contours', 21],
  ['contours', 2.5],
  ['overlay', 'swipe'],
  ['divider', 2],
  ['smooth', null],
  ['smooth', 'never'],
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
    'several models, epochs among them',
    { ...model, models: [model.model, { ...model.model, epoch: 2, fingerprint: { size: 3, hash: 'a'.repeat(64) } }] }
  ],
  [
    'a model with its fingerprint',
    { ...model, model: { ...model.model, fingerprint: { size: 3, hash: 'a'.repeat(64) } } }
  ],
  ['a picture with its path', { ...model, images: [{ ...model.images[0], path: 'data/a.png' }] }],
  ['a picture that its file asks to turn', { ...model, images: [{ ...model.images[0], orientation: 6 }] }],
  ['a picture with a mask', { ...model, images: [{ ...model.images[0], mask: { shape: [2, 2], runs: [1, 3] } }] }],
  ['a mask for all', { ...model, mask: { shape: [2, 2], runs: [0, 4] } }],
  ['labels that are sub-folders', { ...model, labels: ['a', 'b'], labelsOf: 'folders' }],
  ['a picture with its class', { ...model, images: [{ ...model.images[0], truth: 0 }] }],
  [
    'a copy of a file',
    { ...model, images: [{ ...model.images[0], path: 'a.png', original: { ...original, copy: true } }] }
  ],
  ['a reduced picture', { ...model, images: [{ ...model.images[0], reduced: { width: 4032, height: 3024 } }] }],
  ['a preview of a file', { ...model, images: [{ ...model.images[0], path: 'a.png', original }] }],
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
  [
    'a lasso of more points than are drawn',
    { ...heatmap, view: { region: { kind: 'lasso', points: Array(4097).fill([0, 1]) } } }
  ],
  ['one of several models', { ...model, models: [model.model] }],
  ['more models than a view shows', { ...model, models: Array(501).fill(model.model) }],
  ['models that are no list', { ...model, models: { 0: model.model, 1: model.model } }],
  ['a model without a path', { ...model, models: [model.model, { name: 'x' }] }],
  ['an epoch before the first', { ...model, models: [model.model, { ...model.model, epoch: 0 }] }],
  ['the fingerprint of one of several models', { ...model, models: [model.model, { ...model.model, fingerprint: 3 }] }],
  ['a fingerprint without a hash', { ...model, model: { ...model.model, fingerprint: { size: 3 } } }],
  ['a hash of another kind', { ...model, model: { ...model.model, fingerprint: { size: 3, hash: 'A'.repeat(64) } } }],
  ['a class that is none', { ...model, images: [{ ...model.images[0], truth: 'cat' }] }],
  ['a mask without runs', { ...model, images: [{ ...model.images[0], mask: { shape: [2, 2] } }] }],
  ['a mask for all with a negative run', { ...model, mask: { shape: [2, 2], runs: [-1, 5] } }],
  ['labels of something else', { ...model, labels: ['a'], labelsOf: 'files' }],
  ['a class below 0', { ...model, images: [{ ...model.images[0], truth: -1 }] }],
  [
    'a file without its hash',
    { ...model, images: [{ ...model.images[0], path: 'a.png', original: { ...original, hash: undefined } }] }
  ],
  [
    'a file without pixels',
    { ...model, images: [{ ...model.images[0], path: 'a.png', original: { ...original, width: 0 } }] }
  ],
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
    expect(parsePayload(value)).toEqual(value);
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

describe('a kernel that sends no null', () => {
  /** A payload as such a kernel sends it. */
  const dropped = (value: unknown): unknown =>
    JSON.parse(JSON.stringify(value, (_, part: unknown) => (part === null ? undefined : part)));
  const views = [
    { target: { class: null } },
    { target: { class: null, minus: 1 } },
    { target: { layer: 'a', channel: null } },
    Object.fromEntries(
      Object.entries(WHOLE_VIEW).map(([key, value]) => [
        key,
        isValid({ ...model, view: { [key]: null } }) ? null : value
      ])
    )
  ];

  it.each(views)('means null by what is not there: %o', view => {
    const whole = { ...model, view };
    const sent = dropped(whole);
    expect(isValid(sent)).toBe(true);
    const [given, read] = [whole, sent].map(value => parsePayload(value) as ModelPayload);
    expect({ ...read, view: fromJSON(read.view ?? {}) }).toEqual({ ...given, view: fromJSON(given.view ?? {}) });
    const undone = { ...whole, preprocess: undefined, view: { ...view, layer: undefined } };
    expect(fromJSON((parsePayload(undone) as ModelPayload).view ?? {}).layer).toBeNull();
  });

  it('may leave out whatever may be null', () => {
    expect(requiredNulls(schema)).toEqual([]);
  });

  /** Properties that the schema demands and that may be null. */
  function requiredNulls(of: unknown): string[] {
    if (typeof of !== 'object' || of === null) {
      return [];
    }
    const { required, properties } = of as { required?: unknown; properties?: Record<string, unknown> };
    const here = Array.isArray(required) && properties ? required.filter(key => mayBeNull(properties[key])) : [];
    return [...here, ...Object.values(of).flatMap(requiredNulls)];
  }

  function mayBeNull(of: unknown): boolean {
    const { $ref, type, enum: words, oneOf = [] } = of as Record<string, unknown>;
    const named = $ref === undefined ? undefined : schema.$defs[String($ref).slice('#/$defs/'.length) as 'Preprocess'];
    return (
      [type, words].flat().some(one => one === 'null' || one === null) ||
      (oneOf as unknown[]).some(mayBeNull) ||
      (named !== undefined && mayBeNull(named))
    );
  }
});

describe('a picture that only its file has', () => {
  const inFile = { name: 'a.jpg', path: 'a.jpg', original };

  it('is empty in what is parsed', () => {
    const payload = { ...model, images: [inFile] };
    expect(isValid(payload)).toBe(true);
    expect((parsePayload(payload) as ModelPayload).images).toEqual([{ ...inFile, picture: '' }]);
  });
});

it('tells how to read an output of a later version', () => {
  expect(() => parsePayload({ ...model, version: 2 })).toThrow(/version 2 .* reads version 1; update gradlens/);
});
