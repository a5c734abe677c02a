import { decodeBase64 } from '../../mime/base64';
import { asStored } from '../../mime/exif';
import type { PayloadImage } from '../../mime/payload';
import { pngSize } from '../../mime/png-size';

/** Pixels of the screen that a thumbnail covers, whatever the picture's size. */
interface Room {
  width: number;
  height: number;
}

type Read = (image: PayloadImage) => Promise<Uint8Array>;

/** Small bitmaps of images: of volumes, the middle slice. Made one after the other, off the main thread, and kept. */
export class Thumbnails {
  /**
   * Null where the picture cannot be read.
   *
   * @param read - Gives the bytes of an image of which the payload holds no preview.
   */
  get(image: PayloadImage, room: Room, read: Read): Promise<ImageBitmap | null> {
    const known = this._known.get(image);
    if (known) {
      return known;
    }
    const made = this._last.then(() => bitmapOf(image, room, read)).catch(() => null);
    // The page gets a turn in between.
    this._last = made.then(() => new Promise(resolve => setTimeout(resolve)));
    this._known.set(image, made);
    return made;
  }

  dispose(): void {
    this._known = new WeakMap();
  }

  private _known = new WeakMap<PayloadImage, Promise<ImageBitmap | null>>();
  private _last: Promise<unknown> = Promise.resolve();
}

async function bitmapOf(image: PayloadImage, room: Room, read: Read): Promise<ImageBitmap | null> {
  const { picture, slices = 1, original } = image;
  const size = picture ? pngSize(picture) : original;
  if (!size) {
    return null;
  }
  const height = size.height / slices;
  const bytes = picture ? await decodeBase64(picture) : asStored(await read(image)).bytes;
  const blob = new Blob([bytes as BlobPart], { type: 'image/png' });
  const scale = Math.min(1, room.width / size.width, room.height / height);
  return createImageBitmap(blob, 0, Math.floor(slices / 2) * height, size.width, height, {
    resizeWidth: Math.max(1, Math.round(size.width * scale)),
    resizeHeight: Math.max(1, Math.round(height * scale)),
    resizeQuality: 'medium'
  });
}
