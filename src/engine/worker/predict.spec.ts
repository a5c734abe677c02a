/** Predictions of many inputs at once, beside those of each alone. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { ModelGraph } from '../../graph/model-graph';
import { english, verbatim } from '../../messages/message';
import type { EngineInput } from '../protocol/protocol';
import { NODE_BACKENDS, useBackend } from '../testing/backends';
import { engineOf, request } from '../testing/engines';
import { graphOf, node, noise, smallCnn } from '../testing/graphs';
import { relativeError } from '../testing/numbers';

const shape = [1, 8, 8, 3];
const sample = (seed: number, size = shape): Record<string, EngineInput> => ({
  '': {
    kind: 'tensor',
    tensor: {
      shape: size,
      data: noise(
        size.reduce((a, b) => a * b),
        seed
      )
    }
  }
});

/** Takes the largest value of all samples from each. */
const mixing = (): ModelGraph =>
  graphOf([
    node('image', 'InputLayer', [], [null, 8, 8, 3]),
    node('most', 'op:reduce', ['image'], [1, 8, 8, 3], { kind: 'max', axis: [0], keepdims: true }),
    node('less', 'Subtract', ['image', 'most'], [null, 8, 8, 3]),
    node('gap', 'GlobalAveragePooling2D', ['less'], [null, 3])
  ]);

describe.each(NODE_BACKENDS)('predictions on %s', backend => {
  beforeAll(() => useBackend(backend));

  it.each([
    ['a model that takes samples apart', smallCnn, 'dense'],
    ['a model that mixes them', mixing, 'gap']
  ])('are those of each alone: %s', async (_, graph, output) => {
    const engine = await engineOf(graph());
    const seeds = [1, 2, 3, 4, 5];
    const together = await engine.predict({ model: 'model', samples: seeds.map(seed => sample(seed)) });
    for (const [i, seed] of seeds.entries()) {
      const { kind, ...input } = sample(seed)[''];
      expect(kind).toBe('tensor');
      const tensor = (input as { tensor: { shape: number[]; data: Float32Array } }).tensor;
      const alone = await engine.run(request(tensor, { inputKey: String(seed) }));
      const found = Float32Array.from(together[i].scores?.[output] ?? []);
      expect(found).toHaveLength(alone.outputs[output].data.length);
      expect(relativeError(alone.outputs[output].data, found)).toBeLessThan(1e-5);
    }
    engine.close('model');
  });

  it('of an input that the model does not take are a sentence; the others have theirs', async () => {
    const engine = await engineOf(smallCnn());
    const [first, second, third] = await engine.predict({
      model: 'model',
      samples: [sample(1), sample(2, [1, 9, 8, 3]), sample(3)]
    });
    expect(english(second.problem ?? verbatim('none'))).toContain('The input has shape (1, 9, 8, 3)');
    expect([first, third].map(({ scores }) => scores?.dense.length)).toEqual([5, 5]);
    engine.close('model');
  });

  it('stop when they are cancelled', async () => {
    const engine = await engineOf(smallCnn());
    const cancelled = engine.predict({ model: 'model', samples: [sample(1)] }, { cancel: { aborted: true } });
    await expect(cancelled).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
    engine.close('model');
  });
});
