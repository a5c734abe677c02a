import type { ModelSummary } from '../../graph/layer-info';
import { message, MessageError } from '../../messages/message';
import { isSameFile } from '../../mime/fingerprint';
import type { ModelFile } from '../../mime/payload';
import type { EngineRequests } from '../model/engine-requests';
import type { ModelController } from '../model/model-controller';
import { ModelOpener } from '../model/opening/model-opener';

/** What is said of a model that cannot be compared, as it tells another number of classes. */
export const otherClasses = (
  file: ModelFile,
  found: number | null | undefined,
  wanted: number | null | undefined
): MessageError => new MessageError(message('%1 has other classes: %2, not %3.', file.name, found ?? 0, wanted ?? 0));

/**
 * Asks another model of a view's payload something, beside the one that is shown. What is opened for it
 * stays in memory as far as the settings allow. Rejects with a message where it cannot be read, or is
 * not the file that the cell saw.
 */
export async function withModel<T>(
  controller: ModelController,
  file: ModelFile,
  signal: AbortSignal,
  ask: (requests: EngineRequests, model: ModelSummary) => Promise<T>
): Promise<T> {
  const opener = new ModelOpener(controller.services);
  try {
    const engine = await controller.services.engine();
    const payload = { ...controller.payload, model: file };
    const { model } = await opener.openOf(payload, engine, signal, () => undefined);
    signal.throwIfAborted();
    if (file.fingerprint && !isSameFile(model.fingerprint, file.fingerprint)) {
      throw new MessageError(message('%1 is not the file that the cell saw: run the cell again.', file.name));
    }
    const { requests } = await controller.requests(model);
    return await ask(requests, model);
  } finally {
    opener.dispose();
  }
}
