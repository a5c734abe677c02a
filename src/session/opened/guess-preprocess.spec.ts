import { describe, expect, it } from 'vitest';
import { summarize } from '../../engine/worker/summarize';
import { architecture } from '../../formats/testing/reader-data';
import type { ModelDescription } from '../../graph/layer-info';
import { guessPreprocess } from './guess-preprocess';

const summaryOf = (file: string): ModelDescription => summarize(architecture(file), { model: file, name: file }, 0);

describe('guessPreprocess', () => {
  // The mode in which each module's preprocess_input calls imagenet_utils.preprocess_input.
  it.each([
    ['DenseNet121.keras3', 'torch'],
    ['ResNet50.keras3', 'caffe'],
    ['ResNet50V2.keras3', 'tf'],
    ['VGG16.keras3', 'caffe'],
    ['MobileNetV2.keras3', 'tf'],
    ['InceptionV3.keras3', 'tf'],
    ['Xception.keras3', 'tf'],
    ['EfficientNetB0.keras3', null]
  ])('of %s is %s', (file, preprocess) => {
    expect(guessPreprocess(summaryOf(file))).toBe(preprocess);
  });

  it('of a net of one’s own is 0..1', () => {
    expect(guessPreprocess({ ...summaryOf('VGG16.keras3'), layers: [] })).toBe('scale');
  });
});
