/** Flat nodes and weights to the ModelGraph, with what cannot run said in words. */
import { layerClass } from '../../graph/classes';
import { ACTIVATION_FUNCTIONS } from '../../graph/classes/activations';
import { unhonouredArgument } from '../../graph/classes/check-arguments';
import { spellShape } from '../../graph/classes/shapes';
import {
  type GraphNode,
  layerOf,
  ModelError,
  type ModelGraph,
  type Shape,
  type Unsupported,
  type WeightRef
} from '../../graph/model-graph';
import { isTaken } from '../../graph/named';
import { inferShape, inputShapes } from '../../graph/shape-inference';
import { type Message, message } from '../../messages/message';
import { givesNumbers } from './config/compiled-loss';
import { shapeOf } from './config/json';
import type { LayerSpec, ModelSpec } from './config/spec';
import { declaredNotices } from './config/stand-ins';
import { FlatNodes } from './flatten/flat-nodes';
import { flatten } from './flatten/flatten';
import { grown } from './flatten/shaped';
import { misplacedBias } from './nodes/bias-add';
import { withChannelAxis } from './nodes/channel-axis';
import { contractionOf } from './nodes/contractions';
import type { FlatNode } from './nodes/flat-node';
import { withMapsBefore } from './nodes/maps-before';
import { mergePicks, pickByConvolution } from './nodes/pick-channels';
import { refusedClass } from './nodes/refused-classes';
import { withSizes } from './nodes/sizes';
import { sliceOf } from './nodes/slices';
import { windowOf } from './nodes/windows';
import { weightRoles } from './weights/roles';
import type { WeightSource } from './weights/weight-source';

/** The file's own description. */
export interface Origin {
  fileName: string;
  format: string;
  kerasVersion: string | null;
  /** The config with which the model was compiled, where the file has one. */
  training?: unknown;
  dispose(): void;
}

type Weights = Readonly<Record<string, WeightRef>>;

/** Puts the graph together. Throws ModelError when the model has no layers that fit together. */
export function buildGraph(spec: ModelSpec, source: WeightSource, origin: Origin): ModelGraph {
  const isByKeras2 = isKeras2(origin.kerasVersion);
  const flat = flatten(spec, origin.fileName, {
    isByKeras2,
    isBeforeMasks: /^(?:[01]|2\.\d)\./.test(origin.kerasVersion ?? '')
  });
  const weightsOf = new Map<LayerSpec, Weights>();
  const shapes = new Map<string, Shape>();
  const ids = [...flat.nodes.map(({ id }) => id), ...flat.outputs.map(({ name }) => name)];
  const taken = ids.find(isTaken);
  if (taken !== undefined) {
    throw new ModelError(
      message(
        '%1 calls a layer or an output “%2”, a name that browsers keep for themselves. Give it another, and save the model again.',
        origin.fileName,
        taken
      )
    );
  }
  const unsupported = new Map<string, Unsupported>();
  const constants = new Map(flat.nodes.flatMap(({ id, constant }) => (constant ? [[id, constant] as const] : [])));
  const made = new FlatNodes(isByKeras2);
  flat.nodes.forEach(node => made.set(node.id, node));
  const built = (flatNode: FlatNode): GraphNode[] => {
    const original = withSizes(flatNode, shapes);
    const inputs = inputShapes(original, shapes);
    // A layer says itself what it cannot do; an operator is known by what it is made of.
    if (original.grow && (original.home === null || problemOf(original, inputs[0] ?? []) === null)) {
      const parts = grown(original, inputs, made);
      parts.forEach(({ id, constant }) => constant && constants.set(id, constant));
      return parts.flatMap(built);
    }
    const completed = pickByConvolution(original, inputs[0] ?? []) ?? windowOf(original, inputs, constants);
    const node = completed?.node ?? sliceOf(original, inputs[0] ?? []) ?? contractionOf(original, inputs) ?? original;
    const found =
      completed?.weights ?? (node.constant ? { value: node.constant } : findWeights(node, source, weightsOf));
    const spoken = { ...node, id: layerOf(node) };
    const shape = shapeOrProblem(spoken, inputs, origin.fileName);
    const reason =
      problemOf(spoken, inputs[0] ?? []) ??
      (Array.isArray(shape) ? tooManyAxes(spoken, shape) : shape) ??
      weightProblem(spoken, found, inputs[0] ?? []) ??
      (isByKeras2 || !Array.isArray(shape) ? null : misplacedBias(spoken, inputs, shape, found, constants));
    if (reason !== null && !unsupported.has(spoken.id)) {
      unsupported.set(spoken.id, { node: spoken.id, op: node.className, reason, ...declarable(node) });
    }
    const outputShape = Array.isArray(shape) && shape.length > 0 ? shape : (node.knownShape ?? []);
    shapes.set(node.id, outputShape);
    return [graphNode(node, found, inputs, outputShape)];
  };
  const outputNodes = new Set(flat.outputs.map(output => output.node));
  const nodes = mergePicks(withChannelAxis(flat.nodes), outputNodes).flatMap(built);
  const shapeAt = (id: string) => shapes.get(id) ?? [];
  return {
    name: spec.name,
    format: origin.format,
    kerasVersion: origin.kerasVersion,
    nodes,
    inputs: flat.inputs.map(node => ({ node, name: node, shape: shapeAt(node) })),
    outputs: flat.outputs.map(({ node, name }, i) => ({
      node,
      name,
      shape: shapeAt(node),
      ...(givesNumbers(origin.training, name, i) ? { areNumbers: true } : {})
    })),
    unsupported: withMapsBefore([...unsupported.values()], nodes),
    notices: declaredNotices(spec),
    parameterCount: countValues([...weightsOf.values()]),
    dispose: () => origin.dispose()
  };
}

