import * as React from 'react';

/**
 * A bitmap that is made from something, and closed with it: null until it is
 * made, and where it cannot be.
 *
 * @param from - What it is made from; null: there is nothing to make.
 * @param make - Its identity counts: as another `from`, another `make` makes it anew.
 */
export function useBitmap<T>(from: T | null, make: (from: T) => Promise<ImageBitmap | null>): ImageBitmap | null {
  const [made, setMade] = React.useState<{ from: T; make: unknown; bitmap: ImageBitmap } | null>(null);
  React.useEffect(() => {
    let isCurrent = true;
    let own: ImageBitmap | null = null;
    if (from !== null) {
      make(from).then(
        bitmap => {
          own = bitmap;
          if (isCurrent && bitmap) {
            setMade({ from, make, bitmap });
          } else {
            bitmap?.close();
          }
        },
        reason => console.warn('GradLens: a picture of an output could not be made.', reason)
      );
    }
    return () => {
      isCurrent = false;
      own?.close();
    };
  }, [from, make]);
  return made && made.from === from && made.make === make ? made.bitmap : null;
}
