/** Layers that turn values into classes, and classes into marks. The reader makes them of operators. */
import { type LayerClass, type LayerClasses, list, number, only, words } from './layer-class';
import { same } from './shapes';

const encoding = (own: LayerClass['arguments']): LayerClass => ({
  family: 'other',
  arguments: { ...own, sparse: only(false, null) },
  // That of its operators is what counts.
  outputShape: same
});

export const ENCODING: LayerClasses = {
  CategoryEncoding: encoding({
    num_tokens: number(),
    output_mode: words('multi_hot', 'one_hot', 'count', 'binary')
  }),
  Discretization: encoding({
    bin_boundaries: list,
    num_bins: number(),
    epsilon: number(0.01),
    output_mode: words('int', 'one_hot', 'multi_hot', 'count')
  })
};

/** True of a class that the reader makes of operators. */
export const isComposed = (op: string): boolean => Object.hasOwn(ENCODING, op);
