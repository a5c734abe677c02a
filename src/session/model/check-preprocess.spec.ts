/** Models x pictures x preprocessing: what is prepared rightly raises no doubt, what is not does. */
import { describe, expect, it } from 'vitest';
import { preprocessPixels } from '../../engine/input/preprocess';
import type { Ending, RunResult } from '../../engine/protocol/protocol';
import { graphOf, node } from '../../engine/testing/graphs';
import { summarize } from '../../engine/worker/summarize';
import { architecture } from '../../formats/testing/reader-data';
import type { ModelDescription } from '../../graph/layer-info';
import type { Attributes, ModelGraph } from '../../graph/model-graph';
import { english } from '../../messages/message';
import type { Preprocess } from '../../mime/payload';
import { doubtOf, isOfSixteen } from './check-preprocess';

const describeModel = (graph: ModelGraph): ModelDescription => summarize(graph, { model: 'm', name: 'm' }, 0);

/** A net of one's own that begins with some layers. */
function own(first: readonly [string, Attributes][] = [], channels = 3): ModelDescription {
  const shape = [null, 8, 8, channels];
  let before = 'image';
  const nodes = [node('image', 'InputLayer', [], shape)];
  first.forEach(([op, attributes], i) => {
    nodes.push(node(`first${i}`, op, [before], shape, attributes));
    before = `first${i}`;
  });
  nodes.push(node('conv', 'Conv2D', [before], [null, 8, 8, 4]), node('scores', 'Dense', ['conv'], [null, 10]));
  return describeModel(graphOf(nodes));
}

const byteScaling: [string, Attributes] = ['Rescaling', { scale: 1 / 255, offset: 0 }];
const MODELS = {
  own: own(),
  gray: own([], 1),
  'Rescaling(1/255)': own([byteScaling]),
  'RandomFlip, Rescaling(1/127.5, -1)': own([
    ['RandomFlip', {}],
    ['Rescaling', { scale: 1 / 127.5, offset: -1 }]
  ]),
  'Rescaling(2, -1)': own([['Rescaling', { scale: 2, offset: -1 }]]),
  'Rescaling(1/16), gray': own([['Rescaling', { scale: 1 / 16, offset: 0 }]], 1),
  'Normalization of 0..255': own([
    ['Normalization', { mean: [123.7, 116.3, 103.5], variance: [3409.9, 3262.7, 3290.2] }]
  ]),
  'Normalization of 0..1': own([['Normalization', { mean: [0.485, 0.456, 0.406], variance: [0.05, 0.05, 0.05] }]]),
  EfficientNetB0: describeModel(architecture('EfficientNetB0.keras3')),
  MobileNetV2: describeModel(architecture('MobileNetV2.keras3')),
  ResNet50: describeModel(architecture('ResNet50.keras3')),
  DenseNet121: describeModel(architecture('DenseNet121.keras3'))
};
type ModelName = keyof typeof MODELS;

/** Smallest and largest value of each picture, of 0..255. */
const PICTURES = {
  photograph: [3, 252],
  dark: [0, 41],
  night: [0, 17],
  flat: [120, 131],
  white: [255, 255],
  black: [0, 0]
};
const DIGIT: [number, number] = [0, 16];

/** The range that the engine feeds of a picture, by the engine's own preprocessing. */
function fedOf(preprocess: Preprocess, [low, high]: readonly number[], channels: number): [number, number] {
  const data = Float32Array.from({ length: 2 * channels }, (_, i) => (i < channels ? low : high));
  const fed = preprocessPixels({ height: 2, width: 1, channels, data }, preprocess).data;
  return [Math.min(...fed), Math.max(...fed)];
}

function doubt(
  name: ModelName,
  preprocess: Preprocess,
  range: readonly number[],
  {
    isTensor = false,
    shares = [0.7, 0.3, 0],
    ending = 'softmax' as Ending,
    logits = undefined as number[] | undefined
  } = {}
): ReturnType<typeof doubtOf> {
  const model = MODELS[name];
  const { name: input, shape } = model.inputs[0];
  const fed = isTensor ? ([range[0], range[1]] as [number, number]) : fedOf(preprocess, range, shape.at(-1) ?? 1);
  const run: Pick<RunResult, 'fed' | 'outputs' | 'output' | 'ending' | 'logits'> = {
    fed: { [input]: fed },
    outputs: { scores: { shape: [1, shares.length], data: Float32Array.from(shares) } },
    output: 'scores',
    ending,
    ...(logits ? { logits } : {})
  };
  const tensor = { dtype: 'float32' as const, shape: [], data: '' };
  return doubtOf(model, { preprocess }, { name: 'a', picture: '', ...(isTensor ? { tensor } : {}) }, { run });
}

