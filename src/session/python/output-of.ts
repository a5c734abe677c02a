import type { LiveView } from '../view-tracker';
import { settled } from './settled';

/**
 * JSON of what an output that shows a view would hold, with all that was found, once the view has settled. A view
 * of what the notebook kept has nothing to wait for.
 */
export async function outputOf(view: LiveView, signal: AbortSignal): Promise<Uint8Array> {
  const { controller } = view;
  if (controller && !controller.snapshot.stored) {
    await settled(controller, signal);
  }
  return new TextEncoder().encode(JSON.stringify(await view.asOutput()));
}
