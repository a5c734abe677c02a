/** Decodes a picture in the worker without changing a value: no premultiplying, no colour management. */
import { message } from '../../messages/message';
import { RefusalError } from '../protocol/errors';
import { type Pixels, pixelsOfRgba } from './preprocess';

/** The first byte of a JPEG file. */
const JPEG = 0xff;

export async function decodePicture(png: Uint8Array): Promise<Pixels> {
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(
      new Blob([Uint8Array.from(png)], { type: png[0] === JPEG ? 'image/jpeg' : 'image/png' }),
      {
        premultiplyAlpha: 'none',
        colorSpaceConversion: 'none'
      }
    );
  } catch {
    throw new RefusalError(
      message(
        'The picture could not be decoded: it is not a PNG that this browser can read. Run the cell again to write it anew.'
      )
    );
  }
  const { width, height } = bitmap;
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (!context) {
    throw new RefusalError(message('The picture could not be decoded: this browser gives no canvas to workers.'));
  }
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  return pixelsOfRgba(context.getImageData(0, 0, width, height).data, height, width);
}
