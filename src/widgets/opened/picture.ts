import { message, MessageError } from '../../messages/message';
import { asStored } from '../../mime/exif';
import type { PayloadImage } from '../../mime/payload';
import { storedColours } from './stored-colours';

/** Longer pictures are made smaller: a model's input has some hundred pixels. */
const LONGEST_SIDE = 2048;

/** As Pillow, which Keras reads pictures with: no premultiplying, no colour management. */
const AS_STORED: ImageBitmapOptions = { premultiplyAlpha: 'none', colorSpaceConversion: 'none' };

/**
 * Any picture that the browser reads as the payload keeps it: an opaque PNG.
 * Transparent pixels have the colours that are stored, as in gradlens.show.
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
      bitmap = await createImageBitmap(new Blob([stored.bytes as BlobPart], { type: source.type }), AS_STORED);
    } else {
      bitmap = await createImageBitmap(source);
    }
  } catch {
    throw new MessageError(message('This browser cannot read “%1” as a picture. Give a PNG, JPEG, WebP or GIF.', name));
  }
  const { width, height } = bitmap;
  try {
    const scale = Math.min(1, LONGEST_SIDE / Math.max(width, height));
    if (scale < 1) {
      const size = {
        resizeWidth: Math.max(1, Math.round(width * scale)),
        resizeHeight: Math.max(1, Math.round(height * scale))
      };
      const whole = bitmap;
      bitmap = await createImageBitmap(whole, { ...AS_STORED, ...size, resizeQuality: 'high' });
      whole.close();
    }
    const canvas = document.createElement('canvas');
    canvas.width = bitmap.width;
    canvas.height = bitmap.height;
    const context = canvas.getContext('2d', { willReadFrequently: true });
    if (!context) {
      throw new MessageError(message('“%1” could not be drawn: the browser gave no canvas.', name));
    }
    context.drawImage(bitmap, 0, 0);
    const isTransparent = hasTransparent(context.getImageData(0, 0, canvas.width, canvas.height));
    if (isTransparent) {
      context.putImageData(coloursOf(bitmap, name), 0, 0);
    }
    const picture = canvas.toDataURL('image/png').split(',')[1];
    return {
      name,
      picture,
      ...(scale < 1 ? { reduced: { width, height } } : {}),
      ...(isTransparent ? { transparent: true } : {}),
      ...(orientation === undefined ? {} : { orientation })
    };
  } finally {
    bitmap.close();
  }
}

function hasTransparent({ data }: ImageData): boolean {
  for (let at = 3; at < data.length; at += 4) {
    if (data[at] < 255) {
      return true;
    }
  }
  return false;
}

function coloursOf(bitmap: ImageBitmap, name: string): ImageData {
  const colours = storedColours(bitmap);
  if (!colours) {
    throw new MessageError(
      message(
        '“%1” has transparent parts, whose colours this browser does not give without WebGL. Save it without transparency.',
        name
      )
    );
  }
  return colours;
}
