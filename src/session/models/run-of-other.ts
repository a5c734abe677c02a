import type { RunResult } from '../../engine/protocol/protocol';
import { askedAgain } from '../../explain/target-of-class';
import { findLayer } from '../../layers/find-layer';
import { message, MessageError } from '../../messages/message';
import type { ModelFile } from '../../mime/payload';
import type { Explained } from '../model/explained';
import type { ModelController } from '../model/model-controller';
import { otherClasses, withModel } from './with-model';

/**
 * What another model gives where a view explains its own: the same image, layer by its name, class and method.
 * Rejects with a message where it has no such layer, or another number of classes.
 *
 * @returns its run, and the layer as that model calls it
 */
export function runOfOther(
  controller: ModelController,
  file: ModelFile,
  explained: Explained,
  isExplanation: boolean,
  signal: AbortSignal
): Promise<{ run: RunResult; layer: string }> {
  return withModel(controller, file, signal, async (requests, model) => {
    const { image, method, output, convention, run: own } = explained;
    const layer = findLayer(model, explained.layer)?.id;
    if (layer === undefined) {
      throw new MessageError(message('%1 has no layer “%2”.', file.name, explained.layer));
    }
    const classes = own.output === null ? undefined : own.outputs[own.output].shape.at(-1);
    const others = (model.outputs.find(({ name }) => name === output) ?? model.outputs[0])?.shape.at(-1);
    if (classes !== others) {
      throw otherClasses(file, others, classes);
    }
    const maps = isExplanation ? [layer] : [];
    const wanted = { ...askedAgain(explained), method, convention };
    const run = await requests.run(image, { ...wanted, maps, planes: isExplanation ? [] : [layer] }, { signal });
    return { run, layer };
  });
}
