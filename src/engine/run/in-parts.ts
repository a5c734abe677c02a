/** Runs an operation at once, or part by part with a breath between. */
import type { Tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import type { BackwardContext, Op, OpContext, OpInParts, Parts } from '../ops/op';
import type { Pacer } from './pacer';

export async function runForward(
  op: Op | OpInParts,
  makeInputs: () => Tensor[],
  context: OpContext,
  pacer: Pacer
): Promise<Tensor> {
  if (!('forwardInParts' in op)) {
    return tf.tidy(() => op.forward(makeInputs(), context));
  }
  const inputs = makeInputs();
  const [output] = await inParts(op.forwardInParts(inputs, context), output => [output], inputs, pacer);
  return output;
}

/** The gradients of the inputs that are wanted, in their order; null where the output does not depend on one. */
export async function runBackward(
  op: Op | OpInParts,
  dy: Tensor,
  makeContext: () => BackwardContext,
  pacer: Pacer
): Promise<(Tensor | null)[]> {
  const chosen = (all: (Tensor | null)[], { wanted }: BackwardContext): (Tensor | null)[] =>
    all.filter((_, i) => wanted[i]);
  if (!('backwardInParts' in op)) {
    let made: (Tensor | null)[] = [];
    tf.tidy(() => {
      const context = makeContext();
      made = chosen(op.backward(dy, context), context);
      return tensorsIn(made);
    });
    return made;
  }
  const context = makeContext();
  return inParts(op.backwardInParts(dy, context), all => chosen(all, context), [dy, ...context.inputs], pacer);
}

const tensorsIn = (some: readonly (Tensor | null)[]): Tensor[] => some.filter(tensor => tensor !== null);

/** The tensors of the end; `foreign` are others' and stay as they are. */
async function inParts<T, P extends Tensor | null>(
  parts: Parts<T>,
  tensorsOf: (result: T) => P[],
  foreign: readonly Tensor[],
  pacer: Pacer
): Promise<P[]> {
  const others = new Set(foreign);
  let alive = new Set<Tensor>();
  try {
    for (;;) {
      let end: P[] | null = null;
      const made = tf.tidy(() => {
        const part = parts.next();
        end = part.done ? tensorsOf(part.value) : null;
        return part.done ? tensorsIn(end ?? []) : part.value;
      });
      const next = new Set(made.filter(tensor => !others.has(tensor)));
      alive.forEach(tensor => next.has(tensor) || tensor.dispose());
      alive = next;
      if (end) {
        return end;
      }
      await pacer.breathe();
    }
  } catch (error) {
    alive.forEach(tensor => tensor.dispose());
    throw error;
  }
}
