/** The model as methods of many passes see it: pictures in, scores and gradients out. */

/**
 * Answers for batches of pictures, (count, height, width, channels) in C
 * order, all scored for the same target. Throws an AbortError when cancelled.
 */
export interface ModelProbe {
  /** Number of pictures in a batch. */
  readonly batch: number;
  scores(pictures: Float32Array, count: number): Promise<Float64Array>;
  /** Of each picture's own score with respect to it, in the layout of `pictures`. */
  gradients(pictures: Float32Array, count: number): Promise<Float32Array>;
  /** Tells how many of the method's passes are done. */
  progress(done: number, total: number): void;
}

/**
 * Makes `total` pictures of `length` values each in batches; `fill` writes
 * picture `i`, `use` gets a batch's pictures and the index of its first.
 */
export async function inBatches(
  probe: ModelProbe,
  total: number,
  length: number,
  fill: (i: number, picture: Float32Array) => void,
  run: (pictures: Float32Array, first: number, count: number) => Promise<void>
): Promise<void> {
  for (let first = 0; first < total; first += probe.batch) {
    const count = Math.min(probe.batch, total - first);
    const pictures = new Float32Array(count * length);
    for (let i = 0; i < count; i++) {
      fill(first + i, pictures.subarray(i * length, (i + 1) * length));
    }
    await run(pictures, first, count);
    probe.progress(first + count, total);
  }
}
