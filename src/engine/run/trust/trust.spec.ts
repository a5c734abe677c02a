/** Checks of maps through the whole engine, against TensorFlow, NumPy and SciPy on the small network. */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { MethodName } from '../../../explain/names';
import { LAYER, network, picture, TARGET } from '../../../explain/testing/network';
import type { CurveConvention, Curves } from '../../../explain/trust/curves';
import { english } from '../../../messages/message';
import type { Progress, RunParams } from '../../protocol/protocol';
import type {
  AdviceFindings,
  AgreementFindings,
  CurveFindings,
  RandomisationFindings,
  RandomisationOrder,
  TrustCheck
} from '../../protocol/trust';
import { NODE_BACKENDS, useBackend } from '../../testing/backends';
import { engineOf, request } from '../../testing/engines';
import { readReference } from '../../testing/references';

const folder = join(dirname(fileURLToPath(import.meta.url)), '../../../../conformance');
type Randomised = Record<RandomisationOrder, RandomisationFindings['stages']>;
const reference = readReference<
  Record<'grad-cam' | 'input-x-gradient', Randomised> & {
    curves: Record<CurveConvention, Curves>;
    agreement: number[][];
  }
>(join(folder, 'data/explain/trust.json'), 'conformance/explain/trust.py');

const first = { shape: [1, 16, 20, 3], data: picture().data.slice(0, 960) };
const wanted = (trust: TrustCheck, more: Partial<RunParams> = {}): RunParams =>
  request(first, { target: TARGET, maps: [LAYER], trust, ...more });

async function check(trust: TrustCheck, more: Partial<RunParams> = {}) {
  const engine = await engineOf(network());
  const result = await engine.run(wanted(trust, more));
  engine.close('model');
  return result.trust;
}

/** Numbers alike to so many digits, in any structure. */
const expectAlike = (found: unknown, expected: unknown, digits = 5): void => {
  if (typeof expected === 'number') {
    expect(found).toBeCloseTo(expected, digits);
  } else if (typeof expected === 'object' && expected !== null) {
    expect(Object.keys(found as object).sort()).toEqual(Object.keys(expected).sort());
    Object.entries(expected).forEach(([key, value]) =>
      expectAlike((found as Record<string, unknown>)[key], value, digits)
    );
  } else {
    expect(found).toEqual(expected);
  }
};

describe.each(NODE_BACKENDS)('on %s', backend => {
  beforeAll(() => useBackend(backend));

  it.each<CurveConvention>(['rise', 'torch-cam', 'xplique'])('deletion and insertion as %s', async convention => {
    const found = (await check({ kind: 'curves', convention, steps: 10 }, { method: 'saliency' })) as CurveFindings;
    expectAlike(found.map, reference.curves[convention]);
    expect(found.shuffled).toHaveLength(2);
  });

  it.each<['grad-cam' | 'input-x-gradient', RandomisationOrder]>([
    ['grad-cam', 'cascading'],
    ['grad-cam', 'independent'],
    ['input-x-gradient', 'cascading'],
    ['input-x-gradient', 'independent']
  ])('%s with random weights, %s', async (method, order) => {
    const found = (await check({ kind: 'randomisation', order, seed: 5 }, { method })) as RandomisationFindings;
    // Ranks of cells whose values differ in the last digits of float32.
    expectAlike(found.stages, reference[method][order], 3);
  });

  it('agreement of methods', async () => {
    const methods: MethodName[] = ['grad-cam', 'saliency'];
    const found = (await check({ kind: 'agreement', methods })) as AgreementFindings;
    expect(found.grid).toEqual([8, 10]);
    expectAlike(found.correlations, reference.agreement.flat(), 3);
  });
});

describe('a check', () => {
  beforeAll(() => useBackend('cpu'));
  const randomisation: TrustCheck = { kind: 'randomisation', order: 'cascading' };
  const advice: TrustCheck = {
    kind: 'advice',
    layers: ['conv1', LAYER],
    methods: ['grad-cam', 'saliency']
  };
  const all: TrustCheck[] = [
    { kind: 'curves', steps: 4 },
    { kind: 'road' },
    randomisation,
    { kind: 'agreement', methods: ['grad-cam', 'occlusion'] },
    advice
  ];

  it('ranks layers and methods by what their own curves say', async () => {
    const { ranked } = (await check(advice)) as AdviceFindings;
    expect(ranked.map(({ layer, method }) => `${method} ${layer}`).sort()).toEqual([
      'grad-cam conv1',
      `grad-cam ${LAYER}`,
      'saliency null'
    ]);
    const gains = ranked.map(({ insertion, deletion }) => insertion - deletion);
    expect(gains).toEqual([...gains].sort((a, b) => b - a));
    for (const { layer, method, deletion, insertion } of ranked) {
      const { map } = (await check(
        { kind: 'curves', shuffles: 0 },
        { method, maps: [layer ?? LAYER] }
      )) as CurveFindings;
      expectAlike([map.deletion.area, map.insertion.area], [deletion, insertion]);
    }
  });

  it('of a method that does not use the head finds that it does not depend on it', async () => {
    const found = (await check(randomisation, { method: 'eigen-cam' })) as RandomisationFindings;
    // The layers dense and last lie behind the one that is explained.
    expect(found.stages.map(({ rank }) => rank !== null && rank > 0.9999)).toEqual([true, true, false, false]);
  });

  it('groups layers in as many stages as are asked for', async () => {
    const found = (await check({ ...randomisation, stages: 2 })) as RandomisationFindings;
    expect(found.stages.map(({ layers }) => layers)).toEqual([
      ['dense', 'last'],
      [LAYER, 'conv1']
    ]);
  });

  it.each(all)('of kind $kind leaves the model as it was, and nothing behind', async trust => {
    const engine = await engineOf(network());
    const before = await engine.run(request(first, { target: TARGET, maps: [LAYER] }));
    await engine.run(wanted(trust));
    const tensors = tf.memory().numTensors;
    await engine.run(wanted(trust));
    expect(tf.memory().numTensors).toBe(tensors);
    const after = await engine.run(request(first, { target: TARGET, maps: [LAYER] }));
    expect(after.maps).toEqual(before.maps);
    engine.close('model');
  });

  it.each(all)('of kind $kind tells how far it is, and stops when cancelled', async trust => {
    const engine = await engineOf(network());
    const cancel = { aborted: false };
    const seen: Progress[] = [];
    const onProgress = (progress: Progress): void => void (progress.phase === 'check' && seen.push(progress));
    await engine.run(wanted(trust), { onProgress });
    expect(seen.at(-1)?.done).toBe(seen[0].total);
    const tensors = tf.memory().numTensors;
    const run = engine.run(wanted(trust), {
      cancel,
      onProgress: ({ phase }) => (cancel.aborted ||= phase === 'check')
    });
    await expect(run).rejects.toMatchObject({ name: 'AbortError' });
    expect(tf.memory().numTensors).toBeLessThanOrEqual(tensors);
    engine.close('model');
  });

  it('leaves out a method that cannot be made, with the reason', async () => {
    const found = (await check(
      { kind: 'agreement', methods: ['saliency', 'grad-cam'] },
      { maps: ['gap'], method: 'saliency' }
    )) as AgreementFindings;
    const { 'grad-cam': problem } = found.problems;
    expect(problem && english(problem)).toContain('gap');
    expect(found.correlations.map(value => value === null)).toEqual([false, true, true, true]);
  });

  it('says that it needs a map', async () => {
    await expect(check({ kind: 'curves' }, { maps: [] })).rejects.toThrow('A check needs a map');
  });
});
