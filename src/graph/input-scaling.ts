/**
 * Finds what a model does itself to the numbers that it is given, before its first layer with weights to train:
 * Rescaling, Normalization, and operators with a constant, as a `preprocess_input` inside the model.
 */
import { flatNumbers, numbersOf } from './attributes';
import { isIdentity } from './classes';
import { addTo } from './lists';
import { type GraphNode, layerOf, type ModelGraph, sourcesOf } from './model-graph';
import { named } from './named';

/** By name of the input. */
export type InputScalings = Readonly<Record<string, InputScaling>>;

export interface InputScaling {
  /** The layer that scales, the first of several. */
  layer: string;
  /** The largest number that it makes 1 or -1 of, the mean of the channels: 255 of `Rescaling(1 / 255)`. */
  reach: number;
}

/** y = factor * x + offset. */
interface Affine {
  factor: number;
  offset: number;
}

/** Layers that leave the values of pixels as they are, or nearly so. */
const PASSING = /^(Resizing|CenterCrop|ZeroPadding[123]D|Cropping[123]D|Reshape|Permute)$/;

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

/** The inputs that are scaled inside the model. What branches before that is not followed. */
export function inputScalings({ nodes, inputs }: Pick<ModelGraph, 'nodes' | 'inputs'>): InputScalings {
  const behind = new Map<string, GraphNode[]>();
  for (const node of nodes) {
    sourcesOf(node).forEach(id => addTo(behind, id, node));
  }
  const found = inputs.flatMap(({ node, name }): [string, InputScaling][] => {
    let layer: string | null = null;
    let whole: Affine = { factor: 1, offset: 0 };
    for (let next = behind.get(node) ?? []; next.length === 1; next = behind.get(next[0].id) ?? []) {
      const own = affineOf(next[0]);
      if (own) {
        layer ??= layerOf(next[0]);
        whole = { factor: whole.factor * own.factor, offset: whole.offset * own.factor + own.offset };
      } else if (!isIdentity(next[0].op) && !PASSING.test(next[0].op)) {
        break;
      }
    }
    const { factor, offset } = whole;
    if (layer === null || factor === 0 || !Number.isFinite(factor + offset)) {
      return [];
    }
    const ends = [(-1 - offset) / factor, (1 - offset) / factor];
    const reach = Math.max(...ends.map(Math.abs));
    return [[name, { layer, reach }]];
  });
  return Object.fromEntries(found);
}

/** The factor and offset that a node applies to each number; null where it is not of that form, or not known. */
function affineOf(node: GraphNode): Affine | null {
  const { op, attributes, inputs } = node;
  switch (op) {
    case 'Rescaling':
      return { factor: mean(numbersOf(attributes, 'scale', [1])), offset: mean(numbersOf(attributes, 'offset', [0])) };
    case 'Normalization': {
      const [center, variance] = ['mean', 'variance'].map(
        role => flatNumbers(attributes[role]) ?? [...(node.weights[role]?.read() ?? [])]
      );
      if (attributes.invert === true || center.length === 0 || variance.length === 0) {
        return null;
      }
      const deviation = mean(variance.map(value => Math.max(Math.sqrt(value), 1e-7)));
      return { factor: 1 / deviation, offset: -mean(center) / deviation };
    }
    default: {
      const [first, second] = inputs;
      const value = second && 'constant' in second && first && 'node' in first ? second.constant : null;
      return value === null ? null : (named(OPERATORS, op)?.(value) ?? null);
    }
  }
}

const OPERATORS: Readonly<Record<string, (value: number) => Affine>> = {
  'op:multiply': value => ({ factor: value, offset: 0 }),
  'op:divide': value => ({ factor: 1 / value, offset: 0 }),
  'op:add': value => ({ factor: 1, offset: value }),
  'op:subtract': value => ({ factor: 1, offset: -value })
};
