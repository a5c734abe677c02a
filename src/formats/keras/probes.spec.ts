/** Operators in files that Keras wrote: they run and give Keras' numbers, gradients too (conformance/probes). */
import { beforeAll, describe, it } from 'vitest';
import { NODE_BACKENDS, useBackend } from '../../engine/testing/backends';
import { runGraph } from '../../engine/testing/run-graph';
import { expectProbe, probes, readProbe } from '../testing/probes';

describe.each(NODE_BACKENDS)('on %s', backend => {
  beforeAll(() => useBackend(backend));

  it.each(probes())('%s', async (_, probe) => {
    const graph = await readProbe(probe);
    const { output, gradients } = await runGraph(graph, probe.inputs, probe.seed);
    expectProbe(probe, output, gradients);
    graph.dispose();
  });
});
