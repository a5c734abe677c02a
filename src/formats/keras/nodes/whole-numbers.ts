/**
 * Operators on whole numbers, of which TensorFlow rounds the result: the engine computes
 * in float32 and would not. They follow a cast, or a search for positions.
 */
import { message } from '../../../messages/message';
import type { FlatNode } from './flat-node';

/** Layers that give the numbers that they take, in another order or side by side. */
const KEEPING = new Set(['Identity', 'Flatten', 'Reshape', 'Permute', 'RepeatVector', 'Concatenate', 'Add']);

/** By what they are called: their values have fractions, whatever goes in. */
const FRACTIONS = /cast$|(?<!floor_?)div(ide)?$|mean|average|var|std|sqrt|exp|log|norm/i;

/** Operators that give positions or counts. */
const POSITIONS = /arg_?(max|min|sort)$|count_?nonzero$|digitize$|bucketize$/i;

/** Layers that give places or bins, where they give no marks. */
const PLACES = new Set(['Discretization', 'HashedCrossing', 'Hashing', 'IntegerLookup']);

/** The nodes; those with words that say why the engine would not give Keras' numbers. */
export function withoutRounding(nodes: readonly FlatNode[], isByKeras2: boolean): FlatNode[] {
  /** Arrays may be whole: what is not known to have fractions is refused rather than computed. */
  const whole = new Set(nodes.filter(({ op }) => op === 'Constant').map(({ id }) => id));
  return nodes.map(node => {
    const isOfWhole = node.inputs.length > 0 && node.inputs.every(isWhole(whole));
    const problem = isOfWhole && node.problem === null && isRounded(node, isByKeras2);
    if (givesWhole(node, isOfWhole)) {
      whole.add(node.id);
    }
    return problem
      ? {
          ...node,
          problem: message(
            'works on whole numbers, of which it rounds the result; cast them to float32 before, or the numbers here would not be those of Keras'
          )
        }
      : node;
  });
}

const isWhole =
  (whole: ReadonlySet<string>) =>
  (input: FlatNode['inputs'][number]): boolean =>
    'node' in input ? whole.has(input.node) : Number.isInteger(input.constant);

/** Means in TensorFlow; in Keras 3 what gives back the type that it took. */
function isRounded({ op, className, attributes, home }: FlatNode, isByKeras2: boolean): boolean {
  return isByKeras2
    ? op === 'op:reduce' && attributes.kind === 'mean'
    : home === null && (op === 'Resizing' || /to_?gray/i.test(className));
}

function givesWhole({ id, op, className, attributes, home }: FlatNode, isOfWhole: boolean): boolean {
  const isCast = op === 'op:function' && attributes.function === 'trunc' && /cast$/i.test(className);
  // The positions are the second of what top_k gives.
  const isPosition = POSITIONS.test(className) || (/top_?k$/i.test(className) && id.endsWith(':1'));
  const isPlace = PLACES.has(op) && (attributes.output_mode ?? 'int') === 'int';
  if (isCast || isPosition || isPlace) {
    return true;
  }
  return isOfWhole && (home === null ? !FRACTIONS.test(className) : KEEPING.has(op));
}