/** The kernels of the backends broadcast and reduce no more axes than this. */
const MOST_AXES = 6;

const tooManyAxes = ({ id, className }: FlatNode, shape: Shape): Message | null =>
  shape.length > MOST_AXES
    ? message(
        'The layer %1 (%2) works with tensors of %3 axes, more than the %4 that GradLens computes with.',
        id,
        className,
        shape.length,
        MOST_AXES
      )
    : null;

function graphNode(node: FlatNode, weights: Weights, inputs: Shape[], outputShape: Shape): GraphNode {
  // Flattening a channels-first image needs to know that it is one.
  const attributes =
    node.op === 'Flatten' ? { ...node.attributes, input_rank: inputs[0]?.length ?? 0 } : node.attributes;
  const { id, op, className, inputs: sources, partOf } = node;
  return { id, op, className, attributes, inputs: sources, weights, outputShape, ...(partOf ? { partOf } : {}) };
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
  const found = source.find(node.home, node.op, weightRoles(node));
  known.set(node.home.spec, found);
  return found;
}

function shapeOrProblem(node: FlatNode, inputs: Shape[], fileName: string): Shape | Message {
  if (node.op === 'InputLayer') {
    const shape = shapeOf(node.attributes.batch_shape ?? node.attributes.batch_input_shape);
    if (!shape) {
      throw new ModelError(
        message(
          '%1 does not say what shape its input %2 has. Begin the model with keras.Input(shape=...), or call it once, and save it again.',
          fileName,
          node.id
        )
      );
    }
    return [null, ...shape.slice(1)];
  }
  try {
    return node.problem ? [] : inferShape(node, inputs);
  } catch (error) {
    if (error instanceof ModelError) {
      return error.sentence;
    }
    throw error;
  }
}

/** The name by which the author of a custom layer can declare what it does. */
function declarable({ op, className, home }: FlatNode): Pick<Unsupported, 'declarable'> {
  if (op === 'Lambda' && home) {
    return { declarable: home.spec.name };
  }
  return home && (home.spec.custom || !layerClass(op)) ? { declarable: className } : {};
}

