/** Flat nodes and weights to the ModelGraph, with what cannot run said in words. */
import { ModelError, type GraphNode, type ModelGraph, type Shape, type Unsupported, type WeightRef } from '../../graph/model-graph';
import { inferShape, inputShapes } from '../../graph/shape-inference';
import { spellShape } from '../../graph/shape-rules';
import { SUPPORTED_ACTIVATIONS, SUPPORTED_OPS } from '../../graph/supported-ops';
import { fits, weightShapes } from '../../graph/weight-shapes';
import { flatten, type FlatNode } from './flatten';
import { shapeOf } from './json';
import { mergePicks, pickByConvolution } from './pick-channels';
import { sliceOf } from './slices';
import { weightRoles } from './roles';
import type { LayerSpec, ModelSpec } from './spec';
import type { WeightSource } from './weight-source';

/** What the file says of itself. */
export interface Origin {
  fileName: string;
  format: string;
  kerasVersion: string | null;
  dispose(): void;
}

type Weights = Readonly<Record<string, WeightRef>>;

/** Puts the graph together. Throws ModelError when the model has no layers that fit together. */
export function buildGraph(spec: ModelSpec, source: WeightSource, origin: Origin): ModelGraph {
  const flat = flatten(spec, origin.fileName);
  const weightsOf = new Map<LayerSpec, Weights>();
  const shapes = new Map<string, Shape>();
  const unsupported: Unsupported[] = [];
  const nodes = mergePicks(flat.nodes, new Set(flat.outputs.map(output => output.node))).map(original => {
    const inputs = inputShapes(original, shapes);
    const pick = pickByConvolution(original, inputs[0] ?? []);
    const node = pick?.node ?? sliceOf(original, inputs[0] ?? []) ?? original;
    const found = pick ? { kernel: pick.kernel } : node.constant ? { value: node.constant } : findWeights(node, source, weightsOf);
    const shape = shapeOrProblem(node, inputs, origin.fileName);
    const reason = problemOf(node) ?? (typeof shape === 'string' ? shape : null) ?? weightProblem(node, found, inputs[0] ?? []);
    if (reason !== null) {
      unsupported.push({ node: node.id, op: node.className, reason });
    }
    const outputShape = typeof shape === 'string' || shape.length === 0 ? (node.knownShape ?? []) : shape;
    shapes.set(node.id, outputShape);
    return graphNode(node, found, inputs, outputShape);
  });
  const shapeAt = (id: string) => shapes.get(id) ?? [];
  return {
    name: spec.name,
    format: origin.format,
    kerasVersion: origin.kerasVersion,
    nodes,
    inputs: flat.inputs.map(node => ({ node, name: node, shape: shapeAt(node) })),
    outputs: flat.outputs.map(({ node, name }) => ({ node, name, shape: shapeAt(node) })),
    unsupported,
    parameterCount: countValues([...weightsOf.values()]),
    dispose: () => origin.dispose()
  };
}

function graphNode(node: FlatNode, weights: Weights, inputs: Shape[], outputShape: Shape): GraphNode {
  // Flattening a channels-first image needs to know that it is one.
  const attributes = node.op === 'Flatten' ? { ...node.attributes, input_rank: inputs[0]?.length ?? 0 } : node.attributes;
  return { id: node.id, op: node.op, className: node.className, attributes, inputs: node.inputs, weights, outputShape };
}

/** Layers that are called twice share their weights. */
function findWeights(node: FlatNode, source: WeightSource, known: Map<LayerSpec, Weights>): Weights {
  if (!node.home || node.problem) {
    return {};
  }
  const shared = known.get(node.home.spec);
  if (shared) {
    return shared;
  }
  const found = source.find(node.home, node.op, weightRoles(node.op, node.attributes));
  known.set(node.home.spec, found);
  return found;
}

function shapeOrProblem(node: FlatNode, inputs: Shape[], fileName: string): Shape | string {
  if (node.op === 'InputLayer') {
    const shape = shapeOf(node.attributes.batch_shape ?? node.attributes.batch_input_shape);
    if (!shape) {
      throw new ModelError(
        `${fileName} does not say what shape its input ${node.id} has. Begin the model with keras.Input(shape=...), ` +
          'or call it once, and save it again.'
      );
    }
    return [null, ...shape.slice(1)];
  }
  try {
    return node.problem ? [] : inferShape(node, inputs);
  } catch (error) {
    if (error instanceof ModelError) {
      return error.message;
    }
    throw error;
  }
}

/** Why a node cannot run, from its class and config alone. */
function problemOf(node: FlatNode): string | null {
  const layer = `The layer ${node.id}`;
  if (node.problem) {
    return `${layer} (${node.className}) ${node.problem}, so it cannot run here. The feature maps of the layers before it can still be seen.`;
  }
  if (node.op === 'Lambda') {
    return `${layer} is a Lambda, which holds Python code that GradLens does not run. The feature maps of the layers before it can still be seen.`;
  }
  if (node.op.startsWith('op:') && !SUPPORTED_OPS.has(node.op)) {
    return `${layer} (${node.className}) is an operation that GradLens cannot run. The feature maps of the layers before it can still be seen.`;
  }
  const kind = foreignKind(node.op);
  if (kind) {
    return `${layer} (${node.className}) ${kind}. The feature maps of the layers before it can still be seen.`;
  }
  if (!SUPPORTED_OPS.has(node.op)) {
    return `${layer} is of the class ${node.className}, which GradLens cannot run. The feature maps of the layers before it can still be seen.`;
  }
  const activation = node.attributes.activation;
  if (activation !== undefined && !SUPPORTED_ACTIVATIONS.has(String(activation))) {
    return `${layer} (${node.className}) uses the activation ${String(activation)}, which GradLens does not know. The feature maps of the layers before it can still be seen.`;
  }
  return null;
}

/** What GradLens is not for, to follow the layer's name, or null. */
function foreignKind(op: string): string | null {
  if (/3D(Transpose)?$/.test(op)) {
    return 'works on volumes or videos (three image axes), and GradLens shows images and signals only';
  }
  if (/^(LSTM|GRU|SimpleRNN|RNN|Bidirectional|ConvLSTM\dD|StackedRNNCells|LSTMCell|GRUCell|SimpleRNNCell)$/.test(op)) {
    return 'is a recurrent layer, which GradLens cannot run';
  }
  return op === 'TimeDistributed' ? 'applies a layer to each step of a sequence, which GradLens cannot run: show one step of it, a picture, with the inner model' : null;
}

/** Why a node cannot run, from its weights. */
function weightProblem(node: FlatNode, weights: Weights, input: Shape): string | null {
  const expected = input.length ? weightShapes(node.op, node.attributes, input) : {};
  for (const role of node.home ? weightRoles(node.op, node.attributes) : []) {
    const weight = weights[role];
    if (!weight) {
      if (role === 'count') {
        continue;
      }
      return `The weight ${role} of the layer ${node.id} (${node.className}) is missing from the file. Save the model again with model.save().`;
    }
    if (expected[role] && !fits(weight.shape, expected[role])) {
      return (
        `The weight ${role} of the layer ${node.id} (${node.className}) has the shape ${spellShape(weight.shape)}, ` +
        `but the layer needs ${spellShape(expected[role])}. Save the model again with model.save().`
      );
    }
  }
  return null;
}

function countValues(all: Weights[]): number {
  return all.flatMap(weights => Object.values(weights)).reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1), 0);
}
