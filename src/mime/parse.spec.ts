import Ajv2020 from 'ajv/dist/2020';
import { describe, expect, it } from 'vitest';
import schema from '../../gradlens/payload-v1.schema.json';
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

const good: Case[] = [
  ['a model', model],
  ['a heatmap', heatmap],
  ['a float tensor', { ...model, images: [{ ...model.images[0], tensor }] }],
  ['mean and std', { ...model, preprocess: { mean: [0.5, 0.5, 0.5], std: [0.2, 0.2, 0.2] } }],
  ['several inputs', { ...model, images: [{ ...model.images[0], input: 'rgb', others: { meta: { tensor: { ...tensor, shape: [1] } }, mask: { picture: 'iVBORw0KGgo=' } } }] }],
  ['ImageNet’s labels', { ...model, labelSet: 'imagenet' }],
  ['labels and a view', { ...model, labels: ['sky', 'tank'], view: { layer: 'conv1', target: 1, opacity: 0.5 } }]
];

const bad: Case[] = [
  ['nothing', null],
  ['a list', []],
  ['a later version', { ...model, version: 2 }],
  ['no id', { ...model, id: undefined }],
  ['an unknown kind', { ...model, kind: 'video' }],
  ['no model', { ...model, model: undefined }],
  ['a model without a path', { ...model, model: { name: 'x' } }],
  ['no images', { ...model, images: [] }],
  ['an image without a picture', { ...model, images: [{ name: 'a' }] }],
  ['a tensor of strings', { ...model, images: [{ ...model.images[0], tensor: { ...tensor, dtype: 'string' } }] }],
  ['an unknown preprocessing', { ...model, preprocess: 'zscore' }],
  ['an unknown interpolation', { ...model, interpolation: 'cubic' }],
  ['another input that is empty', { ...model, images: [{ ...model.images[0], others: { meta: {} } }] }],
  ['other inputs in a list', { ...model, images: [{ ...model.images[0], others: [{ tensor }] }] }],
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

  it.each(bad)('on %s: both refuse', (_, value) => {
    expect(isValid(JSON.parse(JSON.stringify(value)))).toBe(false);
    expect(() => parsePayload(value)).toThrow(PayloadError);
  });
});

it('tells how to read an output of a later version', () => {
  expect(() => parsePayload({ ...model, version: 2 })).toThrow(/version 2 .* reads version 1; update gradlens/);
});
