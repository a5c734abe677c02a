import { describe, expect, it } from 'vitest';
import { scorePoints } from '../../plan/score-points';
import type { Step } from '../../plan/step';
import { scoreOf } from './score';

const step = (id: string, op: Step['op'], from: string, attributes = {}): Step => ({
  id,
  layer: id,
  op,
  attributes,
  inputs: [{ value: from }],
  weights: {}
});

describe('scorePoints', () => {
  it('finds the logits behind a softmax, also through an identity', () => {
    const steps = [
      step('dense#0', 'dense', 'x'),
      step('dense', 'activation', 'dense#0', { activation: 'softmax' }),
      step('drop', 'identity', 'dense')
    ];
    expect(scorePoints(steps, 'dense')).toEqual({
      output: 'dense',
      logits: 'dense#0',
      ending: 'softmax',
      behind: null
    });
    expect(scorePoints(steps, 'drop').logits).toBe('dense#0');
  });

  it('takes the output itself where no softmax ends the model', () => {
    const steps = [step('dense', 'activation', 'x', { activation: 'relu' })];
    expect(scorePoints(steps, 'dense')).toEqual({ output: 'dense', logits: 'dense', ending: 'none', behind: null });
  });

  it.each([
    ['flatten', 'softmax', 'moved'],
    ['reshape', 'sigmoid', 'moved'],
    ['concatenate', 'softmax', 'moved'],
    ['conv2d', 'softmax', null],
    ['pick', 'softmax', 'moved'],
    ['reduce', 'softmax', 'moved'],
    ['elementFunction', 'sigmoid', 'moved'],
    ['globalMax', 'sigmoid', 'moved'],
    ['rescaling', 'softmax', 'moved'],
    ['average', 'softmax', 'moved'],
    ['resizing', 'softmax', 'moved'],
    ['upSampling2d', 'softmax', 'moved'],
    ['splitSteps', 'softmax', 'moved'],
    ['where', 'softmax', 'moved'],
    ['stack', 'sigmoid', 'moved'],
    ['elementFunction', 'relu', null],
    ['flatten', 'relu', null]
  ] as const)('names what stands behind probabilities: %s of %s gives %s', (op, activation, behind) => {
    const steps = [step('inner', 'activation', 'x', { activation }), step('moved', op, 'inner')];
    expect(scorePoints(steps, 'moved').behind).toBe(behind);
  });

  it.each([
    ['one minus a sigmoid', 'subtract', [{ constant: 1 }, { value: 'p' }], 'out'],
    ['the mean of two heads', 'average', [{ value: 'p' }, { value: 'q' }], 'out'],
    ['a head and itself', 'multiply', [{ value: 'p' }, { value: 'p' }], 'out'],
    ['a head times an array', 'multiply', [{ value: 'p' }, { value: 'array' }], 'out'],
    ['features that a sigmoid gates', 'multiply', [{ value: 'p' }, { value: 'dense' }], null],
    ['features and the input', 'add', [{ value: 'dense' }, { value: 'x' }], null]
  ] as const)('of %s, where all that it computes with are probabilities', (_, op, inputs, behind) => {
    const steps = [
      step('dense', 'dense', 'x'),
      step('p', 'activation', 'dense', { activation: 'sigmoid' }),
      step('q', 'activation', 'dense', { activation: 'softmax' }),
      { ...step('array', 'constant', 'x'), inputs: [] },
      { ...step('out', op, 'x'), inputs: [...inputs] }
    ];
    expect(scorePoints(steps, 'out').behind).toBe(behind);
  });

  it('finds no logit of log-probabilities', () => {
    const steps = [step('log', 'activation', 'x', { activation: 'log_softmax' })];
    expect(scorePoints(steps, 'log').behind).toBe('log');
  });
});

describe('scoreOf', () => {
  it("takes each sample's own highest class", () => {
    const { targets, seed } = scoreOf(new Float32Array([1, 3, 2, 9, 8, 7]), [2, 3], null, 'logit', 'softmax');
    expect(targets).toEqual([
      { index: 1, score: 3 },
      { index: 0, score: 9 }
    ]);
    expect([...seed]).toEqual([0, 1, 0, 1, 0, 0]);
  });

  it('takes the class asked for', () => {
    expect(scoreOf(new Float32Array([1, 3, 2]), [1, 3], 2, 'logit', 'softmax').targets).toEqual([
      { index: 2, score: 2 }
    ]);
  });

  it('gives one sigmoid unit two classes', () => {
    const at = (z: number, target: number | null, kind: 'logit' | 'probability') => {
      const { targets, seed } = scoreOf(new Float32Array([z]), [1, 1], target, kind, 'sigmoid');
      return [targets[0].index, targets[0].score, seed[0]];
    };
    expect(at(-2, null, 'logit')).toEqual([0, 2, -1]);
    expect(at(-2, 1, 'logit')).toEqual([1, -2, 1]);
    expect(at(0.75, null, 'probability')).toEqual([1, 0.75, 1]);
    expect(at(0.75, 0, 'probability')).toEqual([0, 0.25, -1]);
  });

  it('takes the mean of a channel where there is no head', () => {
    const { targets, seed } = scoreOf(new Float32Array([0, 5, 1, 6, 2, 7, 3, 8]), [1, 2, 2, 2], null, 'logit', 'none');
    expect(targets).toEqual([{ index: 1, score: 6.5 }]);
    expect([...seed]).toEqual([0, 0.25, 0, 0.25, 0, 0.25, 0, 0.25]);
  });

  it('says how many classes there are', () => {
    expect(() => scoreOf(new Float32Array(3), [1, 3], 3, 'logit', 'softmax')).toThrow(
      "There is no class 3: the model's output has 3 classes, numbered 0 to 2."
    );
    expect(() => scoreOf(new Float32Array(1), [1, 1], 1, 'logit', 'none')).toThrow('has one, number 0');
  });
});
