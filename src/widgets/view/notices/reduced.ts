import { type Message, message } from '../../../messages/message';
import type { PayloadImage, Size } from '../../../mime/payload';
import { pngSize } from '../../../mime/png-size';

interface Given {
  name: string;
  picture: string;
  reduced?: Size;
}

/** Tells which pictures of an image, its own and those for the model's other inputs, are smaller than they were given. */
export function reducedNotices(image: PayloadImage): Message[] {
  const others = Object.entries(image.others ?? {}).flatMap(([name, other]) =>
    other.tensor === undefined ? [{ name, ...other }] : []
  );
  return [image, ...others].flatMap(one => noticeOf(one) ?? []);
}

function noticeOf({ name, picture, reduced }: Given): Message | null {
  const kept = pngSize(picture);
  return reduced && kept
    ? message(
        '“%1” was reduced from %2 to %3 pixels before the model got it: a notebook holds no more of it. Scores and maps are those of the reduced picture; to be exact, resize it as in training and give that.',
        name,
        sizeOf(reduced),
        sizeOf(kept)
      )
    : null;
}

const sizeOf = ({ width, height }: Size): string => `${width} × ${height}`;
