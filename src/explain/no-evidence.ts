/** Sentences about maps that have no positive value. */
import { type Message, message } from '../messages/message';

/**
 * @param empty - The samples of which there is none, in order.
 * @param samples - How many there are in all.
 */
export const noEvidence = (layer: string, empty: readonly number[] = [0], samples = 1): Message =>
  samples > 1
    ? message('%1: no positive evidence for this class in image %2.', layer, empty.map(i => i + 1).join(', '))
    : message('%1: no positive evidence for this class.', layer);
