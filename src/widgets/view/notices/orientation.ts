import { type Message, message } from '../../../messages/message';
import type { PayloadImage } from '../../../mime/payload';

/** By EXIF orientation: what makes the stored picture upright (EXIF 2.32, 4.6.4). */
const TURNS: Readonly<Record<number, Message>> = {
  2: message('mirrored'),
  3: message('turned upside down'),
  4: message('flipped upside down'),
  5: message('turned to the right and mirrored'),
  6: message('turned to the right'),
  7: message('turned to the left and mirrored'),
  8: message('turned to the left')
};

/** Tells that a picture's file asks to be turned, and that it is not; null for an upright one. */
export function orientationNotice({ name, orientation }: PayloadImage): Message | null {
  const turn = orientation === undefined ? undefined : TURNS[orientation];
  return turn
    ? message(
        '“%1” asks to be %2 (its EXIF orientation). The model is given it as it is stored, as keras.utils.load_img reads it. For an upright picture, save it turned, or use PIL.ImageOps.exif_transpose.',
        name,
        turn
      )
    : null;
}
