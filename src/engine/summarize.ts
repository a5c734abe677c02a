/** What a page is told of a model. */
import { defaultLayer, layerInfos } from '../graph/layers';
import type { ModelGraph } from '../graph/model-graph';
import type { ModelSummary, OpenParams } from './protocol';

export function summarize(graph: ModelGraph, params: OpenParams, bytes: number): ModelSummary {
  const pick = ({ name, shape }: { name: string; shape: (number | null)[] }) => ({ name, shape });
  return {
    model: params.model,
    name: params.name,
    format: graph.format,
    kerasVersion: graph.kerasVersion,
    inputs: graph.inputs.map(pick),
    outputs: graph.outputs.map(pick),
    layers: layerInfos(graph),
    defaultLayer: defaultLayer(graph),
    parameters: graph.parameterCount,
    bytes,
    notices: graph.unsupported.map(({ reason }) => reason)
  };
}
