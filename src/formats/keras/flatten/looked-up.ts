/** IntegerLookup: words of a vocabulary of whole numbers as their places in it, or the other way round. */
import type { Attributes, NodeInput, Shape } from '../../../graph/model-graph';
import { message } from '../../../messages/message';
import type { Grow, MakeConstant, Operation } from '../nodes/operation';
import { add, apply, binary, expandDims, multiply, reduce, where } from '../nodes/terms';
import { encoded } from './encoded';

/** A place that no class has: what is there is not marked. */
const NOWHERE = -1;

/** The place of each word that is not in the vocabulary: `count` places from the first. */
function placeOfOthers(
  x: NodeInput | Operation,
  first: number,
  count: number,
  { oov_method: method, salt }: Attributes
): number | Operation {
  if (count === 1) {
    return first;
  }
  const key = Array.isArray(salt) ? salt : typeof salt === 'number' ? [salt, salt] : null;
  const place: Operation =
    method === 'farmhash'
      ? { op: 'op:hashed', attributes: { function: 'digits', bins: count, key }, inputs: [x] }
      : binary('mod', x, count);
  return add(place, first);
}

/** The weight of each place: where the marks in front have none, they have the mean of the others. */
function weightsOfPlaces(given: unknown, front: number, words: number, depth: number): Float32Array | null {
  if (!Array.isArray(given) || !given.every(weight => typeof weight === 'number')) {
    return null;
  }
  const mean = given.reduce((sum, weight) => sum + weight, 0) / given.length;
  const all = given.length === front + words ? given : [...Array<number>(front).fill(mean), ...given];
  return Float32Array.from({ length: depth }, (_, i) => all[i] ?? 0);
}

export function lookedUp(x: NodeInput, shape: Shape, attributes: Attributes, constant: MakeConstant): ReturnType<Grow> {
  const { vocabulary, mask_token: mask, num_oov_indices: given, output_mode: mode } = attributes;
  if (!Array.isArray(vocabulary) || vocabulary.length === 0 || !vocabulary.every(word => typeof word === 'number')) {
    return message('has a vocabulary that is not in its configuration: give it as vocabulary=, where adapt() found it');
  }
  const others = Number(given ?? 1);
  if (!(others >= 1)) {
    return message('stops Keras at words that are not in its vocabulary: say num_oov_indices=1');
  }
  const isInt = mode === 'int' || mode === null || mode === undefined;
  const isMasked = typeof mask === 'number';
  const isInverse = attributes.invert === true;
  const unknown = Number(attributes.oov_token);
  // A vocabulary may have the marks of what is masked or unknown in front, and then they are no words.
  const marked = [...(isMasked && isInt ? [mask] : []), ...Array<number>(others).fill(unknown)];
  const front = marked.length;
  const words = vocabulary.slice(marked.every((mark, i) => vocabulary[i] === mark) ? front : 0) as number[];
  const places = words.map((_, i) => i + front);
  const [from, to] = isInverse ? [places, words] : [words, places];
  const [known, values] = [from, to].map(of => constant({ shape: [of.length], values: Float32Array.from(of) }));
  const whole = apply('trunc', x);
  const marks = binary('equal', expandDims(whole, -1), known);
  const found = reduce('sum', multiply(marks, values), [-1], false);
  const otherwise = isInverse ? unknown : placeOfOthers(whole, front - others, others, attributes);
  const looked = where(reduce('any', marks, [-1], false), found, otherwise);
  const masked = isInverse ? 0 : mask;
  const made = isMasked
    ? where(binary('equal', whole, Number(masked)), isInverse ? mask : isInt ? 0 : NOWHERE, looked)
    : looked;
  if (isInt) {
    return made;
  }
  const depth = attributes.pad_to_max_tokens === true ? Number(attributes.max_tokens) : words.length + front;
  if (mode !== 'tf_idf') {
    return encoded(made, shape, String(mode), depth, constant);
  }
  const weights = weightsOfPlaces(attributes.idf_weights, front, words.length, depth);
  return weights
    ? multiply(encoded(made, shape, 'count', depth, constant), constant({ shape: [depth], values: weights }))
    : message('weighs words in a way that is not in its configuration: give it as idf_weights=');
}
