/** Reasons that a view has no heatmap, where no part of the engine gives one. */
import type { ModelSummary } from '../../graph/layer-info';
import { english, isLasting, type Message, message, messageOf } from '../../messages/message';
import type { ControllerSnapshot } from './explained';

export function noPlace({ name, layers }: ModelSummary): Message {
  // Those behind the first that cannot run cannot either.
  const stop = layers.find(layer => layer.unsupported !== null);
  return stop
    ? message('No layer of %1 with places in the picture can run: “%2” stops what lies behind it.', name, stop.id)
    : message(
        '%1 has no layer with a spatial output, so there is no place for a heatmap; name a layer to see its values.',
        name
      );
}

/** What a view tells of problems, as problemOf has it, while there is none. */
export const NO_PROBLEM = { problem: null, detail: null, isLasting: false };

/** What a view tells of an error: its sentence, and whether trying again can help. */
export const problemOf = (error: unknown): Pick<ControllerSnapshot, 'problem' | 'detail' | 'isLasting'> => ({
  problem: sentenceOf(error),
  detail: (error instanceof Error && error.stack) || null,
  isLasting: isLasting(error)
});

export function sentenceOf(error: unknown): Message {
  const told = messageOf(error);
  return english(told) ? told : message('Something failed without saying why; the browser’s console may tell more.');
}
