import { type Message, message } from '../../../messages/message';
import type { PayloadImage } from '../../../mime/payload';

/** Tells that a picture had transparent pixels, and what the model is given in their place; null for an opaque one. */
export const transparentNotice = ({ name, transparent }: PayloadImage): Message | null =>
  transparent
    ? message(
        '“%1” has transparent parts. The model is given the colours that are stored there, seen here, as keras.utils.load_img reads them. For another background, lay the picture on it and save it without transparency.',
        name
      )
    : null;
