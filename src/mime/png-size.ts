/** The size of a picture that is not decoded yet. */
import type { PayloadImage } from './payload';

/** Base64 characters that hold a PNG's signature and the start of its header: 24 bytes. */
const HEAD = 32;

/** Width and height in pixels of a base64 PNG, from its header; null if it is none. */
export function pngSize(base64: string): { width: number; height: number } | null {
  let head: string;
  try {
    head = atob(base64.slice(0, HEAD));
  } catch {
    return null;
  }
  if (head.length < 24 || head.slice(1, 4) !== 'PNG' || head.slice(12, 16) !== 'IHDR') {
    return null;
  }
  const number = (at: number): number => [0, 1, 2, 3].reduce((sum, i) => sum * 256 + head.charCodeAt(at + i), 0);
  const [width, height] = [number(16), number(20)];
  return width > 0 && height > 0 ? { width, height } : null;
}

/** The size of what is seen of an image: of a volume, a slice. */
export function seenSize({
  picture,
  slices = 1,
  original
}: Pick<PayloadImage, 'picture' | 'slices' | 'original'>): { width: number; height: number } | null {
  const size = original ?? pngSize(picture);
  return size && { width: size.width, height: size.height / slices };
}
