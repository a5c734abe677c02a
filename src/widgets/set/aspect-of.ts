import type { Grid } from '../../explain/upsample';
import type { PayloadImage } from '../../mime/payload';
import { seenSize } from '../../mime/png-size';

/** How far aspects may be apart to be one: previews and resized copies are rounded to whole pixels. */
const ALIKE = 0.02;

/** Width over height of the pictures; where they differ, of the model's input, which they are all resized to. */
export function aspectOf(images: readonly Pick<PayloadImage, 'picture' | 'slices' | 'original'>[], grid: Grid): number {
  const sizes = images.flatMap(image => seenSize(image) ?? []);
  const [first, ...others] = sizes.map(({ width, height }) => width / height);
  const areAlike = first !== undefined && others.every(aspect => Math.abs(aspect / first - 1) < ALIKE);
  return areAlike ? first : grid.width / grid.height;
}