/** The preprocessing that each model was built for. */
const RIGHT: [ModelName, Preprocess[]][] = [
  // Nobody can tell what a net of one's own was trained on.
  ['own', ['scale', 'tf', 'torch', 'caffe', null]],
  ['gray', ['scale', 'tf', null]],
  ['Rescaling(1/255)', [null]],
  ['RandomFlip, Rescaling(1/127.5, -1)', [null]],
  ['Rescaling(2, -1)', ['scale']],
  ['Normalization of 0..255', [null]],
  ['Normalization of 0..1', ['scale']],
  ['EfficientNetB0', [null]],
  // And transfer learning with 0..1 is common.
  ['MobileNetV2', ['tf', 'scale']],
  ['ResNet50', ['caffe', null]],
  ['DenseNet121', ['torch', 'tf', 'scale']]
];

describe('a preprocessing that fits', () => {
  it.each(RIGHT.flatMap(([name, fits]) => fits.map(preprocess => [name, preprocess] as const)))(
    'raises no doubt: %s, %s',
    (name, preprocess) => {
      for (const range of Object.values(PICTURES)) {
        expect(doubt(name, preprocess, range)).toBeNull();
      }
    }
  );

  it.each<[ModelName, [number, number]]>([
    ['own', [0, 1]],
    ['own', [-1, 1]],
    ['own', [0, 16]],
    ['own', [-123, 151]],
    ['gray', [0, 16]],
    ['Rescaling(1/16), gray', [0, 16]],
    ['Rescaling(1/255)', [0, 255]],
    ['Rescaling(1/255)', [0, 0]],
    ['Rescaling(2, -1)', [0, 1]],
    ['MobileNetV2', [-1, 1]],
    ['ResNet50', [-123, 151]]
  ])('raises none as a tensor: %s, %s', (name, range) => {
    expect(doubt(name, null, range, { isTensor: true })).toBeNull();
  });

  it('raises none where a sigmoid, or one of two classes, is certain', () => {
    expect(doubt('own', null, PICTURES.photograph, { shares: [0, 1] })).toBeNull();
    expect(doubt('own', null, PICTURES.photograph, { shares: [0, 0, 1], ending: 'sigmoid' })).toBeNull();
  });
});

const UNIT = { shares: [1], ending: 'sigmoid' as const };

/** The largest logits of trained nets: docs/decisions/0016. */
it.each([17, 79.7, -79.7])('raises none where one sigmoid unit is certain, as nets are: logit %f', logit => {
  expect(doubt('own', null, PICTURES.photograph, { ...UNIT, logits: [logit] })).toBeNull();
});

const CERTAIN = [0, 1, 0, 0];

