import * as React from 'react';
import { decodeBase64 } from '../mime/base64';

/** A base64 PNG as a bitmap, decoded off the main thread; null until then, and while it fails. */
export function usePicture(png: string | null): ImageBitmap | null {
  const [picture, setPicture] = React.useState<{ png: string; bitmap: ImageBitmap } | null>(null);
  React.useEffect(() => {
    let isCurrent = true;
    let made: ImageBitmap | null = null;
    if (png !== null) {
      decodeBase64(png)
        .then(bytes => createImageBitmap(new Blob([bytes], { type: 'image/png' })))
        .then(
          bitmap => {
            made = bitmap;
            if (isCurrent) {
              setPicture({ png, bitmap });
            } else {
              bitmap.close();
            }
          },
          reason => console.warn('GradLens: the picture of an output could not be decoded.', reason)
        );
    }
    return () => {
      isCurrent = false;
      made?.close();
    };
  }, [png]);
  return picture && picture.png === png ? picture.bitmap : null;
}
