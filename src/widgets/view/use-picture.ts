import { decodeBase64 } from '../../mime/base64';
import { useBitmap } from '../shared/use-bitmap';

/** A base64 PNG as a bitmap, decoded off the main thread; null until then, and while it fails. */
export const usePicture = (png: string | null): ImageBitmap | null => useBitmap(png, decode);

const decode = async (png: string): Promise<ImageBitmap> =>
  createImageBitmap(new Blob([await decodeBase64(png)], { type: 'image/png' }));
