/** Fills in what shape every node's output has. */
import { message, messageOf } from '../messages/message';
import { layerClass } from './classes';
import { blockedNodes, type GraphNode, layerOf, ModelError, type ModelGraph, type Shape } from './model-graph';

/**
 * The shape of one node's output. Shapes of constants among its inputs are
 * not passed. An input of unknown shape (`[]`) makes the output's unknown.
 * Throws ModelError naming the layer.
 */
export function inferShape(
  node: Pick<GraphNode, 'id' | 'op' | 'className' | 'attributes' | 'partOf'>,
  inputs: Shape[]
): Shape {
  const rule = layerClass(node.op)?.outputShape;
  if (
    !rule ||
    node.op === 'InputLayer' ||
    node.op === 'Constant' ||
    inputs.length === 0 ||
    inputs.some(shape => shape.length === 0)
  ) {
    return [];
  }
  try {
    return rule(inputs, node.attributes);
  } catch (error) {
    throw new ModelError(message('The layer %1 (%2) %3.', layerOf(node), node.className, messageOf(error)));
  }
}

/** Shapes of the node's inputs, constants left out. */
export function inputShapes(node: Pick<GraphNode, 'inputs'>, shapes: ReadonlyMap<string, Shape>): Shape[] {
  return node.inputs.flatMap(input => ('node' in input ? [shapes.get(input.node) ?? []] : []));
}

/**
 * Shapes of all nodes when the model's inputs have the shapes given, by node
 * id: for models that take any size. Inputs not given keep theirs. Throws
 * ModelError naming the layer that does not fit.
 */
export function shapesFor(graph: ModelGraph, given: Readonly<Record<string, Shape>>): Map<string, Shape> {
  const blocked = blockedNodes(graph);
  const shapes = new Map<string, Shape>();
  for (const node of graph.nodes) {
    const known =
      node.op === 'InputLayer'
        ? (given[node.id] ?? node.outputShape)
        : node.op === 'Constant' || blocked.has(node.id)
          ? node.outputShape
          : null;
    shapes.set(node.id, known ?? inferShape(node, inputShapes(node, shapes)));
  }
  return shapes;
}
