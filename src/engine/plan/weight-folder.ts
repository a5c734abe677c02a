/** Remembers folded weights of a model, so that every plan of it uses (and uploads) the same ones. */
import type { WeightRef } from '../../graph/model-graph';
import { scaledBias, scaledKernel } from './derived-weights';

export class WeightFolder {
  /** `kernel` times `scale` by output channel. */
  kernel(kernel: WeightRef, scale: WeightRef): WeightRef {
    return this.remembered(kernel, scale, 'kernel', () => scaledKernel(kernel, scale));
  }

  /** The bias of `kernel`'s layer, scaled and shifted. */
  bias(kernel: WeightRef, bias: WeightRef | undefined, scale: WeightRef, shift: WeightRef): WeightRef {
    return this.remembered(kernel, scale, 'bias', () => scaledBias(bias, scale, shift));
  }

  private remembered(kernel: WeightRef, scale: WeightRef, what: string, make: () => WeightRef): WeightRef {
    let byScale = this.folded.get(kernel);
    if (!byScale) {
      byScale = new Map();
      this.folded.set(kernel, byScale);
    }
    const known = byScale.get(scale) ?? {};
    byScale.set(scale, known);
    return (known[what] ??= make());
  }

  private folded = new Map<WeightRef, Map<WeightRef, Record<string, WeightRef>>>();
}
