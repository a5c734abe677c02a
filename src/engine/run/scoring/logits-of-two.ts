/** What tells of an output of two classes whether they are sure beyond reason, whatever of it is explained. */
import type { OpenModel } from '../../model/open-model';
import type { ValueId } from '../../plan/step';

/** The values before the softmax of two classes, or the sigmoid of one unit; null of another output, and of one that cannot be computed. */
export function logitsOfTwo(model: OpenModel, output: string | null): ValueId | null {
  const { node } = model.output(output);
  if (!model.runnable.has(node)) {
    return null;
  }
  const { logits, ending } = model.score(output);
  const { outputShape = [] } = model.graph.nodes.find(({ id }) => id === node) ?? {};
  const units = outputShape.length === 2 ? outputShape[1] : null;
  return (ending === 'softmax' && units === 2) || (ending === 'sigmoid' && units === 1) ? logits : null;
}
