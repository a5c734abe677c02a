import * as React from 'react';
import { MessageError } from '../../messages/message';
import { decodeBase64 } from '../../mime/base64';
import { asStored } from '../../mime/exif';
import type { PayloadImage, Preprocess } from '../../mime/payload';
import { isOfSixteen } from '../../session/model/check-preprocess';
import { useBitmap } from '../shared/hooks/use-bitmap';
import { useController } from '../shared/view-context';

type Picture = Pick<PayloadImage, 'picture' | 'slices' | 'original' | 'path'>;

/**
 * An image as a bitmap, decoded off the main thread, of a volume the slice `at`;
 * null until then, while it fails, and where there is none.
 *
 * @param isComputed - The engine has read the image's file, where it has one, and found it to be
 *   the one that the cell saw; else its preview is shown.
 * @param preprocess - Where it takes 16 for white, as of digits of 0..16, so does the screen.
 */
export function usePicture(
  image: Picture | null,
  at: number | null,
  isComputed: boolean,
  preprocess: Preprocess
): ImageBitmap | null {
  const slices = image?.slices;
  const { originals } = useController();
  const file = isComputed && image?.original ? image : null;
  const read = React.useCallback(
    async (of: Picture) => {
      const bytes = await originals.bytesOf({ name: '', ...of }).catch(whereThereIsNone);
      return bytes && bitmapOf(bytes);
    },
    [originals]
  );
  const original = useBitmap(file, read);
  const preview = useBitmap(image?.picture || null, decode);
  const given = original ?? preview;
  const isDim = isOfSixteen(preprocess);
  const lit = useBitmap(isDim ? given : null, sixteenAsWhite);
  const whole = isDim ? lit : given;
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

/** The file is gone, which the view says where it needs it: its preview is shown. */
function whereThereIsNone(reason: unknown): null {
  if (reason instanceof MessageError) {
    return null;
  }
  throw reason;
}

/** Sixteen times as bright. */
async function sixteenAsWhite(dim: ImageBitmap): Promise<ImageBitmap | null> {
  const canvas = new OffscreenCanvas(dim.width, dim.height);
  const context = canvas.getContext('2d');
  if (!context) {
    return null;
  }
  context.globalCompositeOperation = 'lighter';
  for (let i = 0; i < 16; i++) {
    context.drawImage(dim, 0, 0);
  }
  return canvas.transferToImageBitmap();
}

// The browser looks at the bytes, whatever the type says.
const bitmapOf = async (bytes: Uint8Array): Promise<ImageBitmap> =>
  createImageBitmap(new Blob([asStored(bytes).bytes as BlobPart], { type: 'image/png' }));

const decode = async (png: string): Promise<ImageBitmap> => bitmapOf(await decodeBase64(png));
