/** Operators in files that Keras wrote: they run and give Keras' numbers, gradients too (conformance/probes). */
import { beforeAll, describe, expect, it } from 'vitest';
import { NODE_BACKENDS, useBackend } from '../../engine/testing/backends';
import { runGraph } from '../../engine/testing/run-graph';
import { layerInfos } from '../../graph/layers';
import { english } from '../../messages/message';
import type { StandIns } from '../../mime/payload';
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

it.each(probes(true))('%s is refused', async (_, probe) => {
  const graph = await readFile(probe);
  const [{ reason }] = graph.unsupported;
  expect(english(reason)).toContain(probe.refused);
  graph.dispose();
});

it.each([
  ['glu', 0],
  ['each step: Conv2D', 111]
])('%s is one layer to the user, whatever it is made of', async (name, parameters) => {
  const [[, probe]] = probes().filter(([title]) => title.startsWith(`${name} (`));
  const graph = await readProbe(probe);
  const [input, layer, ...others] = layerInfos(graph);
  expect(others).toEqual([]);
  expect(layer).toMatchObject({ inputs: [input.id], parameters, unsupported: null });
  expect(graph.nodes.filter(({ partOf }) => partOf === layer.id).length).toBeGreaterThan(1);
  graph.dispose();
});

it('a layer sees the inputs that lead to it', async () => {
  const [[, probe]] = probes().filter(([title]) => title.startsWith('Dot 1 normalize False'));
  const graph = await readProbe(probe);
  const infos = layerInfos(graph);
  const names = graph.inputs.map(({ name }) => name);
  expect(names).toHaveLength(2);
  expect(infos.map(({ sees }) => sees)).toEqual([[names[0]], [names[1]], names]);
  graph.dispose();
});

it('a layer of which a part cannot run says why, not that it comes after one', async () => {
  const [[, probe]] = probes(true).filter(([title]) => title.startsWith('diff of samples'));
  const graph = await readFile(probe);
  const [, layer] = layerInfos(graph);
  expect(graph.unsupported.map(({ node }) => node)).toEqual(['diff']);
  expect(layer.unsupported && english(layer.unsupported)).toContain(probe.refused);
  graph.dispose();
});

const customs = probes().filter(([, { table }]) => table === 'customs');

it.each(customs)('%s says how to declare it, and that it was', async (_, probe) => {
  const [key] = Object.keys(probe.layers);
  const undeclared = await readFile(probe, {});
  const [{ reason }] = undeclared.unsupported;
  expect(english(reason)).toMatch(/layers=\{"\w+": "identity"\}/);
  undeclared.dispose();
  const graph = await readProbe(probe);
  expect(graph.notices?.map(english).join()).toMatch(new RegExp(`as you declared: (\\S.*\\(${key}\\)|${key}\\.)`));
  graph.dispose();
});

it.each<[standIns: StandIns, said: RegExp]>([
  [{ Fixed: 'identity' }, /declares “Fixed”, but .* has no layer of that class or name/],
  [{ Conv2D: 'identity' }, /declares “Conv2D”, but GradLens runs that layer of .* by itself/],
  [
    { FixedDropout: { class: 'Dropuot' } },
    /as the class “Dropuot”, which GradLens does not run. Did you mean .*Dropout/
  ],
  [{ FixedDropout: { class: 'XYZ' } }, /as the class “XYZ”, which GradLens does not run; it runs .*Conv2D/],
  [{ FixedDropout: { class: 'Softmax', axes: 1 } }, /with axes, which the class Softmax does not take/]
])('refuses a declaration %j', async (standIns, said) => {
  await expect(readFile(customs[0][1], standIns)).rejects.toThrow(said);
});
