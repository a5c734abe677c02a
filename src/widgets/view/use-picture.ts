import * as React from 'react';
import { decodeBase64 } from '../../mime/base64';
import type { PayloadImage } from '../../mime/payload';
import { pngSize } from '../../mime/png-size';
import { useBitmap } from '../shared/hooks/use-bitmap';

type Picture = Pick<PayloadImage, 'picture' | 'slices'>;

/** The size of what is seen of an image: of a volume, a slice. */
export function seenSize({ picture, slices = 1 }: Picture): { width: number; height: number } | null {
  const size = pngSize(picture);
  return size && { width: size.width, height: size.height / slices };
}

/**
 * An image as a bitmap, decoded off the main thread, of a volume the slice `at`;
 * null until then, while it fails, and where there is none.
 */
export function usePicture(image: Picture | null, at: number | null): ImageBitmap | null {
  const slices = image?.slices;
  const whole = useBitmap(image?.picture ?? null, decode);
  const cut = React.useCallback(
    async (all: ImageBitmap) => {
      const height = all.height / (slices ?? 1);
      return createImageBitmap(all, 0, (at ?? 0) * height, all.width, height);
    },
    [slices, at]
  );
  const slice = useBitmap(slices === undefined ? null : whole, cut);
  return slices === undefined ? whole : slice;
}

const decode = async (png: string): Promise<ImageBitmap> =>
  createImageBitmap(new Blob([await decodeBase64(png)], { type: 'image/png' }));
