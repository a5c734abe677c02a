/** Every operation, forward and backward, against Keras on TensorFlow (conformance/ops/generate.py). */
import { beforeAll, describe, it } from 'vitest';
import { NODE_BACKENDS, useBackend } from '../testing/backends';
import { expectCase } from '../testing/expect-case';
import { OP_GROUPS, type OpCase, runOpCase } from '../testing/op-case';
import { readReference } from '../testing/references';

describe.each(NODE_BACKENDS)('on %s', backend => {
  beforeAll(() => useBackend(backend));

  describe.each(OP_GROUPS)('%s', group => {
    const cases = readReference<OpCase[]>(`conformance/data/ops/${group}.json`, 'conformance/ops/generate.py');

    it.each(cases.map(test => [test.name, test] as const))('%s', async (_, test) => {
      expectCase(test, await runOpCase(test));
    });
  });
});
