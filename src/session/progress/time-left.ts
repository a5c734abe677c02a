/** Guesses how long a transfer still takes, from how fast it went of late. */

/** Seconds over which the rate is smoothed: long enough for a jittery network, short enough to notice a faster one. */
const SMOOTHING = 3;

/** Seconds before the first estimate: the first moments of a connection tell little. */
const SILENCE = 1;

/** Seconds between two samples; what comes faster is put together. */
const INTERVAL = 0.1;

/**
 * The rate is the exponentially weighed mean of the samples' rates, each
 * weighed by its duration; weights that have not had time to add up to one are
 * made up for, so that the beginning is no slower than the rest.
 */
export class TimeLeft {
  /** @param now - Seconds, from any start. */
  constructor(private now: () => number = () => performance.now() / 1000) {}

  /**
   * Takes note of the bytes done so far.
   *
   * @param total - Bytes in all; 0 if that is not known.
   * @returns seconds left; null as long as that is not known.
   */
  update(done: number, total: number): number | null {
    const time = this.now();
    if (this.last === null || done < this.last.done) {
      this.start = time;
      this.last = { time, done };
      this.rate = this.weight = 0;
      return null;
    }
    const duration = time - this.last.time;
    if (duration >= INTERVAL) {
      const gain = 1 - Math.exp(-duration / SMOOTHING);
      this.rate += gain * ((done - this.last.done) / duration - this.rate);
      this.weight += gain * (1 - this.weight);
      this.last = { time, done };
    }
    const bytesPerSecond = this.rate / this.weight;
    return total > 0 && time - this.start >= SILENCE && bytesPerSecond > 0
      ? Math.max(0, total - done) / bytesPerSecond
      : null;
  }

  private start = 0;
  private last: { time: number; done: number } | null = null;
  /** Weighed sum of rates, bytes a second, and the sum of the weights. */
  private rate = 0;
  private weight = 0;
}
