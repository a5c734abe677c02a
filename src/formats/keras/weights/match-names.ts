/**
 * A layer's weights among those of a list, by name (`conv1/kernel:0` by Keras
 * 2, `conv1/kernel` by Keras 3), because nested models list non-trainable
 * weights last.
 */
import { hasAttentionParts } from '../../../graph/classes/attention';
import { roleOfName } from './roles';

export interface Listed {
  /** As listed. */
  path: string;
  /** Without `:0`, split at `/`. */
  parts: string[];
}

/** The weights of the layer at `names` (outermost model's layer first), with their roles. */
export function matchByName<T extends Listed>(
  all: readonly T[],
  names: string[],
  op: string,
  roles: readonly string[],
  isDeclared = false
): { listed: T; role: string }[] {
  return inOrder(
    ofNested(
      all.map(listed => ({ listed, parts: joined(op, listed.parts, names[names.length - 1]) })),
      names
    ),
    op,
    roles,
    isDeclared
  );
}

interface Candidate<T> {
  listed: T;
  parts: string[];
}

/**
 * Those whose name, but for the role, ends like the layer's path; where
 * several do, those that agree with more of the path and have less besides
 * (`conv1/conv` is not `block/conv1/conv`).
 */
function ofNested<T>(all: Candidate<T>[], names: string[]): Candidate<T>[] {
  const path = names.flatMap(name => name.split('/'));
  const own = names[names.length - 1].split('/').length;
  const match = ({ parts }: Candidate<T>): number => {
    let count = 0;
    while (count < path.length && path[path.length - 1 - count] === parts[parts.length - 2 - count]) {
      count++;
    }
    return count >= own ? count - (parts.length - 1 - count) / (parts.length + 1) : 0;
  };
  const best = Math.max(0, ...all.map(match));
  return best === 0 ? [] : all.filter(listed => match(listed) === best);
}

/** What Keras 3 calls a weight that was given no name. */
const NAMELESS = /^variable(_\d+)?$/;

/**
 * Those whose names are roles; names that say nothing (`variable_3`) are taken in Keras' order.
 * Those of a class that another is declared to stand in for say something: its own order is not known.
 */
export function inOrder<T>(
  own: Candidate<T>[],
  op: string,
  roles: readonly string[],
  isDeclared = false
): { listed: T; role: string }[] {
  const known = own
    .map(({ listed, parts }) => ({ listed, role: roleOfName(op, parts[parts.length - 1]) }))
    .filter(({ role }) => roles.includes(role));
  const isByOrder = !isDeclared || own.every(({ parts }) => NAMELESS.test(parts[parts.length - 1]));
  return known.length === 0 && own.length === roles.length && isByOrder
    ? own.map(({ listed }, i) => ({ listed, role: roles[i] }))
    : known;
}

/**
 * The weights of layers inside a layer as its own: `mha/attention_output/kernel`
 * as `mha/output_kernel`, `lstm/lstm_cell/kernel` as `lstm/kernel`. `name` is the layer's own.
 */
export function joined(op: string, parts: string[], name: string): string[] {
  // Keras 2 names no cell of a ConvLSTM, and in its first years
  // none at all; Keras 3 calls a ConvLSTM's always the same.
  const isOwn = parts.at(-2) === name.split('/').at(-1);
  const hasCell = op.startsWith('ConvLSTM')
    ? parts.at(-2) === 'conv_lstm_cell'
    : /^(?:LSTM|GRU|SimpleRNN)$/.test(op) && !isOwn;
  if (hasCell && parts.length > 2) {
    return [...parts.slice(0, -2), parts[parts.length - 1]];
  }
  const [part, role] = parts.slice(-2);
  return hasAttentionParts(op) && parts.length > 2
    ? [...parts.slice(0, -2), `${part.replace(/^attention_/, '')}_${role}`]
    : parts;
}
