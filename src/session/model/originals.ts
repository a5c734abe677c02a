import { message, MessageError } from '../../messages/message';
import { decodeBase64 } from '../../mime/base64';
import type { PayloadImage } from '../../mime/payload';

/** Files that are kept: the picture on the screen, and its neighbours. */
const KEPT = 4;

/** The pictures of images: from the payload, or from the files of which that holds previews. */
export class Originals {
  constructor(private read: (path: string) => Promise<Uint8Array>) {}

  /** The bytes of an image's picture, PNG or JPEG. Rejects with a sentence where its file cannot be read. */
  async bytesOf({ name, path, picture, original }: PayloadImage): Promise<Uint8Array> {
    if (!original || path === undefined) {
      return decodeBase64(picture);
    }
    const known = this.known.get(path) ?? this.read(path);
    this.known.delete(path);
    this.known.set(path, known);
    const [oldest] = this.known.keys();
    if (this.known.size > KEPT) {
      this.known.delete(oldest);
    }
    try {
      return await known;
    } catch {
      this.known.delete(path);
      throw new MessageError(
        message(
          'The file of the picture “%1” cannot be read, so its preview is all there is: put it back, or run the cell again.',
          name
        )
      );
    }
  }

  private known = new Map<string, Promise<Uint8Array>>();
}
