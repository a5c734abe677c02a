/** Operators in files that Keras wrote: they run and give Keras' numbers, gradients too (conformance/probes). */
import { beforeAll, describe, expect, it } from 'vitest';
import { NODE_BACKENDS, useBackend } from '../../engine/testing/backends';
import { runGraph } from '../../engine/testing/run-graph';
import { english } from '../../messages/message';
import { expectProbe, probes, readFile, readProbe } from '../testing/probes';

describe.each(NODE_BACKENDS)('on %s', backend => {
  beforeAll(() => useBackend(backend));

  it.each(probes())('%s', async (_, probe) => {
    const graph = await readProbe(probe);
    const { output, gradients } = await runGraph(graph, probe.inputs, probe.seed);
    expectProbe(probe, output, gradients);
    graph.dispose();
  });
});

it.each(probes(true))('%s is refused', async (_, { file, refused }) => {
  const graph = await readFile(file);
  const [{ reason }] = graph.unsupported;
  expect(english(reason)).toContain(refused);
  graph.dispose();
});
