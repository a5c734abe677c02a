import { message, MessageError } from '../../messages/message';
import type { PayloadImage } from '../../mime/payload';
import { asStored } from '../../mime/exif';

/** Longer pictures are made smaller: a model's input has some hundred pixels. */
const LONGEST_SIDE = 2048;

/**
 * Any picture that the browser reads as the payload keeps it: an opaque PNG.
 * Transparency is laid on white, as gradlens.show does.
 *
 * @throws Error with one readable sentence when it is no picture.
 */
export async function pictureFrom(source: Blob | HTMLVideoElement, name: string): Promise<PayloadImage> {
  let bitmap: ImageBitmap;
  let orientation: number | undefined;
  try {
    if (source instanceof Blob) {
      // As keras.utils.load_img, an EXIF orientation is not applied; the view tells of it.
      const stored = asStored(new Uint8Array(await source.arrayBuffer()));
      orientation = stored.orientation;
      bitmap = await createImageBitmap(new Blob([stored.bytes as BlobPart], { type: source.type }));
    } else {
      bitmap = await createImageBitmap(source);
    }
  } catch {
    throw new MessageError(message('This browser cannot read “%1” as a picture. Give a PNG, JPEG, WebP or GIF.', name));
  }
  try {
    const scale = Math.min(1, LONGEST_SIDE / Math.max(bitmap.width, bitmap.height));
    const canvas = document.createElement('canvas');
    canvas.width = Math.max(1, Math.round(bitmap.width * scale));
    canvas.height = Math.max(1, Math.round(bitmap.height * scale));
    const context = canvas.getContext('2d');
    if (!context) {
      throw new MessageError(message('“%1” could not be drawn: the browser gave no canvas.', name));
    }
    context.fillStyle = '#fff';
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    const picture = canvas.toDataURL('image/png').split(',')[1];
    const reduced = scale < 1 ? { reduced: { width: bitmap.width, height: bitmap.height } } : {};
    return { name, picture, ...reduced, ...(orientation === undefined ? {} : { orientation }) };
  } finally {
    bitmap.close();
  }
}
