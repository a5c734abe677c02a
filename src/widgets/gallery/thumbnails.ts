import { decodeBase64 } from '../../mime/base64';
import type { PayloadImage } from '../../mime/payload';
import { pngSize } from '../../mime/png-size';

/** Pixels of the screen that a thumbnail covers, whatever the picture's size. */
interface Room {
  width: number;
  height: number;
}

/** Small bitmaps of images: of volumes, the middle slice. Made one after the other, off the main thread, and kept. */
export class Thumbnails {
  /** Null where the picture cannot be read. */
  get(image: PayloadImage, room: Room): Promise<ImageBitmap | null> {
    const known = this._known.get(image);
    if (known) {
      return known;
    }
    const made = this._last.then(() => bitmapOf(image, room)).catch(() => null);
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

async function bitmapOf({ picture, slices = 1 }: PayloadImage, room: Room): Promise<ImageBitmap | null> {
  const size = pngSize(picture);
  if (!size) {
    return null;
  }
  const height = size.height / slices;
  const blob = new Blob([await decodeBase64(picture)], { type: 'image/png' });
  const scale = Math.min(1, room.width / size.width, room.height / height);
  return createImageBitmap(blob, 0, Math.floor(slices / 2) * height, size.width, height, {
    resizeWidth: Math.max(1, Math.round(size.width * scale)),
    resizeHeight: Math.max(1, Math.round(height * scale)),
    resizeQuality: 'medium'
  });
}
