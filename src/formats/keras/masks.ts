/**
 * Masks that an Embedding with `mask_zero` begins. Keras 2 keeps them out of
 * the file: they follow the tensors, through layers that pass them on, to
 * layers that leave padding out. The engine knows none, so those are refused.
 */
import { type Message, message } from '../../messages/message';
import type { FlatNode } from './flatten';

/** Layers behind which there is no mask: they mix or move the steps. */
const ENDS = /Conv|Pooling|Flatten|Reshape|Permute|Padding|Cropping|UpSampling|Resizing|^op:/;

/** Layers whose values depend on the mask. */
const USES: ReadonlySet<string> = new Set(['GlobalAveragePooling1D', 'MultiHeadAttention', 'Softmax']);

export class Masks {
  private masked = new Set<string>();

  /** Follows the mask through a node, in topological order; returns why it cannot run, to follow its name, or null. */
  problemOf({ id, op, attributes, inputs }: FlatNode): Message | null {
    const isMasked = inputs.some(input => 'node' in input && this.masked.has(input.node));
    if ((isMasked && !ENDS.test(op)) || (op === 'Embedding' && attributes.mask_zero === true)) {
      this.masked.add(id);
    }
    return isMasked && USES.has(op)
      ? message('leaves out the steps that an Embedding with mask_zero masks, which GradLens cannot compute')
      : null;
  }
}
