import * as React from 'react';
import type { PayloadImage } from '../../mime/payload';
import { usePage } from '../shared/context';
import { useController } from '../shared/view-context';
import { Thumbnails } from './thumbnails';

/** Room for a thumbnail, CSS pixels; its height is that of the style sheet at most. */
const ROOM = { width: 92, height: 60 };

/** A small picture of an image, drawn when it is ready. */
export function Thumbnail({ image, isOfSixteen }: { image: PayloadImage; isOfSixteen: boolean }): React.ReactElement {
  const canvas = React.useRef<HTMLCanvasElement>(null);
  const thumbnails = usePage(Thumbnails);
  const { originals } = useController();
  React.useEffect(() => {
    let isCurrent = true;
    const ratio = Math.min(2, window.devicePixelRatio);
    const room = { width: ROOM.width * ratio, height: ROOM.height * ratio };
    void thumbnails
      .get(image, room, of => originals.bytesOf(of))
      .then(bitmap => {
        const node = canvas.current;
        if (isCurrent && node && bitmap) {
          node.width = bitmap.width;
          node.height = bitmap.height;
          node.getContext('2d')?.drawImage(bitmap, 0, 0);
        }
      });
    return () => {
      isCurrent = false;
    };
  }, [image, thumbnails, originals]);
  // 16 is white, as in the large picture.
  const style = isOfSixteen ? { filter: 'brightness(16)' } : undefined;
  return <canvas ref={canvas} width={1} height={1} style={style} />;
}
