import { describe, expect, it } from 'vitest';
import { labelFilesFor, parseLabels } from './class-labels';
import { IMAGENET_LABELS } from './imagenet-labels';

describe('parseLabels', () => {
  it.each([
    ['["cat", "dog"]', ['cat', 'dog']],
    ['{"1": "dog", "0": "cat"}', ['cat', 'dog']],
    ['{"cat": 0, "dog": 1}', ['cat', 'dog']],
    ['{"0": ["n01440764", "tench"], "1": ["n01443537", "goldfish"]}', ['tench', 'goldfish']],
    ['{"0": "cat", "2": "dog"}', ['cat', '1', 'dog']]
  ])('reads JSON %s', (text, names) => {
    expect(parseLabels(text, 'labels.json')).toEqual(names);
  });

  it('reads text, one name a line, with any line end and a byte order mark', () => {
    expect(parseLabels('\uFEFFno tank\r\ntank\r\n\r\n', 'labels.txt')).toEqual(['no tank', 'tank']);
  });

  it.each([
    ['{"cat": "dog"}', /“cat” has no class index/],
    ['{"-1": "cat"}', /no class index/],
    ['{"9999999": "cat"}', /no class index/],
    ['7', /holds no class names/],
    ['[', /is not valid JSON/]
  ])('says what is wrong with %s', (text, message) => {
    expect(() => parseLabels(text, 'labels.json')).toThrow(message);
  });
});

it('looks for names beside the model, its own first', () => {
  const files = labelFilesFor('nets/tank.keras');
  expect(files[0]).toBe('nets/tank.labels.json');
  expect(files).toContain('nets/labels.txt');
  expect(labelFilesFor('tank.h5')).toContain('class_indices.json');
});

it('counts ImageNet’s classes as keras.applications does', () => {
  // From imagenet_class_index.json, which decode_predictions reads.
  expect(IMAGENET_LABELS).toHaveLength(1000);
  expect([0, 1, 281, 847, 999].map(i => IMAGENET_LABELS[i])).toEqual([
    'tench',
    'goldfish',
    'tabby',
    'tank',
    'toilet tissue'
  ]);
});
