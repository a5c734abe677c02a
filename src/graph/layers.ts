/** Describes the layers of a model for choosers, and finds the one to begin with. */
import { type Message, message } from '../messages/message';
import { familyOf, isMerge, layerClass } from './classes';
import { displacedNodes } from './displaced';
import type { LayerInfo } from './layer-info';
import { addTo } from './lists';
import { type GraphNode, layerOf, type ModelGraph, sourcesOf, type WeightRef } from './model-graph';
import { placeReaders } from './place-readers';
import { type ReceptiveField, receptiveFields } from './receptive-field';
import { type TokenGrid, tokenGrids } from './token-grid';

const STATISTICS = new Set(['moving_mean', 'moving_variance', 'mean', 'variance', 'count']);

/**
 * True if the node's value is a picture (h, w, c) of more than one cell, or
 * tokens of one, or a volume of such (slices, h, w, c), or a signal (w, c);
 * sizes not yet known may be any.
 */
export function isSpatial(node: GraphNode, tokens: TokenGrid | null = null): boolean {
  const { op, attributes, outputShape: shape } = node;
  if (op === 'Constant' || attributes.data_format === 'channels_first') {
    return false;
  }
  const [height, width] = shape.slice(-3);
  return shape.length === 4 || shape.length === 5
    ? !(height === 1 && width === 1)
    : tokens !== null || (shape.length === 3 && shape[1] !== 1);
}

/** Nodes whose weights are those of a node before them. */
function laterCalls(graph: ModelGraph): Set<string> {
  const seen = new Set<unknown>();
  const later = new Set<string>();
  for (const node of graph.nodes) {
    const weights = Object.values(node.weights);
    if (weights.some(weight => seen.has(weight))) {
      later.add(node.id);
    }
    weights.forEach(weight => seen.add(weight));
  }
  return later;
}

/** Every layer, in the order in which they run. */
export function layerInfos(graph: ModelGraph): LayerInfo[] {
  const problems = problemsOf(graph);
  const used = ancestors(graph, runningOutputs(graph, problems));
  const fields = receptiveFields(graph);
  const grids = tokenGrids(graph);
  const sharing = laterCalls(graph);
  const spatial = (node: GraphNode): boolean => isSpatial(node, grids.get(node.id) ?? null);
  const displaced = displacedNodes(graph, spatial);
  const parts = partsOfLayers(graph);
  const readers = placeReaders(graph, spatial);
  const seen = inputsSeen(graph);
  const layers = graph.nodes.filter(node => !node.partOf);
  const partsOf = new Map<string, GraphNode[]>();
  parts.forEach(part => addTo(partsOf, part.partOf!, part));
  const whole = (node: GraphNode): GraphNode[] => [node, ...(partsOf.get(node.id) ?? [])];
  const hasMap = (node: GraphNode): boolean =>
    node.op !== 'InputLayer' && spatial(node) && !displaced.has(node.id) && used.has(node.id);
  return layers.map(node => ({
    id: node.id,
    op: node.className,
    family: familyOf(innerOf(node, parts).op),
    inputs: layersBefore(node, parts),
    sees: seen.get(node.id) ?? [],
    outputShape: node.outputShape.slice(1),
    parameters: sum(whole(node).map(({ weights }) => sizeOf(Object.values(weights)))),
    nonTrainable: sum(whole(node).map(nonTrainable)),
    sharesWeights: sharing.has(node.id),
    tokens: grids.get(node.id) ?? null,
    spatial: spatial(node),
    explainable: hasMap(node) && isExplained(node, grids.has(node.id), parts),
    hasMap: hasMap(node),
    seesRows: rowsSeen(fields.get(node.id)),
    placeReaders: readers.get(node.id) ?? {},
    unsupported: problems.get(node.id) ?? null
  }));
}

const rowsSeen = (field: ReceptiveField | undefined): number | null =>
  field && !field.seesAll ? (field.axes.at(-2)?.size ?? null) : null;

/** The layer that runs on each step, of one that shows what it gives for all. */
const innerOf = (node: GraphNode, parts: ReadonlyMap<string, GraphNode>): GraphNode =>
  (node.op === 'op:split_steps' ? parts.get(sourcesOf(node)[0]) : undefined) ?? node;

function isExplained(node: GraphNode, tokens: boolean, parts: ReadonlyMap<string, GraphNode>): boolean {
  const explained = layerClass(innerOf(node, parts).op)?.explained;
  return explained === 'always' || (explained === 'tokens' && tokens);
}

/**
 * The layer to begin with, or null if no convolution-like layer leads to the
 * first output: from the last value that is still a picture (before global
 * pooling or flattening), back over activations, normalisation, pooling,
 * padding and dropout, to a convolution or to where branches meet. An
 * activation right after such a meeting belongs to it. So it is
 * `conv5_block32_concat` in DenseNet169, `conv5_block3_out` in ResNet50,
 * `block5_conv3` in VGG16, `mixed10` in InceptionV3. In a vision transformer it
 * is what the last attention reads (usually a LayerNormalization), since after
 * it only the class token leads to the output. Where the output is a picture of
 * probabilities (segmentation), or a row of them (a text that is read), it is a
 * layer before the one that makes them, which lies behind the scores that are
 * explained.
 */
