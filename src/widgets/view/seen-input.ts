import { isInputMethod } from '../../explain/kinds';
import type { LayerInfo } from '../../graph/layer-info';
import { type Message, message } from '../../messages/message';
import type { PayloadImage } from '../../mime/payload';
import type { Explained } from '../../session/model/explained';

/** The picture under a map: as an image of a payload has it, or none, with a notice. */
export interface Seen {
  image: Pick<PayloadImage, 'picture' | 'slices' | 'tensor' | 'input' | 'original' | 'path'> | null;
  /** Whose picture it is, where that is not the one shown at first. */
  caption: Message | null;
  notice: Message | null;
}

/**
 * The picture of the input that a map is about. Of a model with several inputs the view
 * shows one picture: under the map of a layer that does not see it, it would deceive.
 */
export function seenInput(
  image: PayloadImage,
  explained: Explained | null,
  layer: LayerInfo | null,
  channel: number | null
): Seen {
  if (image.input === undefined || !explained || !layer) {
    return { image, caption: null, notice: null };
  }
  const isOfInput = isInputMethod(explained.method) && channel === null;
  const names = isOfInput ? [explained.run.explainedInput] : layer.sees;
  if (names.length === 0 || names.includes(image.input)) {
    return { image, caption: null, notice: null };
  }
  const what = isOfInput ? message('The map') : message('The layer %1', layer.id);
  for (const name of names) {
    const other = image.others?.[name];
    if (other?.picture !== undefined) {
      const seen = { picture: other.picture, input: name, ...(other.slices ? { slices: other.slices } : {}) };
      const caption = message('%1 is about the input %2: its picture is shown.', what, name);
      return { image: seen, caption, notice: null };
    }
  }
  return {
    image: null,
    caption: null,
    notice: message(
      '%1 is about the input %2, which has no picture here: the map is shown without one.',
      what,
      names.join(', ')
    )
  };
}
