/** The model as methods of many passes see it: pictures in, scores and gradients out. */

/**
 * Answers for batches of pictures, (count, height, width, channels) in C
 * order, all scored for the same target. Throws an AbortError when cancelled.
 */
export interface ModelProbe {
  /** Number of pictures in a batch, at most. */
  readonly batch: number;
  scores(pictures: Float32Array, count: number): Promise<Float64Array>;
  /** Of each picture's own score with respect to it, in the layout of `pictures`. */
  gradients(pictures: Float32Array, count: number): Promise<Float32Array>;
  /** Batches that may be under way together; absent: one. */
  readonly atOnce?: number;
  /** Tells how many of the method's passes are done. */
  progress(done: number, total: number): void;
}

/**
 * Pictures in the next batch: towards the end there are fewer, so that workers who share the batches end together.
 * That depends on nothing but the method: a picture has the same neighbours however many workers there are.
 */
const nextBatch = (left: number, batch: number): number =>
  Math.min(left, left > 2 * batch ? batch : Math.ceil(left / 4));

/**
 * Makes `total` pictures of `length` values each in batches: `fill` writes picture `i`, `ask` gets a batch,
 * `take` its answer and the index of its first picture. However many batches are under way, they are filled,
 * and their answers used, one by one in their order: sums come out the same to the last bit.
 */
export async function inBatches<T>(
  probe: ModelProbe,
  total: number,
  length: number,
  fill: (i: number, picture: Float32Array) => void,
  ask: (pictures: Float32Array, count: number) => Promise<T>,
  take: (answer: T, first: number, count: number) => void
): Promise<void> {
  const underWay: { answer: Promise<T>; count: number }[] = [];
  for (let used = 0, first = 0; used < total;) {
    while (first < total && underWay.length < (probe.atOnce ?? 1)) {
      const count = nextBatch(total - first, probe.batch);
      const pictures = new Float32Array(count * length);
      for (let i = 0; i < count; i++) {
        fill(first + i, pictures.subarray(i * length, (i + 1) * length));
      }
      const answer = ask(pictures, count);
      // One before it may fail first; then nobody waits for this one.
      answer.catch(() => undefined);
      underWay.push({ answer, count });
      first += count;
    }
    const { answer, count } = underWay[0];
    take(await answer, used, count);
    underWay.shift();
    used += count;
    probe.progress(used, total);
  }
}
