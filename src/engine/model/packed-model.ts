/** Takes an open model apart into what can be sent to another worker, and puts it together there. */
import { type ModelGraph, type WeightRef, withValues } from '../../graph/model-graph';
import { message, MessageError } from '../../messages/message';
import type { PackedModel, PackedWeight } from '../protocol/helpers';
import type { OpenModel } from './open-model';

const BYTES_PER_VALUE = 4;

/** Bytes of a model's weights as float32, those of shared layers counted once. */
export const weightBytes = ({ graph }: OpenModel): number =>
  weightsOf(graph).reduce((sum, { shape }) => sum + BYTES_PER_VALUE * shape.reduce((a, b) => a * b, 1), 0);

const weightsOf = ({ nodes }: Pick<ModelGraph, 'nodes'>): WeightRef[] => [
  ...new Set(nodes.flatMap(({ weights }) => Object.values(weights)))
];

/** The model with copies of all its weights. */
export function packed({ graph, summary }: OpenModel): PackedModel {
  const { nodes, ...rest }: Omit<ModelGraph, 'dispose'> & Partial<Pick<ModelGraph, 'dispose'>> = graph;
  // Functions cannot be sent.
  delete rest.dispose;
  const refs = weightsOf(graph);
  const places = new Map(refs.map((ref, i) => [ref, i]));
  return {
    summary,
    graph: {
      ...rest,
      nodes: nodes.map(node => ({
        ...node,
        weights: Object.fromEntries(
          Object.entries(node.weights).map(([role, ref]) => [role, places.get(ref) as number])
        )
      }))
    },
    weights: refs.map(packedWeight)
  };
}

function packedWeight(ref: WeightRef): PackedWeight {
  const { name, shape, dtype } = ref;
  try {
    return { name, shape, dtype, values: withValues(ref, values => values.slice()) };
  } catch {
    // Of a layer that cannot run: whoever needs it is told so.
    return { name, shape, dtype, values: null };
  }
}

export function unpacked({ graph, weights }: PackedModel): ModelGraph {
  const refs = weights.map(({ values, ...rest }): WeightRef => {
    const known = (): Float32Array => {
      if (!values) {
        throw new MessageError(message('the weight %1 could not be read', rest.name));
      }
      return values;
    };
    return { ...rest, read: () => known().slice(), lend: take => take(known()) };
  });
  return {
    ...graph,
    nodes: graph.nodes.map(node => ({
      ...node,
      weights: Object.fromEntries(Object.entries(node.weights).map(([role, place]) => [role, refs[place]]))
    })),
    dispose: () => undefined
  };
}
