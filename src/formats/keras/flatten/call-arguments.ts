/** What a layer's call gives it: what it reads, a mask, and what would change it in a way that is not followed. */
import { isIdentity } from '../../../graph/classes';
import type { Attributes } from '../../../graph/model-graph';
import { type Message, message } from '../../../messages/message';
import { type Argument, type Call, tensorsIn } from '../config/spec';
import { canonicalClass } from './attributes';

/** Layers that take a mask after their input, in place. */
const MASK_IS_SECOND: ReadonlySet<string> = new Set(['Softmax', 'GlobalAveragePooling1D']);

export const isGiven = (value: Argument): boolean => value !== null && value !== undefined;

/** Takes a call of a layer apart that reads one tensor, or one list of them. */
export function partsOfCall(
  className: string,
  { args, kwargs }: Call
): { read: Call; mask: Argument; attributes: Attributes; problem: Message | null } {
  const { mask, reverse, ...others } = kwargs;
  const isReversible = className === 'ReversibleEmbedding';
  const named = isReversible || reverse === undefined ? others : { ...others, reverse };
  const takesMask = MASK_IS_SECOND.has(className);
  const read: Call = { args: takesMask ? args.slice(0, 1) : args, kwargs: named };
  return {
    read,
    mask: mask ?? (takesMask ? (args[1] ?? null) : null),
    attributes: isReversible ? { reverse: reverse === true || args[1] === true } : {},
    problem: isIdentity(canonicalClass(className)) ? null : furtherProblem(read)
  };
}

/** The reason that a call cannot be followed; whether it trains is looked at elsewhere, in place too. */
function furtherProblem({ args, kwargs }: Call): Message | null {
  const named = Object.entries(kwargs).filter(([name, value]) => name !== 'training' && isGiven(value));
  if (args.length === 0) {
    // Called by the name of its input.
    const input = named.findIndex(([, value]) => tensorsIn(value).length > 0);
    named.splice(input, input < 0 ? 0 : 1);
  }
  if (named.length > 0) {
    return message('is called with %1=, which GradLens does not honour', named[0][0]);
  }
  return args.slice(1).some(value => isGiven(value) && typeof value !== 'boolean')
    ? message('is called with more than its input, which GradLens does not honour')
    : null;
}
