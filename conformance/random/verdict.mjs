/** Judges a model: the product agrees with Keras, refuses, errs or is wrong. Pure. */
import { cosine, relativeError } from '../compare/compare.mjs';

/**
 * Limits of single precision after ten layers, summed in another order. What Keras itself does not
 * know so well is not compared at all: see estimate() in recipe.py.
 */
const LIMITS = { value: 1e-4, gradient: 1e-3, angle: 1e-5 };

/**
 * @typedef {{ kind: 'agree' | 'refused' | 'wrong' | 'error' | 'ill' | 'invalid' | 'untried' | 'never', why: string }} Verdict
 * @typedef {{ shape: number[], data: Float32Array }} Tensor
 */

/** @returns {Tensor} */
export function decode({ shape, data }) {
  const bytes = Buffer.from(data, 'base64');
  return { shape, data: new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength)) };
}

/**
 * Compares one run.
 *
 * @param {{ outputs: Record<string, Tensor>, activations: Record<string, Tensor>, gradients: Record<string, Tensor> }} result
 * @param {{ outputs: object[], activations: object, gradients: object }} batch what Keras says
 * @returns {Verdict}
 */
export function compare(result, batch) {
  const given = Object.values(result.outputs);
  for (const [index, expected] of batch.outputs.entries()) {
    const problem = given[index] ? valueProblem(given[index], decode(expected), LIMITS.value) : 'is missing';
    if (problem) {
      return { kind: 'wrong', why: `output ${index} ${problem}` };
    }
  }
  for (const [kind, limit] of /** @type {const} */ ([
    ['activations', LIMITS.value],
    ['gradients', LIMITS.gradient]
  ])) {
    for (const [id, value] of Object.entries(result[kind])) {
      const expected = decode(batch[kind][id]);
      const problem =
        valueProblem(value, expected, limit) ?? (kind === 'gradients' ? angleProblem(value, expected) : null);
      if (problem) {
        return { kind: 'wrong', why: `${kind.replace(/s$/, '')} at ${id} ${problem}` };
      }
    }
  }
  return { kind: 'agree', why: '' };
}

function valueProblem(value, expected, limit) {
  if (String(value.shape) !== String(expected.shape)) {
    return `has the shape ${value.shape}, not ${expected.shape}`;
  }
  const error = relativeError(value.data, expected.data);
  return error <= limit ? null : `is off by ${error.toExponential(1)}`;
}

function angleProblem(value, expected) {
  const angle = 1 - cosine(value.data, expected.data);
  return angle <= LIMITS.angle ? null : `points elsewhere, 1 - cosine ${angle.toExponential(1)}`;
}

/** Sentences that a backend, a browser or JavaScript wrote, and the one that does not help. */
const RAW =
  /^Error in|could not be computed: |is not a function|Cannot read|undefined|null|\bNaN\b|[Tt]ensor(Buffer|\d)|assert|[Ee]xpected .* to|Invalid (array|typed)|Maximum call|out of memory|kernel '|not registered|cannot be put together|Save the model again|\brank \d|is not iterable|cannot broadcast|incompatible shapes|Operands could not|must match/;

/**
 * Tells a refusal in a sentence from a failure.
 *
 * @param {string} message
 * @returns {Verdict}
 */
export function ofError(message) {
  const isSentence = /[.!?]$/.test(message) && !RAW.test(message);
  return { kind: isSentence ? 'refused' : 'error', why: message };
}

/** A reason without names and numbers, to group by. */
export function group(why) {
  return why
    .replace(/“[^”]*”/g, '“…”')
    .replace(/\b(layer|Layer) \S+ (\(|is|of|has|gives|cannot)/g, '$1 … $2')
    .replace(/-?\d+(\.\d+)?(e[+-]?\d+)?/g, 'n')
    .replace(/\bn(, ?n)+\b/g, 'n')
    .replace(/ at \S+ (is|has|points)/, ' $1');
}
