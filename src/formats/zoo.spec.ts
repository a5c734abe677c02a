/** The layers and shapes of keras.applications against Keras' own, from configs alone. */
import { describe, expect, it } from 'vitest';
import type { Shape } from '../graph/model-graph';
import { shapesFor } from '../graph/shape-inference';
import { english } from '../messages/message';
import { buildGraph } from './keras/build-graph';
import { parseModel } from './keras/config/parse-model';
import { jsonOf, zooFiles } from './testing/reader-data';

interface DescribedArchitecture {
  config: unknown;
  layers: Record<string, Shape>;
}

describe.each(zooFiles())('%s', file => {
  it('has the shapes that Keras says', () => {
    const described = jsonOf<DescribedArchitecture>(`zoo/${file}`);
    const graph = buildGraph(
      parseModel(described.config, file),
      { find: () => ({}) },
      { fileName: file, format: 'none', kerasVersion: null, dispose: () => undefined }
    );
    const shapes = Object.fromEntries(graph.nodes.map(node => [node.id, node.outputShape]));
    expect(shapes).toEqual(described.layers);
    // Without weights, and only for that, layers cannot run.
    expect(
      graph.unsupported.filter(({ reason }) => !/^The weight \w+ of the layer .* is missing/.test(english(reason)))
    ).toEqual([]);
    const again = shapesFor({ ...graph, unsupported: [] }, {});
    expect(Object.fromEntries(again)).toEqual(described.layers);
  });
});
