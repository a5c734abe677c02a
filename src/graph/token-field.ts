import { layerClass } from './classes';
import { pointwise } from './classes/layer-class';
import type { GraphNode, Shape } from './model-graph';
import type { TokenGrid } from './token-grid';

/** A value that a node reads. */
interface Source<Field> {
  shape: Shape;
  field: Field | undefined;
  grid: TokenGrid | undefined;
}

/**
 * Where tokens look: as the cells of the image that they were reshaped from, row by row with its channels kept, such
 * as the convolution that embeds patches; and then where they lay. What is not computed token by token, as attention,
 * sees what all of them see. Null where no such image is known.
 */
export function tokenField<Field extends { seesAll: boolean }>(
  node: GraphNode,
  shape: Shape,
  grid: TokenGrid,
  sources: readonly Source<Field>[]
): Field | null {
  const before = sources.find(
    ({ field, grid: other }) => field && other && other.height === grid.height && other.width === grid.width
  );
  if (before?.field) {
    const isByToken = layerClass(node.op)?.field === pointwise;
    return isByToken && sources.every(({ field }) => !field?.seesAll)
      ? before.field
      : { ...before.field, seesAll: true };
  }
  const [image] = sources;
  const isReshaped =
    node.op === 'Reshape' &&
    sources.length === 1 &&
    String(image.shape.slice(1)) === String([grid.height, grid.width, shape.at(-1)]);
  return isReshaped ? (image.field ?? null) : null;
}
