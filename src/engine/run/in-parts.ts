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

/** The gradients that are wanted, in the order of the inputs. */
export async function runBackward(
  op: Op | OpInParts,
  dy: Tensor,
  makeContext: () => BackwardContext,
  pacer: Pacer
): Promise<Tensor[]> {
  const chosen = (all: (Tensor | null)[], { wanted }: BackwardContext): Tensor[] =>
    all.filter((part, i): part is Tensor => part !== null && wanted[i]);
  if (!('backwardInParts' in op)) {
    return tf.tidy(() => {
      const context = makeContext();
      return chosen(op.backward(dy, context), context);
    });
  }
  const context = makeContext();
  return inParts(op.backwardInParts(dy, context), all => chosen(all, context), [dy, ...context.inputs], pacer);
}

/** The tensors of the end; `foreign` are others' and stay as they are. */
async function inParts<T>(
  parts: Parts<T>,
  tensorsOf: (result: T) => Tensor[],
  foreign: readonly Tensor[],
  pacer: Pacer
): Promise<Tensor[]> {
  const others = new Set(foreign);
  let alive = new Set<Tensor>();
  try {
    for (;;) {
      let done = false;
      const made = tf.tidy(() => {
        const part = parts.next();
        done = part.done === true;
        return part.done ? tensorsOf(part.value) : part.value;
      });
      const next = new Set(made.filter(tensor => !others.has(tensor)));
      alive.forEach(tensor => next.has(tensor) || tensor.dispose());
      alive = next;
      if (done) {
        return made;
      }
      await pacer.breathe();
    }
  } catch (error) {
    alive.forEach(tensor => tensor.dispose());
    throw error;
  }
}
