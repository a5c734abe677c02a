/** Thins progress out to what people can see, so that reporting does not cost more than the work. */
import type { Progress } from './protocol';

const INTERVAL_MS = 50;

/** Passes on the first report of a phase, the last one, and one every 50 ms between. */
export function throttled(
  report: (progress: Progress) => void,
  now: () => number = () => performance.now()
): (progress: Progress) => void {
  let phase: string | null = null;
  let last = -Infinity;
  return progress => {
    const finished = progress.total > 0 && progress.done >= progress.total;
    if (progress.phase !== phase || finished || now() - last >= INTERVAL_MS) {
      phase = progress.phase;
      last = now();
      report(progress);
    }
  };
}