/** The reason that a node cannot run, from its class, config and input alone. */
function problemOf(node: FlatNode, input: Shape): Message | null {
  if (node.problem && node.home?.spec.custom) {
    return message(
      'The layer %1 (%2) %3, so it cannot run here. If it changes nothing when the model predicts, say layers={"%2": "identity"}; if a class of Keras does the same, layers={"%2": {"class": "…"}}.',
      node.id,
      node.className,
      node.problem
    );
  }
  const problem = node.problem ?? refusedClass(node.op, node.attributes);
  if (problem) {
    return message('The layer %1 (%2) %3, so it cannot run here.', node.id, node.className, problem);
  }
  if (node.op === 'Lambda') {
    return message(
      'The layer %1 is a Lambda, which holds Python code that GradLens does not run. Name a layer that does the same, such as layers={"%1": {"class": "Rescaling", "scale": 1/255}} for t / 255. If it changes nothing, or you give the values that come behind it as the picture, say layers={"%1": "identity"}.',
      node.id
    );
  }
  if (node.op.startsWith('op:') && !layerClass(node.op)) {
    return message('The layer %1 (%2) is an operation that GradLens cannot run.', node.id, node.className);
  }
  if (!layerClass(node.op)) {
    return message(
      'The layer %1 is of the class %2, which GradLens cannot run. If it changes nothing when the model predicts, say layers={"%2": "identity"}; if another class of Keras does the same, layers={"%2": {"class": "…"}}.',
      node.id,
      node.className
    );
  }
  const activation = [node.attributes.activation, node.attributes.recurrent_activation].find(
    name => name !== undefined && !ACTIVATION_FUNCTIONS.has(String(name))
  );
  if (activation !== undefined) {
    return message(
      'The layer %1 (%2) uses the activation %3, which GradLens does not know.',
      node.id,
      node.className,
      String(activation)
    );
  }
  const unhonoured = unhonouredArgument(node.op, node.attributes, input);
  if (unhonoured) {
    return message(
      'The layer %1 (%2) has %3 = %4, which GradLens cannot compute.',
      node.id,
      node.className,
      unhonoured.argument,
      JSON.stringify(unhonoured.value)
    );
  }
  return null;
}

/** The reason that a node cannot run, from its weights. */
function weightProblem(node: FlatNode, weights: Weights, input: Shape): Message | null {
  const expected = input.length ? (layerClass(node.op)?.weightShapes?.(node.attributes, input) ?? {}) : {};
  for (const role of node.home ? weightRoles(node) : []) {
    const weight = weights[role];
    if (!weight) {
      if (role === 'count') {
        continue;
      }
      if (node.home?.spec.declared) {
        return message(
          'The layer %1 (%2) has other weights than %3, which the class declared in its place needs. Declare a class that has the same, or leave the declaration out.',
          node.id,
          node.home.spec.declared.name,
          weightRoles(node).join(', ')
        );
      }
      return message(
        'The weight %1 of the layer %2 (%3) is missing from the file. Save the model again with model.save().',
        role,
        node.id,
        node.className
      );
    }
    if (weight.dtype === 'int8' || weight.dtype === 'uint8') {
      return message(
        'The layer %1 (%2) has quantised weights (%3 is %4), with which GradLens does not compute. Save the model as it was before quantize().',
        node.id,
        node.className,
        role,
        weight.dtype
      );
    }
    if (expected[role] && !fits(weight.shape, expected[role])) {
      return message(
        'The weight %1 of the layer %2 (%3) has the shape %4, but the layer needs %5. Save the model again with model.save().',
        role,
        node.id,
        node.className,
        spellShape(weight.shape),
        spellShape(expected[role])
      );
    }
  }
  return null;
}

/** True if a weight of shape `found` can stand where `expected` is. */
const fits = (found: readonly number[], expected: Shape): boolean =>
  found.length === expected.length && expected.every((size, i) => size === null || size === found[i]);

/** True if a version is one before 3; files that name none are by Keras 3 or by nobody. */
const isKeras2 = (version: string | null): boolean => version !== null && /^[012]\./.test(version);

function countValues(all: Weights[]): number {
  return all
    .flatMap(weights => Object.values(weights))
    .reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1), 0);
}