describe('another', () => {
  it.each<[ModelName, Preprocess, string, Preprocess]>([
    ['Rescaling(1/255)', 'scale', 'scaled-twice', null],
    ['Rescaling(1/255)', 'tf', 'scaled-twice', null],
    ['Rescaling(1/255)', 'caffe', 'scaled-twice', null],
    ['RandomFlip, Rescaling(1/127.5, -1)', 'tf', 'scaled-twice', null],
    ['Normalization of 0..255', 'torch', 'scaled-twice', null],
    ['EfficientNetB0', 'scale', 'scaled-twice', null],
    ['Rescaling(2, -1)', null, 'not-scaled', 'scale'],
    ['Normalization of 0..1', null, 'not-scaled', 'scale'],
    ['MobileNetV2', null, 'not-scaled', 'tf'],
    ['DenseNet121', null, 'not-scaled', 'torch'],
    ['ResNet50', 'scale', 'scaled-twice', 'caffe']
  ])('is told: %s, %s', (name, preprocess, kind, instead) => {
    expect(doubt(name, preprocess, PICTURES.photograph)).toMatchObject({ name: kind, instead });
  });

  it('of a net of one’s own is told by what it answers', () => {
    const told = doubt('own', null, PICTURES.photograph, { shares: CERTAIN });
    expect(told).toMatchObject({ name: 'not-scaled', instead: 'scale' });
    expect(doubt('own', 'scale', PICTURES.photograph, { shares: CERTAIN })).toBeNull();
    expect(doubt('own', null, [0, 255], { shares: CERTAIN, isTensor: true })).toMatchObject({ name: 'not-scaled' });
  });

  it.each([201, -1718])('of a net of one sigmoid unit is told by its logit, %f', logit => {
    const told = doubt('own', null, PICTURES.photograph, { ...UNIT, logits: [logit] });
    expect(told).toMatchObject({ name: 'not-scaled', instead: 'scale' });
    expect(english(told!.text)).toContain(`has the logit ${logit === 201 ? '201' : '-1720'}, far beyond`);
    const tensor = doubt('own', null, [0, 255], { ...UNIT, logits: [logit], isTensor: true });
    expect(tensor).toMatchObject({ name: 'not-scaled' });
    expect(doubt('own', 'scale', PICTURES.photograph, { ...UNIT, logits: [logit] })).toBeNull();
  });

  it('of a net of two softmax classes is told by the logit of the surer one', () => {
    const two = (...logits: number[]) => doubt('own', null, PICTURES.photograph, { shares: [0, 1], logits });
    const told = two(-310, 240);
    expect(told).toMatchObject({ name: 'not-scaled', instead: 'scale' });
    expect(english(told!.text)).toContain('surer class has the logit 240, far beyond where its softmax is 1');
    // The largest of trained nets: docs/decisions/0016.
    expect(two(15, 121)).toBeNull();
  });

  it('of digits of 0..16 becomes what 0..255 would have been', () => {
    for (const [preprocess, range] of [
      ['scale', [0, 1]],
      ['tf', [-1, 1]]
    ] as const) {
      const told = doubt('gray', preprocess, DIGIT);
      expect(told?.name).toBe('of-sixteen');
      const fed = fedOf(told?.instead ?? null, DIGIT, 1);
      fed.forEach((value, i) => expect(value).toBeCloseTo(range[i], 6));
      expect(doubt('gray', told?.instead ?? null, DIGIT)).toBeNull();
      expect(doubt('own', preprocess, DIGIT)).toBeNull();
    }
  });

  it('of digits of 0..16 that are given as they are is asked', () => {
    const told = doubt('gray', null, DIGIT);
    expect(told?.name).toBe('of-sixteen');
    expect(english(told!.text)).toMatch(/given them as they are, 0 … 16: were they scaled to 0 … 1 in training\?$/);
    const instead = told?.instead ?? null;
    fedOf(instead, DIGIT, 1).forEach((value, i) => expect(value).toBeCloseTo(i, 6));
    expect(isOfSixteen(instead)).toBe(true);
    expect(doubt('gray', instead, DIGIT)).toBeNull();
    expect(doubt('Rescaling(1/16), gray', null, DIGIT)).toBeNull();
    expect(doubt('own', null, DIGIT)).toBeNull();
  });

  it.each<[Preprocess, boolean]>([
    [{ mean: [0], std: [16 / 255] }, true],
    [{ mean: [8 / 255], std: [8 / 255] }, true],
    [{ mean: [0], std: [1] }, false],
    [{ mean: [0.5], std: [0.5] }, false],
    ['scale', false],
    [null, false]
  ])('takes 16 for white: %j, %s', (preprocess, is) => {
    expect(isOfSixteen(preprocess)).toBe(is);
  });

  it('of a tensor only Python can change, and is told what to write', () => {
    const told = doubt('Rescaling(1/255)', null, [0, 1], { isTensor: true });
    expect(told).not.toHaveProperty('instead');
    expect(told && english(told.python)).toBe(
      'give the picture of 0 … 255 in place of the tensor, and preprocess=None'
    );
    expect(english(doubt('Rescaling(2, -1)', null, [0, 255], { isTensor: true })!.python)).toBe('image / 255');
    expect(english(doubt('MobileNetV2', null, PICTURES.photograph)!.python)).toBe('preprocess="tf"');
  });

  it('is not asked of values that are no picture', () => {
    const model = { ...MODELS['Rescaling(1/255)'], inputs: [{ name: 'image', shape: [null, 20] }] };
    const run = { fed: { image: [0, 1] as [number, number] }, outputs: {}, output: null, ending: null };
    expect(doubtOf(model, { preprocess: 'scale' }, { name: 'a', picture: '' }, { run })).toBeNull();
  });
});