export function defaultLayer(graph: ModelGraph): string | null {
  const byId = new Map(graph.nodes.map(node => [node.id, node]));
  const parts = partsOfLayers(graph);
  const problems = problemsOf(graph);
  const used = ancestors(
    graph,
    graph.outputs.slice(0, 1).map(output => output.node)
  );
  const grids = tokenGrids(graph);
  const spatial = (node: GraphNode): boolean => isSpatial(node, grids.get(node.id) ?? null);
  const head = segmentationHead(graph, byId);
  const displaced = displacedNodes(graph, spatial);
  const isPlaced = ({ id, partOf }: GraphNode): boolean =>
    !partOf && !problems.has(id) && !head.has(id) && !displaced.has(id);
  const lastFirst = graph.nodes.filter(node => used.has(node.id) && spatial(node) && isPlaced(node)).reverse();
  const attention = lastFirst.find(({ id, op }) => op === 'MultiHeadAttention' && grids.has(id));
  const query = attention && sourcesOf(attention)[0];
  if (query !== undefined && grids.has(query)) {
    return query;
  }
  let node: GraphNode | undefined = lastFirst[0];
  while (node && layerClass(innerOf(node, parts).op)?.follows) {
    const before: GraphNode | undefined = layersBefore(node, parts)
      .map(id => byId.get(id))
      .find(input => input !== undefined && spatial(input));
    if (before && isActivation(node) && isMerge(familyOf(before.op))) {
      return node.id;
    }
    node = before;
  }
  return node && node.op !== 'InputLayer' ? node.id : null;
}

/** The layers that make a picture, or a row of steps, of probabilities of the values before, if the first output is one. */
function segmentationHead(graph: ModelGraph, byId: ReadonlyMap<string, GraphNode>): Set<string> {
  const head = new Set<string>();
  let node = byId.get(graph.outputs[0]?.node ?? '');
  const name = node?.op === 'Softmax' ? 'softmax' : node?.attributes.activation;
  if (node && node.outputShape.length >= 3 && (name === 'softmax' || name === 'sigmoid')) {
    head.add(node.id);
    while (node && isActivation(node)) {
      node = byId.get(sourcesOf(node)[0]);
      head.add(node?.id ?? '');
    }
  }
  return head;
}

const isActivation = ({ op }: GraphNode): boolean => familyOf(op) === 'activation';

/** Values that training leaves alone: those of frozen layers, and the statistics of normalisation. */
function nonTrainable({ attributes, weights }: GraphNode): number {
  const isStatistic = (role: string): boolean => STATISTICS.has(role);
  return sizeOf(
    Object.entries(weights).flatMap(([role, weight]) =>
      attributes.trainable === false || isStatistic(role) ? [weight] : []
    )
  );
}

const sum = (values: number[]): number => values.reduce((a, b) => a + b, 0);

const sizeOf = (weights: WeightRef[]): number =>
  weights.reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1), 0);

function runningOutputs(graph: ModelGraph, problems: ReadonlyMap<string, Message>): string[] {
  return graph.outputs.flatMap(({ node }) => (problems.has(node) ? [] : [node]));
}

/** The nodes and everything that they are made from. */
function ancestors(graph: ModelGraph, ids: readonly string[]): Set<string> {
  const found = new Set<string>(ids);
  for (const node of [...graph.nodes].reverse()) {
    if (found.has(node.id)) {
      sourcesOf(node).forEach(source => found.add(source));
    }
  }
  return found;
}

/** Reasons that nodes cannot run: their layer's own, or that of a layer before them. */
function problemsOf(graph: ModelGraph): Map<string, Message> {
  const reasons = new Map(graph.unsupported.map(({ node, reason }) => [node, reason]));
  const problems = new Map<string, Message>();
  const causes = new Map<string, string>();
  for (const node of graph.nodes) {
    const layer = layerOf(node);
    const own = reasons.get(layer);
    const cause = own ? layer : sourcesOf(node).flatMap(id => causes.get(id) ?? [])[0];
    if (cause !== undefined) {
      causes.set(node.id, cause);
      problems.set(node.id, own ?? message('The layer %1 comes after %2, which cannot run here.', node.id, cause));
    }
  }
  return problems;
}

/** Names of the inputs that lead to each node. */
function inputsSeen({ nodes, inputs }: ModelGraph): ReadonlyMap<string, string[]> {
  const seen = new Map(inputs.map(({ node, name }) => [node, [name]]));
  for (const node of nodes) {
    const all = sourcesOf(node).flatMap(id => seen.get(id) ?? []);
    seen.set(node.id, seen.get(node.id) ?? [...new Set(all)]);
  }
  return seen;
}

/** Nodes that are no layers by themselves, by id. */
const partsOfLayers = ({ nodes }: ModelGraph): ReadonlyMap<string, GraphNode> =>
  new Map(nodes.filter(({ partOf }) => partOf).map(node => [node.id, node]));

/** The layers whose values a node takes: for a part of an operator, what that takes. */
function layersBefore(node: GraphNode, parts: ReadonlyMap<string, GraphNode>): string[] {
  const found = sourcesOf(node).flatMap(id => {
    const part = parts.get(id);
    return part ? layersBefore(part, parts) : [id];
  });
  return [...new Set(found)];
}
