/** Describes a model for the page. */
import { inputScalings } from '../../graph/input-scaling';
import type { ModelDescription } from '../../graph/layer-info';
import { defaultLayer, layerInfos } from '../../graph/layers';
import { addTo } from '../../graph/lists';
import type { ModelGraph } from '../../graph/model-graph';
import { type Message, message } from '../../messages/message';
import type { OpenParams } from '../protocol/protocol';

export function summarize(graph: ModelGraph, params: OpenParams, bytes: number): ModelDescription {
  const pick = ({ name, shape }: { name: string; shape: (number | null)[] }) => ({ name, shape });
  return {
    model: params.model,
    name: params.name,
    format: graph.format,
    kerasVersion: graph.kerasVersion,
    inputs: graph.inputs.map(pick),
    outputs: graph.outputs.map(pick),
    scalings: inputScalings(graph),
    layers: layerInfos(graph),
    defaultLayer: defaultLayer(graph),
    parameters: graph.parameterCount,
    bytes,
    notices: [...(graph.notices ?? []), ...reasons(graph), ...channelsFirstNotice(graph), ...halvesNotice(graph)],
    undeclared: [...new Set(graph.unsupported.flatMap(({ declarable }) => declarable ?? []))]
  };
}

/** Reasons that layers cannot run: one for all of a class that is not known, with the names of the others. */
function reasons({ unsupported }: ModelGraph): Message[] {
  const groups = new Map<string, ModelGraph['unsupported'][number][]>();
  for (const entry of unsupported) {
    const key = entry.declarable ?? entry.node;
    addTo(groups, key, entry);
  }
  return [...groups.values()].flatMap(([first, ...others]) =>
    others.length === 0
      ? [first.reason]
      : [first.reason, message('The same holds for %1.', others.map(({ node }) => node).join(', '))]
  );
}

/** What Keras rounds to half precision is computed in single precision here: docs/decisions/0020 has the sizes. */
function halvesNotice({ nodes }: ModelGraph): Message[] {
  const types = nodes.map(({ attributes }) => /b?float16$/.exec(String(attributes.dtype))?.[0] ?? '').filter(Boolean);
  if (types.length === 0) {
    return [];
  }
  return [
    types.includes('bfloat16')
      ? message(
          'Keras rounds what layers of this model give to %1; GradLens computes them in float32, so its numbers differ by up to two hundredths of the largest, as those of Keras itself do between machines.',
          [...new Set(types)].join(', ')
        )
      : message(
          'Keras rounds what layers of this model give to %1; GradLens computes them in float32, so its numbers differ by up to three thousandths of the largest.',
          [...new Set(types)].join(', ')
        )
  ];
}

/** Such layers run, but what they give is laid out as no map is drawn here. */
function channelsFirstNotice({ nodes }: ModelGraph): Message[] {
  const count = nodes.filter(
    node => node.attributes.data_format === 'channels_first' && node.outputShape.length === 4
  ).length;
  if (count === 0) {
    return [];
  }
  return [
    count === 1
      ? message(
          '1 layer keeps its channels first (data_format="channels_first"): the model runs, but maps are drawn only of layers with channels last. Build the model with channels_last to see all of them.'
        )
      : message(
          '%1 layers keep their channels first (data_format="channels_first"): the model runs, but maps are drawn only of layers with channels last. Build the model with channels_last to see all of them.',
          count
        )
  ];
}
