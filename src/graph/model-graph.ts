/**
 * ModelGraph: the one intermediate representation that every reader produces
 * and the engine runs. Nodes are in topological order. Weights stay lazy.
 */
import { mapValues, type Message, MessageError } from '../messages/message';

export type DType = 'float32' | 'float16' | 'int32' | 'uint8' | 'int8' | 'bool' | 'float64' | 'int64';

/** Batch first; `null` for a size that is only known at run time; `[]` where nothing is known. */
export type Shape = (number | null)[];

export interface WeightRef {
  /** The name by which the file knows it, e.g. `conv1/conv/kernel`. */
  name: string;
  shape: number[];
  dtype: DType;
  /** Values in C order, converted to float32. Reads the bytes on demand; throws ModelError if they cannot be read. */
  read(): Float32Array;
  /**
   * Gives `take` the same values uncopied: they must not be changed, and
   * are gone afterwards. Only where the file has them as they are.
   */
  lend?<T>(take: (values: Float32Array) => T): T;
}

/** Gives `take` a weight's values, copied only where they must be; it must not change or keep them. */
export function withValues<T>(weight: WeightRef, take: (values: Float32Array) => T): T {
  return weight.lend ? weight.lend(take) : take(weight.read());
}

/** One input of a node: the output of an earlier node, or a constant. */
export type NodeInput = { node: string; output: number } | { constant: number };

/** A value in a Keras config, as JSON has it. */
export type AttributeValue =
  null | boolean | number | string | readonly AttributeValue[] | { readonly [key: string]: AttributeValue | undefined };

/**
 * A node's attributes: the layer's own Keras config, names and values as
 * Keras 3 spells them whoever wrote the file (formats/keras/flatten/attributes lists
 * what is brought in line), of the types that its class declares (graph/classes).
 */
export type Attributes = Readonly<Record<string, AttributeValue | undefined>>;

export interface GraphNode {
  /**
   * Path of the Keras layer: `conv1_conv`, or `densenet169/conv1_conv` in a
   * nested model. What is called again, a layer or a nested model, gets `@1`,
   * `@2`, …: `conv@1`, `tower@1/conv`. A layer's activation stays in its
   * attributes, so the node's value is what Keras calls the layer's output;
   * the engine's plan takes the two apart and finds the logits.
   */
  id: string;
  /** The operation to run: a Keras class name (`Conv2D`), or `op:add`, `op:multiply`, … (graph/classes lists them). */
  op: string;
  /** Its name in the file: the Keras class name, or an operator's (`Add`, `tf.math.add`). */
  className: string;
  attributes: Attributes;
  inputs: NodeInput[];
  /** By role: kernel, bias, gamma, beta, moving_mean, moving_variance, depthwise_kernel, pointwise_kernel, alpha, … */
  weights: Readonly<Record<string, WeightRef>>;
  /**
   * Id of the operator that it is a part of, whose name the user knows; absent for all that the model's author wrote.
   */
  partOf?: string;
  /** Filled in by graph/shape-inference. */
  outputShape: Shape;
}

/** The ids of the nodes whose outputs a node takes, constants left out. */
export function sourcesOf(node: GraphNode): string[] {
  return node.inputs.flatMap(input => ('node' in input ? [input.node] : []));
}

/** The layer or operator that a node is, or is a part of: what the user knows by name. */
export const layerOf = ({ id, partOf }: Pick<GraphNode, 'id' | 'partOf'>): string => partOf ?? id;

/** The ids of the nodes that cannot run themselves: unsupported layers, with all their parts. */
export function blockedNodes({ nodes, unsupported }: Pick<ModelGraph, 'nodes' | 'unsupported'>): Set<string> {
  const layers = new Set(unsupported.map(({ node }) => node));
  return new Set(nodes.filter(node => layers.has(layerOf(node))).map(({ id }) => id));
}

export interface GraphInput {
  /** Id of the InputLayer node. */
  node: string;
  name: string;
  shape: Shape;
}

export interface GraphOutput {
  node: string;
  name: string;
  shape: Shape;
  /** True if the loss that the model was compiled with compares numbers, not classes. */
  areNumbers?: boolean;
}

/** A part of a model that cannot run, and why, in words for the user. */
export interface Unsupported {
  node: string;
  op: string;
  reason: Message;
  /** The name by which what it does can be declared: its class, or a Lambda's own name; absent where it is known. */
  declarable?: string;
}

export interface ModelGraph {
  name: string;
  /** `keras-h5`, `keras-zip`, … */
  format: string;
  /** The writer's version when the file says it, e.g. `3.15.1`. */
  kerasVersion: string | null;
  nodes: GraphNode[];
  inputs: GraphInput[];
  outputs: GraphOutput[];
  /** Layers and operators that cannot run, each once; everything upstream of them still does. */
  unsupported: Unsupported[];
  /** Notices about the whole model. */
  notices?: Message[];
  /** Values in all weights, those of shared layers counted once. */
  parameterCount: number;
  /** Lets go of the file's bytes; no weight can be read after it. */
  dispose(): void;
}

/** An error of a reader: one readable sentence that says what, where, and what to do. */
export class ModelError extends MessageError {
  override readonly name = 'ModelError';

  /** @param isLasting - False where reading the same file again may go well. */
  constructor(
    message: Message,
    override readonly isLasting = true
  ) {
    // Names come from files, and a damaged one may hold any.
    super(mapValues(message, value => value.replace(/\S{200,}/g, word => `${word.slice(0, 80)}…`)));
  }
}
