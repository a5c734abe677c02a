/** Every dialect against what Keras itself says of the model. */
import { describe, expect, it } from 'vitest';
import { layerClass } from '../graph/classes';
import type { GraphNode, ModelGraph } from '../graph/model-graph';
import { readModel } from './index';
import { bytesOf, type DescribedLayer, type DescribedModel, jsonOf, modelFiles } from './testing/reader-data';

/** Operators by a wrapper of Keras 2 carry the function's name, not the wrapper's. */
const WRAPPERS = new Set(['TFOpLambda']);

const PICKS = new Set(['GetItem', 'Stack', 'SlicingOpLambda']);

function roleIn(layer: DescribedLayer, role: string): string {
  return layer.class.startsWith('DepthwiseConv') && role === 'kernel' ? 'depthwise_kernel' : role;
}

function expectWeights(node: GraphNode, layer: DescribedLayer): void {
  const roles = Object.keys(layer.weights).map(role => roleIn(layer, role));
  expect(Object.keys(node.weights).sort(), node.id).toEqual(roles.sort());
  for (const [role, { shape, values }] of Object.entries(layer.weights)) {
    const weight = node.weights[roleIn(layer, role)];
    expect(weight.shape, `${node.id} ${role}`).toEqual(shape);
    expect(Array.from(weight.read()), `${node.id} ${role}`).toEqual(values.map(value => Math.fround(value ?? NaN)));
  }
}

function expectLayer(graph: ModelGraph, layer: DescribedLayer, models: ReadonlySet<string>): void {
  const byId = new Map(graph.nodes.map(node => [node.id, node]));
  layer.shapes.forEach((shape, call) => {
    const id = call ? `${layer.id}@${call}` : layer.id;
    const node = byId.get(id);
    expect(node, id).toBeDefined();
    if (!node) {
      return;
    }
    expect(node.outputShape, id).toEqual(shape);
    if (!WRAPPERS.has(layer.class)) {
      expect(node.className, id).toBe(layer.class);
    }
    const parents = layer.parents[call];
    if (!layer.nested && !parents.some(parent => models.has(parent))) {
      const inputs = node.inputs.flatMap(input =>
        'node' in input && !input.node.includes('/constant') ? [input.node.replace(/@\d+$/, '')] : []
      );
      expect(new Set(inputs), id).toEqual(new Set(parents));
    }
    expectWeights(node, layer);
  });
}

describe.each(modelFiles())('%s', file => {
  it('has the topology, shapes and weights that Keras says', async () => {
    const described = jsonOf<DescribedModel>(`${file}.json`);
    const graph = await readModel(bytesOf(file), file);
    try {
      const models = new Set(described.models);
      // A nested model's inputs are the values that it is called with, not nodes.
      // Indexing and stacking become other nodes: pick-channels.spec looks at them.
      const layers = described.layers.filter(
        ({ nested, class: name }) => !(name === 'InputLayer' && nested) && !PICKS.has(name)
      );
      layers.forEach(layer => expectLayer(graph, layer, models));
      expect(graph.name).toBe(described.name);
      expect(graph.kerasVersion).toBe(described.version);
      expect(graph.format).toBe(file.endsWith('.h5') ? 'keras-h5' : 'keras-zip');
      expect(graph.inputs.map(input => input.shape)).toEqual(described.inputs);
      expect(graph.outputs.map(output => output.shape)).toEqual(described.outputs);
      expect(graph.unsupported).toEqual([]);
      expect(graph.nodes.filter(node => !layerClass(node.op))).toEqual([]);
      expect(new Set(graph.nodes.map(node => node.id)).size).toBe(graph.nodes.length);
    } finally {
      graph.dispose();
    }
  });
});
