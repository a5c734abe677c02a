import { beforeAll, expect, it } from 'vitest';
import { useBackend } from '../../testing/backends';
import { engineOf, request } from '../../testing/engines';
import { graphOf, node, noise, weight } from '../../testing/graphs';

beforeAll(() => useBackend('cpu'));

const VALUES = noise(3, 5);

async function logits(units: number, activation: string, wanted = {}): Promise<number[] | undefined> {
  const dense = { kernel: weight('kernel', [3, units], 1), bias: weight('bias', [units], 2) };
  const nodes = [
    node('x', 'InputLayer', [], [null, 3]),
    node('y', 'Dense', ['x'], [null, units], { activation }, dense)
  ];
  const engine = await engineOf(graphOf(nodes));
  const run = await engine.run(request({ shape: [1, 3], data: VALUES }, wanted));
  engine.close('model');
  return run.logits;
}

/** x W + b, by hand. */
const byHand = (units: number): number[] =>
  Array.from({ length: units }, (_, unit) =>
    VALUES.reduce((sum, value, i) => sum + value * noise(3 * units, 1)[i * units + unit], noise(units, 2)[unit])
  );

it.each([
  ['two of a softmax', 2, 'softmax'],
  ['one sigmoid unit', 1, 'sigmoid']
] as const)('come with every run of %s, whatever is explained', async (_, units, activation) => {
  for (const score of ['logit', 'probability'] as const) {
    const found = await logits(units, activation, { score, gradients: ['x'] });
    expect(found).toHaveLength(units);
    byHand(units).forEach((value, i) => expect(found![i]).toBeCloseTo(value, 6));
  }
});

it.each([
  [3, 'softmax'],
  [2, 'sigmoid'],
  [2, 'linear'],
  [1, 'linear']
])('do not come of %i units that end in %s', async (units, activation) => {
  expect(await logits(units, activation)).toBeUndefined();
});
