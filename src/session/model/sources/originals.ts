import { message, MessageError } from '../../../messages/message';
import { decodeBase64 } from '../../../mime/base64';
import type { PayloadImage } from '../../../mime/payload';

/** Files that are kept: the picture on the screen, and its neighbours. */
const KEPT = 4;

type InFile = Pick<PayloadImage, 'name' | 'path' | 'picture' | 'original'>;

/** The pictures of images: from the payload, or from the files of which that holds previews. */
export class Originals {
  constructor(private read: (path: string) => Promise<Uint8Array>) {}

  /** The bytes of an image's picture, PNG or JPEG. Rejects with a sentence where its file cannot be read. */
  async bytesOf({ name, path, picture, original }: InFile): Promise<Uint8Array> {
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
      const bytes = await known;
      this.copied.delete(path);
      return bytes;
    } catch {
      this.known.delete(path);
      throw new MessageError(
        picture
          ? message(
              'The file of the picture “%1” cannot be read, so its preview is all there is: put it back, or run the cell again.',
              name
            )
          : message('The file of the picture “%1” cannot be read: put it back, or run the cell again.', name)
      );
    }
  }

  /** As {@link bytesOf}, or, where a file cannot be read, its copy, if that may be computed on. */
  async bytesOrCopy(image: InFile): Promise<{ bytes: Uint8Array; isCopy: boolean }> {
    try {
      return { bytes: await this.bytesOf(image), isCopy: false };
    } catch (reason) {
      if (!image.original?.copy) {
        throw reason;
      }
      const bytes = await decodeBase64(image.picture);
      this.copied.add(image.path as string);
      return { bytes, isCopy: true };
    }
  }

  /** Whether the copy of an image was taken last: what is computed of it is not that of its file. */
  isCopied({ path }: Pick<PayloadImage, 'path'>): boolean {
    return path !== undefined && this.copied.has(path);
  }

  private copied = new Set<string>();
  private known = new Map<string, Promise<Uint8Array>>();
}
