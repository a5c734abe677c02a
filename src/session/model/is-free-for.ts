import { until } from '../progress/until';
import type { ModelController } from './model-controller';

/** Waits while a view computes something of its own, which goes before long work. False where there is no more to do. */
export async function isFreeFor(controller: ModelController, signal: AbortSignal): Promise<boolean> {
  const isFree = (): boolean => controller.snapshot.busy === null || controller.isDisposed;
  return until(controller.changed, () => (isFree() ? controller : null), signal).then(
    () => !controller.isDisposed,
    () => false
  );
}
